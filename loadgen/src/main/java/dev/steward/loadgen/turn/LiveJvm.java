package dev.steward.loadgen.turn;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.steward.loadgen.cell.LiveAnswer;
import dev.steward.loadgen.cell.LiveMain;
import dev.steward.loadgen.cell.LiveOrder;
import dev.steward.loadgen.outlier.JvmLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The JVM of a contestant, started and waiting for orders.
 *
 * <p>Threading: one thread gives orders; any may close.
 */
final class LiveJvm implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Contestant contestant;
    private final Compilations compilations;
    private final AnsweringJvm jvm;

    /**
     * Starts it.
     *
     * @param output file that gets what it prints; its log stands beside it.
     * @throws IOException if no JVM could be started.
     */
    LiveJvm(Contestant contestant, Path output) throws IOException {
        this.contestant = contestant;
        Path log = JvmLog.beside(output);
        compilations = new Compilations(log);
        List<String> command = new ArrayList<>(contestant.command());
        command.addAll(1, JvmLog.flags(log));
        jvm = new AnsweringJvm(command, contestant.name(), LiveMain.ANSWER, output);
    }

    Contestant contestant() {
        return contestant;
    }

    /** Processor time that it has used, in ticks of the kernel; -1 if not readable. */
    long ticks() {
        return jvm.ticks();
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
        LiveAnswer answer = JSON.readValue(jvm.order(
            JSON.writeValueAsString(order.without(contestant.unknown())), limitMs), LiveAnswer.class);
        if (answer.failure() != null) {
            throw new IOException(answer.failure());
        }
        return answer;
    }

    /** Whether it has ended because it was told to by a signal. */
    boolean endedBySignal() {
        return jvm.endedBySignal();
    }

    /** Ends it, whatever it does. */
    @Override
    public void close() {
        jvm.close();
    }
}
