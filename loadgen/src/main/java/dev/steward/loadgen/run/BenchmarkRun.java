package dev.steward.loadgen.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a benchmark of the suite in a JVM of its own, as JMH ends the one it runs in. */
public final class BenchmarkRun {
    private BenchmarkRun() {
    }

    /**
     * Runs a benchmark to its end; the results appear under their name only when they are complete.
     *
     * @param threads   1 or more.
     * @param results   new file, JSON as JMH writes it; beside it lies what JMH said.
     * @throws IOException if the benchmark fails or is interrupted, or a file cannot be written.
     */
    public static void run(Path home, List<String> arguments, int threads, Path results) throws IOException {
        Path part = results.resolveSibling(results.getFileName() + ".part");
        Path log = results.resolveSibling(results.getFileName() + ".log");
        List<String> command = new ArrayList<>(List.of(home.resolve("steward").toString(), "jmh"));
        command.addAll(arguments);
        command.addAll(List.of("-t", Integer.toString(threads), "-rf", "json", "-rff", part.toString()));
        Process jmh = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            if (jmh.waitFor() != 0) {
                throw new IOException("the benchmark with " + threads + " threads failed; see " + log);
            }
        } catch (InterruptedException e) {
            jmh.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        Files.move(part, results);
    }
}
