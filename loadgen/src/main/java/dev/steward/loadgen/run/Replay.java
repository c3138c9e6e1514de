package dev.steward.loadgen.run;

import dev.steward.loadgen.replay.ReplayTrace;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.results.ReplaySummary;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Logs that were read and can be played. {@link #close} deletes the trace: the logs make it anew.
 *
 * @param lines    what to tell the user before: what is played, what is not and why.
 */
public record Replay(
    TraceFile traceFile, ReplayTrace trace, ReplaySummary summary, Scenario scenario, List<String> lines)
    implements Closeable {
    /** The file of the trace. */
    public Path file() {
        return traceFile.path();
    }

    @Override
    public void close() throws IOException {
        traceFile.close();
    }
}
