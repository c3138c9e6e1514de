package dev.steward.loadgen.sweep;

import dev.steward.loadgen.run.Claim;
import dev.steward.loadgen.run.CompareConfig;
import dev.steward.loadgen.run.FolderTakenException;
import dev.steward.loadgen.run.Measurement;
import dev.steward.loadgen.run.Preflight;
import dev.steward.loadgen.run.RunListener;
import dev.steward.loadgen.run.TurnComparison;
import dev.steward.loadgen.run.TurnOptions;
import dev.steward.loadgen.scenario.MachineException;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.results.JsonFile;
import dev.steward.results.RunManifest;
import dev.steward.results.SweepManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Runs the points of a grid that have not run yet, in seeded random order, so that drift of the machine is spread over
 * the axes. A sweep can be resumed after an interruption; points that were cut short go on from their last whole
 * generation if this build and machine began them, or else run anew, and their part is kept. Of several that want a
 * folder at the same time one runs.
 *
 * <p>Threading: {@link #run} on one thread; {@link #cancel} from any.
 */
public final class SweepRun {
    private static final String CUT_SHORT = "cut-short";
    /** Points that are measured together: what an interruption can cost is a generation of them, minutes. */
    public static final int BLOCK = 16;

    private final SweepGrid grid;
    private final Path folder;
    private final Path home;
    private final String command;
    private final List<SweepPoint> mine;
    private volatile Measurement running;
    private volatile boolean cancelled;

    /**
     * Checks the folder, which the run does again; nothing is written before it.
     *
     * @param folder  new, empty, or of the same grid.
     * @throws IOException       if the folder cannot be read.
     * @throws ScenarioException with one line, if the folder holds something else.
     */
    public SweepRun(SweepGrid grid, Shard shard, Path folder, Path home, String command) throws IOException {
        this(grid, grid.inRandomOrder("sweep-order", IntStream.range(0, grid.points().size()).filter(shard::has)
            .mapToObj(grid.points()::get).toList()), folder, home, command);
    }

    /** The same with some of the points, in their order. */
    public SweepRun(SweepGrid grid, List<SweepPoint> points, Path folder, Path home, String command)
        throws IOException {
        this.grid = grid;
        this.folder = folder;
        this.home = home;
        this.command = command;
        mine = List.copyOf(points);
        check(false);
    }

    private void check(boolean claimed) throws IOException {
        Path manifest = folder.resolve(SweepManifest.FILE);
        if (Files.exists(manifest)) {
            if (!read().sameGridAs(grid.manifest(command))) {
                throw new ScenarioException("--out: " + folder + " holds the sweep of another grid; name a new folder");
            }
            return;
        }
        if (Files.isDirectory(folder) && !Claim.isAlone(folder) && (claimed || !hasJustBegun(manifest))) {
            throw new ScenarioException("--out: " + folder
                + " is not empty and holds no sweep; name a new folder, results are never overwritten");
        }
    }

    /** Whether files may be those of another run, which makes the claim first: taking it tells. */
    private boolean hasJustBegun(Path manifest) {
        return Files.exists(folder.resolve(Claim.FILE)) || Files.exists(manifest);
    }

    private SweepManifest read() {
        try {
            return SweepManifest.read(folder);
        } catch (IOException e) {
            throw new ScenarioException(folder.resolve(SweepManifest.FILE) + ": is damaged: " + e.getMessage()
                + "; name a new folder by --out");
        }
    }

    private void begin() throws IOException {
        check(true);
        Path manifest = folder.resolve(SweepManifest.FILE);
        if (!Files.exists(manifest)) {
            JsonFile.write(manifest, grid.manifest(command));
        }
    }

    /**
     * Points of this machine's part that have not run yet.
     *
     * @throws IOException if a folder cannot be read.
     */
    public List<SweepPoint> missing() throws IOException {
        List<SweepPoint> missing = new ArrayList<>();
        for (SweepPoint point : mine) {
            if (!complete(folder.resolve(point.id()))) {
                missing.add(point);
            }
        }
        return missing;
    }

    /**
     * About how long it takes to run what is missing, nanoseconds.
     *
     * @param generations generations of JVMs at each point.
     * @throws IOException if a folder cannot be read.
     */
    public long estimateNs(int generations) throws IOException {
        long sumNs = 0;
        for (List<SweepPoint> block : blocks(missing())) {
            sumNs += generations * TurnComparison.generationNs(
                block.stream().map(SweepPoint::scenario).toList(), grid.strategies().size());
        }
        return sumNs;
    }

    /**
     * Those of what is missing that go on where they were interrupted.
     *
     * @throws IOException if a folder cannot be read.
     */
    public List<SweepPoint> begun() throws IOException {
        List<SweepPoint> begun = new ArrayList<>();
        String here = null;
        for (SweepPoint point : missing()) {
            Path part = folder.resolve(point.id());
            if (Files.exists(part.resolve(RunManifest.FILE))) {
                here = here == null ? CompareConfig.originHere(home) : here;
                if (goesOn(RunManifest.read(part), here)) {
                    begun.add(point);
                }
            }
        }
        return begun;
    }

    private static boolean goesOn(RunManifest run, String here) {
        return run.status() != RunManifest.Status.FAILED && run.turns() != null && run.turns().generations() > 0
            && CompareConfig.originOf(run).equals(here);
    }

    private static List<List<SweepPoint>> blocks(List<SweepPoint> points) {
        List<List<SweepPoint>> blocks = new ArrayList<>();
        for (int from = 0; from < points.size(); from += BLOCK) {
            blocks.add(points.subList(from, Math.min(points.size(), from + BLOCK)));
        }
        return blocks;
    }

    private static boolean complete(Path point) throws IOException {
        Path run = point.resolve(RunManifest.FILE);
        try {
            return Files.exists(run) && RunManifest.read(point).status() == RunManifest.Status.COMPLETE;
        } catch (IOException e) {
            throw new IOException(run + ": " + e.getMessage(), e);
        }
    }

    /**
     * Runs what is missing, block by block: the points of a block are visited by the same JVMs.
     *
     * @return false if it was cancelled or a contestant failed; what has run is kept either way.
     * @throws FolderTakenException if another run is at work in the folder, of which nothing is touched.
     * @throws MachineException     if nothing can be written there.
     * @throws IOException          if results cannot be written.
     */
    public boolean run(TurnOptions turns, Preflight preflight, RunListener listener) throws IOException {
        return run(turns, preflight, listener, point -> { });
    }

    /** Told of what has been measured, by the thread that runs it; nothing is measured meanwhile. */
    public interface Ended {
        /**
         * A point has run to its end, with its block: takes the results, which stand in a folder of the point's name.
         *
         * @throws IOException if it cannot; ends the sweep
         */
        void ended(SweepPoint point) throws IOException;

        /** Points of a block, which stand in folders of their names, have a whole generation more, and not the last. */
        default void generationEnded(List<SweepPoint> block, int generations) {
        }
    }

    /** The same, and tells of each point that has run to its end. */
    public boolean run(TurnOptions turns, Preflight preflight, RunListener listener, Ended told) throws IOException {
        return Claim.making(folder).during(() -> {
            begin();
            return measure(turns, preflight, listener, told);
        });
    }

    private boolean measure(TurnOptions turns, Preflight preflight, RunListener listener, Ended told)
        throws IOException {
        List<SweepPoint> missing = missing();
        List<SweepPoint> begun = begun();
        List<List<SweepPoint>> blocks = blocks(begun);
        blocks.addAll(blocks(missing.stream().filter(point -> !begun.contains(point)).toList()));
        boolean complete = true;
        int before = 0;
        boolean anyRan = false;
        for (List<SweepPoint> block : blocks) {
            if (cancelled) {
                break;
            }
            boolean goesOn = begun.containsAll(block);
            preflight.said("points " + (before + 1) + " to " + (before + block.size()) + " of " + missing.size()
                + (goesOn ? ", resumed" : ""));
            before += block.size();
            List<CompareConfig> configs = new ArrayList<>();
            for (SweepPoint point : block) {
                if (!goesOn) {
                    setAside(point);
                }
                configs.add(new CompareConfig(
                    point.scenario(), grid.strategies(), folder.resolve(point.id()), home, command));
            }
            try {
                running = CompareConfig.together(configs, turns, onlyNoise(preflight));
                if (cancelled) {
                    running.cancel();
                }
                complete &= running.run(new GenerationListener(listener, generations -> {
                    if (generations < turns.maxGenerations()) {
                        told.generationEnded(block, generations);
                    }
                })) == RunManifest.Status.COMPLETE;
            } catch (MachineException e) {
                if (anyRan) {
                    // No longer a refusal: something has been measured.
                    throw new IOException(e.getMessage(), e);
                }
                throw e;
            }
            anyRan = true;
            for (SweepPoint point : block) {
                if (complete(folder.resolve(point.id()))) {
                    told.ended(point);
                }
            }
        }
        return complete && !cancelled;
    }

    /** How threads will wait and the rest is the same for each block; whether something else runs is not. */
    private static Preflight onlyNoise(Preflight preflight) {
        return new Preflight() {
            @Override
            public void said(String line) {
                // the same for each block
            }

            @Override
            public void noisy(String causes) {
                preflight.noisy(causes);
            }
        };
    }

    private void setAside(SweepPoint point) throws IOException {
        Path part = folder.resolve(point.id());
        if (!Files.exists(part)) {
            return;
        }
        Path aside = folder.resolve(CUT_SHORT);
        Files.createDirectories(aside);
        int number = 1;
        while (Files.exists(aside.resolve(point.id() + "-" + number))) {
            number++;
        }
        Files.move(part, aside.resolve(point.id() + "-" + number));
    }

    /** Ends what runs and starts nothing further. */
    public void cancel() {
        cancelled = true;
        Measurement now = running;
        if (now != null) {
            now.cancel();
        }
    }
}
