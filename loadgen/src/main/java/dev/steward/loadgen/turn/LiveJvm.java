package dev.steward.loadgen.turn;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.steward.loadgen.cell.LiveAnswer;
import dev.steward.loadgen.cell.LiveMain;
import dev.steward.loadgen.cell.LiveOrder;
import dev.steward.loadgen.outlier.JvmLog;
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

/**
 * The JVM of a contestant, started and waiting for orders. It ends by itself when its standard input closes, which
 * happens whenever this JVM dies.
 *
 * <p>Threading: one thread gives orders; any may close.
 */
final class LiveJvm implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long REAP_LIMIT_MS = 2_000;
    private static final String GONE = "";

    private final Contestant contestant;
    private final Path output;
    private final Compilations compilations;
    private final Process process;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();

    /**
     * Starts it.
     *
     * @param output file that gets what it prints; its log stands beside it.
     * @throws IOException if no JVM could be started.
     */
    LiveJvm(Contestant contestant, Path output) throws IOException {
        this.contestant = contestant;
        this.output = output;
        Path log = JvmLog.beside(output);
        compilations = new Compilations(log);
        List<String> command = new ArrayList<>(contestant.command());
        command.addAll(1, JvmLog.flags(log));
        process = new ProcessBuilder(command).redirectError(Redirect.to(output.toFile())).start();
        Thread reader = new Thread(this::read, "answers of " + contestant.name());
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader input =
            new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                if (line.startsWith(LiveMain.ANSWER)) {
                    lines.add(line.substring(LiveMain.ANSWER.length()));
                }
            }
        } catch (IOException e) {
            // It is gone, as the next line says.
            lines.add(GONE);
        }
        lines.add(GONE);
    }

    Contestant contestant() {
        return contestant;
    }

    /** Processor time that it has used, in ticks of the kernel; -1 if not readable. */
    long ticks() {
        return ProcessTicks.of(process.pid());
    }

    /** What its compilers did. */
    Compilations compilations() {
        return compilations;
    }

    /**
     * Gives an order and waits until it has been carried out.
     *
     * @throws IOException          with one line, if it failed, the JVM has gone, or the time was up.
     * @throws InterruptedException if this thread was interrupted.
     */
    LiveAnswer order(LiveOrder order, long limitMs) throws IOException, InterruptedException {
        try {
            OutputStream orders = process.getOutputStream();
            orders.write((JSON.writeValueAsString(order) + "\n").getBytes(StandardCharsets.UTF_8));
            orders.flush();
        } catch (IOException e) {
            // It has gone; what it said before, and that it has gone, comes from its reader.
            return answer(REAP_LIMIT_MS);
        }
        return answer(limitMs);
    }

    private LiveAnswer answer(long limitMs) throws IOException, InterruptedException {
        String line = lines.poll(limitMs, TimeUnit.MILLISECONDS);
        if (line == null) {
            throw new IOException("did not end in time and was stopped");
        }
        if (line.equals(GONE)) {
            // Its output ends before the process has been reaped.
            boolean ended = process.waitFor(REAP_LIMIT_MS, TimeUnit.MILLISECONDS);
            throw new IOException("its JVM " + (ended
                ? JvmEnd.words(process, new String(Files.readAllBytes(output), StandardCharsets.UTF_8)) : "ended"));
        }
        LiveAnswer answer = JSON.readValue(line, LiveAnswer.class);
        if (answer.failure() != null) {
            throw new IOException(answer.failure());
        }
        return answer;
    }

    /** Whether it has ended because it was told to by a signal. */
    boolean endedBySignal() {
        return !process.isAlive() && JvmEnd.bySignal(process);
    }

    /** Ends it, whatever it does. */
    @Override
    public void close() {
        JvmEnd.kill(process);
    }
}
