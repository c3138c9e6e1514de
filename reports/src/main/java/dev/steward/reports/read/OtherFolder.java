package dev.steward.reports.read;

import dev.steward.results.CapacityResult;
import dev.steward.results.FleetPlan;
import dev.steward.results.Launcher;
import dev.steward.results.RunManifest;
import dev.steward.results.SweepManifest;
import dev.steward.results.TransferResult;
import dev.steward.results.Wording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder that is not one of a comparison: another command has written it, or it holds several folders. */
public final class OtherFolder {
    /** Page of a debate, in its folder. */
    public static final String DEBATE = "debate.md";
    /** Answer of a search for the capacity, in its folder. */
    public static final String CAPACITY = "capacity.txt";

    /** More names make no line that anybody reads. */
    private static final int MOST_NAMES = 5;
    private static final List<String> RESULTS =
        List.of(RunManifest.FILE, SweepManifest.FILE, DEBATE, TransferResult.FILE, CapacityResult.FILE);

    private OtherFolder() {
    }

    /** {@return what a folder without {@code run.json} holds, and how it is shown; empty if it is none of ours} */
    public static Optional<String> described(Path folder) {
        if (holds(folder, DEBATE)) {
            return Optional.of(folder + ": holds a debate; '" + Launcher.command() + " debate --no-run --out " + folder
                + "' shows it");
        }
        if (holds(folder, TransferResult.FILE)) {
            return Optional.of(folder + ": holds a transfer; '" + Launcher.command() + " report DIR --with " + folder
                + "' puts it into the report of a comparison");
        }
        if (holds(folder, CapacityResult.FILE)) {
            // Every trial is written when it ends, the answer when the search does.
            return Optional.of(folder + (holds(folder, CAPACITY) ? ": holds a search for the capacity; its answer is "
                + folder.resolve(CAPACITY) : ": holds an interrupted search for the capacity; the same command with "
                + "--out " + folder + " goes on"));
        }
        if (holds(folder, FleetPlan.FILE)) {
            return Optional.of(folder + ": holds a plan for several machines; '" + Launcher.command()
                + " sweep --status " + folder + "' shows it");
        }
        List<String> inside = inside(folder);
        if (holds(folder, SweepManifest.FILE)) {
            return Optional.of(folder + ": holds " + sweep(folder)
                + (inside.isEmpty() ? ", none of which has a result" : "; name one of them: " + few(inside)));
        }
        return inside.isEmpty() ? Optional.empty()
            : Optional.of(folder + ": holds no result itself; name a folder in it: " + few(inside));
    }

    private static String sweep(Path folder) {
        try {
            return "a sweep of " + Wording.counted(SweepManifest.read(folder).points().size(), "point");
        } catch (IOException e) {
            // What is wrong with its plan is no business of one who asked for a comparison.
            return "the points of a sweep";
        }
    }

    private static String few(List<String> names) {
        return names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
            + (names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "");
    }

    private static List<String> inside(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(one -> RESULTS.stream().anyMatch(file -> holds(one, file)))
                .map(one -> one.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean holds(Path folder, String file) {
        return Files.isRegularFile(folder.resolve(file));
    }
}
