package dev.steward.loadgen.turn;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that answers each line of its standard input by a line of its standard output behind a mark. It ends by itself
 * when its standard input closes, which happens whenever this JVM dies.
 *
 * <p>Threading: one thread gives orders; any may close.
 */
public final class AnsweringJvm implements AutoCloseable {
    private static final long REAP_LIMIT_MS = 2_000;
    private static final String GONE = "";

    private final String mark;
    private final Path output;
    private final Process process;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();

    /**
     * Starts it.
     *
     * @param command of the JVM.
     * @param name    whose it is, for its thread here.
     * @param mark    before an answer.
     * @param output  file that gets what it complains about.
     * @throws IOException if no JVM could be started.
     */
    public AnsweringJvm(List<String> command, String name, String mark, Path output) throws IOException {
        this.mark = mark;
        this.output = output;
        process = new ProcessBuilder(command).redirectError(Redirect.to(output.toFile())).start();
        Thread reader = new Thread(this::read, "answers of " + name);
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader input =
            new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                if (line.startsWith(mark)) {
                    lines.add(line.substring(mark.length()));
                }
            }
        } catch (IOException e) {
            // It is gone, as the next line says.
            lines.add(GONE);
        }
        lines.add(GONE);
    }

    /**
     * Gives an order and waits for its answer.
     *
     * @return the answer, without its mark.
     * @throws IOException          with one line, if the JVM has gone, or the time was up, for which it is ended.
     * @throws InterruptedException if this thread was interrupted.
     */
    public String order(String order, long limitMs) throws IOException, InterruptedException {
        try {
            OutputStream orders = process.getOutputStream();
            orders.write((order + "\n").getBytes(StandardCharsets.UTF_8));
            orders.flush();
        } catch (IOException e) {
            // It has gone; what it said before, and that it has gone, comes from its reader.
            return answer(REAP_LIMIT_MS);
        }
        return answer(limitMs);
    }

    private String answer(long limitMs) throws IOException, InterruptedException {
        String line = lines.poll(limitMs, TimeUnit.MILLISECONDS);
        if (line == null) {
            // What it says later would be taken for the answer to the next order.
            JvmEnd.kill(process);
            throw new IOException("did not end in time and was stopped");
        }
        if (line.equals(GONE)) {
            // Its output ends before the process has been reaped.
            boolean ended = process.waitFor(REAP_LIMIT_MS, TimeUnit.MILLISECONDS);
            throw new IOException("its JVM " + (ended
                ? JvmEnd.words(process, new String(Files.readAllBytes(output), StandardCharsets.UTF_8)) : "ended"));
        }
        return line;
    }

    /** Processor time that it has used, in ticks of the kernel; -1 if not readable. */
    long ticks() {
        return ProcessTicks.of(process.pid());
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
