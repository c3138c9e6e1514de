package dev.steward.loadgen.transfer;

import dev.steward.loadgen.turn.JvmEnd;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A JVM with one strategy, which ends by itself when this one does. */
final class LiveLane implements Contestant {
    private static final String ANSWER = "answer: ";
    private static final String FAILURE = "failure=";
    private static final String GONE = "";

    private final Path output;
    private final Process process;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();

    /**
     * Starts it.
     *
     * @param arguments between {@code java} with its class path and the name of the strategy.
     * @throws IOException if no JVM could be started.
     */
    LiveLane(String strategy, List<String> arguments) throws IOException {
        // What it complains about.
        output = Files.createTempFile("steward-lane-", ".log");
        output.toFile().deleteOnExit();
        List<String> command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp", System.getProperty("java.class.path")));
        command.addAll(arguments);
        command.add(strategy);
        process = new ProcessBuilder(command).redirectError(Redirect.to(output.toFile())).start();
        Thread reader = new Thread(this::read, "answers of " + strategy);
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader input =
            new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                if (line.startsWith(ANSWER)) {
                    lines.add(line.substring(ANSWER.length()));
                }
            }
        } catch (IOException e) {
            // It is gone, as the next line says.
            lines.add(GONE);
        }
        lines.add(GONE);
    }

    @Override
    public String play(String order, long limitMs) throws IOException, InterruptedException {
        try {
            OutputStream orders = process.getOutputStream();
            orders.write((order + "\n").getBytes(StandardCharsets.UTF_8));
            orders.flush();
        } catch (IOException e) {
            throw new IOException("its JVM ended: " + words(), e);
        }
        String line = lines.poll(limitMs, TimeUnit.MILLISECONDS);
        if (line == null) {
            // What it says later would be taken for the answer to the next order.
            JvmEnd.kill(process);
            throw new IOException("did not end in time and was stopped");
        }
        if (line.equals(GONE)) {
            throw new IOException("its JVM ended: " + words());
        }
        if (line.startsWith(FAILURE)) {
            throw new IOException(line.substring(FAILURE.length()));
        }
        return line;
    }

    /** The first line that it complained with, beside what every JVM may say. */
    private String words() throws IOException {
        return new String(Files.readAllBytes(output), StandardCharsets.UTF_8).lines()
            .filter(line -> !line.isBlank() && !line.startsWith("Picked up ") && !line.contains("WARNING"))
            .findFirst().orElse("no output");
    }

    @Override
    public void close() {
        JvmEnd.kill(process);
        try {
            Files.deleteIfExists(output);
        } catch (IOException e) {
            // It goes when this JVM does.
            return;
        }
    }
}
