package dev.steward.loadgen.transfer;

import dev.steward.loadgen.turn.AnsweringJvm;
import dev.steward.results.Temporary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM with one strategy, which ends by itself when this one does. */
final class LiveLane implements Contestant {
    private static final String ANSWER = "answer: ";
    private static final String FAILURE = "failure=";

    private final Path output;
    private final AnsweringJvm jvm;

    /**
     * Starts it.
     *
     * @param arguments between {@code java} with its class path and the name of the strategy.
     * @throws IOException if no JVM could be started.
     */
    LiveLane(String strategy, List<String> arguments) throws IOException {
        // What it complains about.
        output = Temporary.file(null, "lane", ".log");
        output.toFile().deleteOnExit();
        List<String> command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp", System.getProperty("java.class.path")));
        command.addAll(arguments);
        command.add(strategy);
        jvm = new AnsweringJvm(command, strategy, ANSWER, output);
    }

    @Override
    public String play(String order, long limitMs) throws IOException, InterruptedException {
        String answer = jvm.order(order, limitMs);
        if (answer.startsWith(FAILURE)) {
            throw new IOException(answer.substring(FAILURE.length()));
        }
        return answer;
    }

    @Override
    public void close() {
        jvm.close();
        try {
            Files.deleteIfExists(output);
        } catch (IOException e) {
            // It goes when this JVM does.
            return;
        }
    }
}
