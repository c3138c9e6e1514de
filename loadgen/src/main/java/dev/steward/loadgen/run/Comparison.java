package dev.steward.loadgen.run;

import dev.steward.loadgen.cell.CellSpec;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.results.CellRecord;
import dev.steward.results.JsonFile;
import dev.steward.results.RunManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs all cells of a replay one after the other, each in a JVM of its own, and keeps {@code run.json} true after each.
 *
 * <p>Threading: {@link #run} on one thread; {@link #cancel} from any.
 */
final class Comparison implements Measurement {
    /** JVM start, building the engine, drain and files; only for the estimate. */
    private static final long OVERHEAD_MS = 1_100;

    private final Path folder;
    private final RunManifest manifest;
    private final List<CellSpec> plan;
    private final List<RunManifest.PlannedCell> planned;
    private final CellProcess cells = new CellProcess();
    private volatile boolean cancelled;
    private boolean threadInterrupted;

    /** Cells that have run in the folder are not run again. */
    Comparison(Path folder, RunManifest manifest, List<CellSpec> plan) {
        this.folder = folder;
        this.manifest = manifest;
        this.plan = plan;
        planned = new ArrayList<>(plan.stream()
            .map(spec -> isThere(spec) ? finished(spec) : ended(spec, RunManifest.CellStatus.PLANNED, List.of()))
            .toList());
    }

    private static boolean isThere(CellSpec spec) {
        return Files.exists(Path.of(spec.folder(), spec.id() + ".json"));
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public RunManifest.Status run(RunListener listener) {
        return Claim.during(folder, () -> measure(listener));
    }

    private RunManifest.Status measure(RunListener listener) {
        long missing = planned.stream().filter(cell -> cell.status() == RunManifest.CellStatus.PLANNED).count();
        listener.planned((int) missing, missing * estimateMs() / Math.max(1, plan.size()));
        save(RunManifest.Status.RUNNING, null);
        boolean failed = false;
        int ended = 0;
        for (int i = 0; i < plan.size() && !cancelled; i++) {
            if (planned.get(i).status() != RunManifest.CellStatus.PLANNED) {
                ended++;
                continue;
            }
            CellSpec spec = plan.get(i);
            listener.cellStarted(spec.id());
            Optional<String> failure = runCell(spec);
            if (cancelled || cells.stoppedBySignal()) {
                break;
            }
            failed |= failure.isPresent();
            planned.set(i, failure.isPresent()
                ? ended(spec, RunManifest.CellStatus.FAILED, List.of(failure.get())) : finished(spec));
            ended++;
            save(RunManifest.Status.RUNNING, null);
            listener.cellEnded(spec.id(), planned.get(i).status());
        }
        // Cancelled after the last cell is not interrupted: nothing is missing.
        RunManifest.Status status = ended < plan.size() ? RunManifest.Status.INTERRUPTED
            : failed ? RunManifest.Status.FAILED : RunManifest.Status.COMPLETE;
        save(status, now());
        if (threadInterrupted) {
            Thread.currentThread().interrupt();
        }
        return status;
    }

    private Optional<String> runCell(CellSpec spec) {
        try {
            return cells.run(spec);
        } catch (IOException e) {
            return Optional.of("no JVM could be started for it: " + e.getMessage());
        } catch (InterruptedException e) {
            // Kept until the end: a file channel refuses to write on an interrupted thread.
            threadInterrupted = true;
            cancelled = true;
            return Optional.of("interrupted");
        }
    }

    private static RunManifest.PlannedCell ended(CellSpec spec, RunManifest.CellStatus status, List<String> reasons) {
        return new RunManifest.PlannedCell(spec.id(), spec.strategy(), spec.path(), spec.repeat(), status, reasons);
    }

    private static RunManifest.PlannedCell finished(CellSpec spec) {
        try {
            CellRecord cell = CellRecord.read(Path.of(spec.folder(), spec.id() + ".json"));
            return ended(spec, RunManifest.CellStatus.of(cell.status()), List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void save(RunManifest.Status status, String finishedAt) {
        try {
            JsonFile.write(folder.resolve(RunManifest.FILE), manifest.at(status, finishedAt, planned, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long estimateMs() {
        if (plan.isEmpty()) {
            return 0;
        }
        Scenario scenario = Scenario.ofSettings(plan.get(0).settings());
        long loadNs = scenario.durationNs(ScenarioKey.REHEARSAL) + scenario.durationNs(ScenarioKey.WARMUP)
            + scenario.durationNs(ScenarioKey.DURATION);
        return plan.size() * (loadNs / 1_000_000 + OVERHEAD_MS);
    }

    @Override
    public void cancel() {
        cancelled = true;
        cells.cancel();
    }

    static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
