package dev.steward.loadgen.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.steward.loadgen.cell.CellSpec;
import dev.steward.loadgen.record.AtomicFiles;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Runs all cells of a comparison one after the other and keeps {@code run.json} true after each.
 *
 * <p>Threading: {@link #run} on one thread; {@link #cancel} from any.
 */
public final class Comparison {
    /** How a comparison ended. */
    public enum Status {
        /** Every cell ran. Some may be INVALID. */
        COMPLETE,
        /** Cancelled: the finished cells are kept. */
        INTERRUPTED,
        /** At least one cell did not end with a result. */
        FAILED
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    /** JVM start, building the engine, drain and files; only for the estimate. */
    private static final long OVERHEAD_MS = 1_100;

    private final Path folder;
    private final RunManifest manifest;
    private final List<CellSpec> plan;
    private final CellProcess cells = new CellProcess();
    private volatile boolean cancelled;
    private boolean threadInterrupted;

    Comparison(Path folder, RunManifest manifest, List<CellSpec> plan) {
        this.folder = folder;
        this.manifest = manifest;
        this.plan = plan;
        for (CellSpec spec : plan) {
            RunManifest.Cell cell = new RunManifest.Cell();
            cell.id = spec.id();
            cell.strategy = spec.strategy();
            cell.path = spec.path();
            cell.repeat = spec.repeat();
            manifest.cells.add(cell);
        }
    }

    /**
     * Where the results go.
     *
     * @return existing folder.
     */
    public Path folder() {
        return folder;
    }

    /**
     * Runs all cells.
     *
     * @param listener told about progress.
     * @return how it ended; the folder is complete either way.
     * @throws UncheckedIOException if the result folder can no longer be written.
     */
    public Status run(RunListener listener) {
        listener.planned(plan.size(), estimateMs());
        manifest.status = "running";
        save();
        boolean failed = false;
        int ended = 0;
        for (int i = 0; i < plan.size() && !cancelled; i++) {
            CellSpec spec = plan.get(i);
            listener.cellStarted(spec.id());
            Optional<String> failure = runCell(spec);
            if (cancelled || cells.stoppedBySignal()) {
                break;
            }
            RunManifest.Cell cell = manifest.cells.get(i);
            if (failure.isPresent()) {
                failed = true;
                cell.status = "failed";
                cell.reasons = List.of(failure.get());
            } else {
                takeOver(spec, cell);
            }
            ended++;
            save();
            listener.cellEnded(spec.id(), cell.status);
        }
        // Cancelled after the last cell is not interrupted: nothing is missing.
        Status status = ended < plan.size() ? Status.INTERRUPTED : failed ? Status.FAILED : Status.COMPLETE;
        manifest.status = status.name().toLowerCase(Locale.ROOT);
        manifest.finishedAt = now();
        save();
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

    private void takeOver(CellSpec spec, RunManifest.Cell cell) {
        try {
            JsonNode result = JSON.readTree(Path.of(spec.folder(), spec.id() + ".json").toFile());
            cell.status = result.path("status").asText();
            List<String> reasons = new ArrayList<>();
            result.path("reasons").forEach(reason -> reasons.add(reason.asText()));
            cell.reasons = reasons;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void save() {
        try {
            AtomicFiles.write(
                folder.resolve("run.json"), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
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

    /** Ends the cell that runs and starts no further one. */
    public void cancel() {
        cancelled = true;
        cells.cancel();
    }

    static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
