package dev.steward.cli;

import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.results.Launcher;
import dev.steward.results.RunManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** The result folders that were written last, for commands that are given none. */
final class Newest {
    private Newest() {
    }

    /**
     * The newest result folders below {@link Home#results()}, the oldest of them first.
     *
     * @throws ScenarioException if there are fewer.
     */
    static List<Path> folders(int number) {
        return folders(Home.results(), number);
    }

    static List<Path> folders(Path results, int number) {
        List<Path> all = all(results);
        if (all.size() < number) {
            throw new ScenarioException(results + ": holds " + (all.isEmpty() ? "no result folder"
                : "only one result folder") + "; run '" + Launcher.command() + " compare', or name "
                + (number == 1 ? "one" : "two"));
        }
        return all.subList(all.size() - number, all.size());
    }

    private static List<Path> all(Path results) {
        if (!Files.isDirectory(results)) {
            return List.of();
        }
        try (var folders = Files.list(results)) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve(RunManifest.FILE)))
                .sorted(Comparator.comparing(Newest::written).thenComparing(Path::toString)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long written(Path folder) {
        return folder.resolve(RunManifest.FILE).toFile().lastModified();
    }
}
