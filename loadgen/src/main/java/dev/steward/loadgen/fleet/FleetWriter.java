package dev.steward.loadgen.fleet;

import dev.steward.loadgen.run.ResultFolders;
import dev.steward.loadgen.run.SourceVersion;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.sweep.SweepGrid;
import dev.steward.results.AtomicFiles;
import dev.steward.results.FleetPlan;
import dev.steward.results.JsonFile;
import dev.steward.results.SweepManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes the folder of a plan: the grid, its tasks, what a scheduler is given, and the suite itself if asked.
 *
 * @param folder new or empty, absolute.
 * @param home   of this suite.
 */
public record FleetWriter(Path folder, Path home) {
    /** The grid's file, which a plan has to itself, so that it stays what it was. */
    static final String GRID = "grid.yaml";
    /** Where the suite stands that came with a plan. */
    static final String PACK = "suite";

    /** Options of schedulers know no quotes. */
    private static final Pattern PLAIN = Pattern.compile("[\\w./+@:,=-]+");
    private static final List<String> PACKED = List.of("steward", "scenarios", "grids", "debate", "samples", "LICENSE",
        "NOTICE");

    /**
     * Checks the folder.
     *
     * @throws ScenarioException with one line, if it holds something or a scheduler could not be told of it.
     */
    public FleetWriter {
        folder = folder.toAbsolutePath().normalize();
        home = home.toAbsolutePath().normalize();
        if (!PLAIN.matcher(folder.toString()).matches()) {
            throw new ScenarioException("--plan: " + folder + " has characters that the options of a batch script "
                + "cannot hold; name a folder of letters, digits and . / _ + @ : , = -");
        }
        try (Stream<Path> content = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            if (content.findAny().isPresent()) {
                throw new ScenarioException("--plan: " + folder + " is not empty; name a new folder");
            }
        } catch (IOException e) {
            throw new ScenarioException("--plan: " + folder + " cannot be read; name a new folder", e);
        }
    }

    /**
     * Writes everything; the plan last, so that a folder with one is whole.
     *
     * @param gridFile content of the grid's file.
     * @param pack     whether the built suite goes with it.
     * @param files    of the scheduler.
     * @return names of what the scheduler is given, in the order to be given.
     * @throws ScenarioException with one line, if the folder cannot be made.
     * @throws IOException       if something cannot be read or written.
     */
    public List<String> write(byte[] gridFile, SweepGrid grid, FleetPlan plan, boolean pack, SchedulerFiles files)
        throws IOException {
        try {
            Files.createDirectories(folder.resolve("log"));
            // Before the tasks write: a shared folder shows new folders late.
            Files.createDirectories(folder.resolve("attempts"));
            for (SweepManifest.Point point : grid.manifest(plan.command()).points()) {
                Files.createDirectories(folder.resolve("points").resolve(point.id()));
            }
        } catch (IOException e) {
            throw new ScenarioException("--plan: " + ResultFolders.unwritable(folder, e), e);
        }
        AtomicFiles.write(folder.resolve(GRID), gridFile);
        JsonFile.write(folder.resolve(SweepManifest.FILE), grid.manifest(plan.command()));
        if (pack) {
            pack();
        }
        List<String> names = files.write(this, grid, plan);
        JsonFile.write(folder.resolve(FleetPlan.FILE), plan);
        return names;
    }

    /** The launcher that the tasks start, as a shell takes it. */
    String launcher() {
        Path packed = folder.resolve(PACK).resolve("steward");
        return Template.quoted((Files.exists(packed) ? packed : home.resolve("steward")).toString());
    }

    private void pack() throws IOException {
        Path jar = home.resolve("cli/target/steward.jar");
        Path built = Files.exists(jar) ? jar : home.resolve("steward.jar");
        if (!Files.exists(built)) {
            throw new ScenarioException("--pack: " + home + " holds no built suite (steward.jar); build it first");
        }
        Path pack = Files.createDirectories(folder.resolve(PACK));
        copy(built, pack.resolve("steward.jar"));
        copy(built.resolveSibling("lib"), pack.resolve("lib"));
        for (String part : PACKED) {
            if (Files.exists(home.resolve(part))) {
                copy(home.resolve(part), pack.resolve(part));
            }
        }
        AtomicFiles.write(pack.resolve("commit"), SourceVersion.commit(home) + "\n");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        to.toFile().setExecutable(Files.isExecutable(from));
    }
}
