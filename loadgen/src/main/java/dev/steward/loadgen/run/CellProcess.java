package dev.steward.loadgen.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.steward.loadgen.cell.CellMain;
import dev.steward.loadgen.cell.CellSpec;
import dev.steward.loadgen.cell.CellTime;
import dev.steward.loadgen.outlier.JvmLog;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.loadgen.turn.JvmEnd;
import dev.steward.results.Folders;
import dev.steward.results.Temporary;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs one cell in a fresh JVM, so that each call at the guard port stays monomorphic and no cell inherits another's
 * compiled code or heap.
 *
 * <p>The cell ends by itself when its standard input closes, which happens whenever this JVM dies.
 */
final class CellProcess {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CellJvm jvm;
    private volatile Process process;
    private volatile boolean cancelled;
    private boolean stoppedBySignal;

    CellProcess() {
        this(new CellJvm());
    }

    private CellProcess(CellJvm jvm) {
        this.jvm = jvm;
    }

    /**
     * Runs a cell to its end.
     *
     * @return why it failed, or empty if it wrote its result.
     * @throws IOException          if no JVM could be started.
     * @throws InterruptedException if this thread was interrupted; the cell is ended.
     */
    Optional<String> run(CellSpec spec) throws IOException, InterruptedException {
        return run(spec, Long.MAX_VALUE);
    }

    /** Runs a cell to its end, or to the end of the nanoseconds that are left for it. */
    Optional<String> run(CellSpec spec, long leftNs) throws IOException, InterruptedException {
        Path output = Path.of(spec.folder(), spec.id() + ".log");
        List<String> more = new ArrayList<>(
            List.of("-D" + CellSpec.LAUNCHED_AT_MS + "=" + System.currentTimeMillis()));
        Path jvmLog = JvmLog.beside(output);
        more.addAll(JvmLog.flags(jvmLog));
        List<String> command =
            jvm.command(Scenario.ofSettings(spec.settings()), CellJvm.ownClassPath(), more, CellMain.class);
        Process started = new ProcessBuilder(command)
            .redirectErrorStream(true).redirectOutput(Redirect.to(output.toFile())).start();
        process = started;
        if (cancelled) {
            started.destroyForcibly();
        }
        try {
            OutputStream input = started.getOutputStream();
            input.write((JSON.writeValueAsString(spec) + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException e) {
            // The JVM is gone already; its exit code and output say more than the broken pipe.
            started.waitFor();
        }
        try {
            long limitMs = CellTime.limitMs(Scenario.ofSettings(spec.settings()));
            long waitMs = Math.min(limitMs, TimeUnit.NANOSECONDS.toMillis(leftNs));
            boolean ended = started.waitFor(waitMs, TimeUnit.MILLISECONDS);
            return ended ? outcome(started, spec, output) : Optional.of("did not end in time and was stopped");
        } finally {
            // It may still be about to make its files.
            JvmEnd.kill(started);
            Files.deleteIfExists(jvmLog);
            if (cancelled || stoppedBySignal || JvmEnd.said(printed(output)).isEmpty()) {
                Files.deleteIfExists(output);
            }
        }
    }

    /** A short cell with what most cells use. */
    static boolean leaveArchive(Path archive) throws IOException, InterruptedException {
        Path folder = Temporary.folder(null, "classes");
        Scenario scenario = new ScenarioBuilder()
            .override("rehearsal=100ms").override("warmup=0").override("duration=100ms").build();
        CellSpec spec =
            new CellSpec("classes", "mutex", CellSpec.RING, 1, scenario.settings(), null, null, folder.toString());
        try {
            return new CellProcess(new CellJvm(CellArchive.leave(archive))).run(spec).isEmpty();
        } finally {
            Folders.remove(folder);
        }
    }

    private Optional<String> outcome(Process ended, CellSpec spec, Path output) throws IOException {
        if (ended.exitValue() == 0 && Files.exists(Path.of(spec.folder(), spec.id() + ".json"))) {
            Files.deleteIfExists(output);
            return Optional.empty();
        }
        stoppedBySignal |= JvmEnd.bySignal(ended);
        String printed = printed(output);
        // What the cell says itself, or else what its JVM printed.
        return Optional.of("its JVM " + JvmEnd.words(ended, printed.lines()
            .filter(line -> line.startsWith(CellMain.REASON_PREFIX))
            .map(line -> line.substring(CellMain.REASON_PREFIX.length())).findFirst().orElse(printed)));
    }

    /** All of it, if it is still there. */
    private static String printed(Path output) throws IOException {
        return Files.exists(output) ? new String(Files.readAllBytes(output), StandardCharsets.UTF_8) : "";
    }

    /**
     * Whether a cell was told to stop by a signal: Ctrl-C reaches the cell's JVM too, and sometimes before this one.
     * To be asked by the thread that runs the cells.
     */
    boolean stoppedBySignal() {
        return stoppedBySignal;
    }

    /** Ends the cell that runs, from another thread, and every later one at its start. */
    void cancel() {
        cancelled = true;
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
        }
    }
}
