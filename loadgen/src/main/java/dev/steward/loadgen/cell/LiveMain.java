package dev.steward.loadgen.cell;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.steward.loadgen.load.StreamPlan;
import dev.steward.loadgen.log.EventLog;
import dev.steward.loadgen.outlier.JvmLog;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.strategy.Strategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Entry point of the JVM of a contestant: carries out one {@link LiveOrder} after another for one strategy, and
 * answers each with a {@link LiveAnswer}. Between two orders it waits without using a processor.
 *
 * <p>Arguments: name of the strategy, and a kernel log to draw records from, if any. Orders come as lines of standard
 * input; answers go to standard output behind {@link #ANSWER}, everything else to standard error. The JVM ends when
 * standard input closes: the parent is gone then, or wants no more.
 */
public final class LiveMain {
    /** Marks an answer among what else may be printed. */
    public static final String ANSWER = "answer: ";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Clock clock = Clock.SYSTEM;
    private final Strategy strategy;
    private final EventLog log;
    private Map<String, String> settings;
    private Scenario scenario;
    private StreamPlan streams;

    private LiveMain(Strategy strategy, EventLog log) {
        this.strategy = strategy;
        this.log = log;
    }

    /** Carries out orders until there are no more. */
    public static void main(String[] args) throws InterruptedException {
        PrintStream answers = System.out;
        System.setOut(System.err);
        LinkedBlockingQueue<String> orders = new LinkedBlockingQueue<>();
        listen(orders);
        try {
            LiveMain live = new LiveMain(
                CellMain.strategy(args[0]), args.length > 1 ? EventLog.load(Path.of(args[1])) : null);
            while (true) {
                say(answers, live.answer(JSON.readValue(orders.take(), LiveOrder.class)));
            }
        } catch (Exception | OutOfMemoryError | LinkageError e) {
            e.printStackTrace();
            say(answers, LiveAnswer.failed(e.getMessage() == null
                ? e.toString() : e.getMessage().lines().findFirst().orElse(e.toString())));
            System.exit(1);
        }
    }

    private static void say(PrintStream answers, LiveAnswer answer) {
        try {
            answers.println(ANSWER + JSON.writeValueAsString(answer));
        } catch (IOException e) {
            throw new IllegalStateException("an answer is plain data", e);
        }
        answers.flush();
    }

    private static void listen(LinkedBlockingQueue<String> orders) {
        Thread listener = new Thread(() -> {
            try (BufferedReader input =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                for (String line = input.readLine(); line != null; line = input.readLine()) {
                    orders.add(line);
                }
            } catch (IOException e) {
                // a broken pipe is an end, too
                JvmLog.abandon();
                Runtime.getRuntime().halt(1);
            }
            JvmLog.abandon();
            Runtime.getRuntime().halt(0);
        }, "orders");
        listener.setDaemon(true);
        listener.start();
    }

    private LiveAnswer answer(LiveOrder order) throws IOException {
        if (order.kind() == LiveOrder.Kind.CELL) {
            CellMain.measure(order.cell(), clock, strategy);
            return LiveAnswer.done();
        }
        if (order.kind() == LiveOrder.Kind.BE_THERE) {
            return LiveAnswer.done();
        }
        if (!order.settings().equals(settings)) {
            scenario = Scenario.ofSettings(order.settings());
            streams = StreamPlan.of(scenario, log);
            settings = order.settings();
        }
        boolean ring = order.path().equals(CellSpec.RING);
        if (order.kind() == LiveOrder.Kind.REHEARSE) {
            Rehearsal.play(clock, scenario, log, streams, strategy, ring);
            return LiveAnswer.done();
        }
        return Turn.play(clock, scenario, log, streams, strategy, ring, order.repeat());
    }
}
