package dev.steward.jmh;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Entry point of a JVM that measures one strategy against the twin in C, turn by turn: argument is the strategy, orders
 * are lines of standard input, each is answered by a line of standard output behind {@link #ANSWER}. Between two orders
 * it waits without using a processor; it ends when standard input closes.
 */
public final class LaneMain {
    /** Marks an answer among what else may be printed. */
    public static final String ANSWER = "answer: ";
    /** Stands before the reason if there is no answer. */
    public static final String FAILURE = "failure=";

    private static final String BLACKHOLE = "org/openjdk/jmh/infra/Blackhole";

    private LaneMain() {
    }

    /**
     * What stands between {@code java} and the name of a strategy, but for the class path: the flags that JMH gives a
     * fork, with the black holes of the compiler, the collector of the suite's cells, and this class.
     *
     * @throws IOException if the jar is damaged.
     */
    public static List<String> arguments() throws IOException {
        List<String> arguments = new ArrayList<>(List.of(Main.forkFlags().split(" ")));
        arguments.addAll(List.of(
            "-XX:+UseSerialGC", "-Xms64m", "-Xmx64m",
            "-XX:+UnlockDiagnosticVMOptions", "-XX:+UnlockExperimentalVMOptions", "-DcompilerBlackholesEnabled=true",
            "-XX:CompileCommand=quiet",
            "-XX:CompileCommand=blackhole," + BLACKHOLE + ".consumeCompiler",
            "-XX:CompileCommand=inline," + BLACKHOLE + ".consume",
            "-XX:CompileCommand=dontinline," + BLACKHOLE + ".consumeCPU",
            LaneMain.class.getName()));
        return arguments;
    }

    /** Carries out orders until there are no more. */
    public static void main(String[] args) throws IOException {
        PrintStream answers = System.out;
        System.setOut(System.err);
        Lane lane = new Lane(args[0]);
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            answers.println(ANSWER + answer(lane, line));
            answers.flush();
        }
    }

    private static String answer(Lane lane, String order) {
        try {
            return lane.play(LaneOrder.parse(order));
        } catch (InterruptedException e) {
            return FAILURE + "interrupted";
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            String message = e.getMessage() == null ? e.toString() : e.getMessage();
            return FAILURE + message.lines().findFirst().orElse(e.toString());
        }
    }
}
