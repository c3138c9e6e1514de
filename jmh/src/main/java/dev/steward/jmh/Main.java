package dev.steward.jmh;

import dev.steward.catalog.Strategies;
import dev.steward.strategy.CLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/**
 * The main class of every JMH jar, with two things filled in if they are not given: all strategies that can run here as
 * the values of {@code strategy}, because an annotation would be a second list of them, and the flags that a forked JVM
 * needs.
 */
public final class Main {
    private static final String PARAMETER = "-p";
    private static final String STRATEGY = "strategy=";
    private static final String FORK_FLAGS = "-jvmArgsAppend";

    private Main() {
    }

    /** Runs JMH; ends the JVM with code 1 if it fails. */
    public static void main(String[] args) throws IOException {
        Strategies.cannotRun(Strategies.all()).forEach(System.out::println);
        List<String> completed = completed(args, forkFlags());
        if (CLibrary.refusal().isPresent()) {
            completed.addAll(List.of("-e", NativeCallBenchmark.class.getSimpleName()));
        }
        org.openjdk.jmh.Main.main(completed.toArray(String[]::new));
    }

    static List<String> completed(String[] args, String forkFlags) {
        List<String> completed = new ArrayList<>(Arrays.asList(args));
        // JMH has the short one alone, and ends with 1 for the other.
        completed.replaceAll(argument -> argument.equals("--help") ? "-h" : argument);
        boolean chosen = false;
        for (int i = 0; i < args.length; i++) {
            chosen |= args[i].startsWith(PARAMETER + STRATEGY)
                || args[i].equals(PARAMETER) && i + 1 < args.length && args[i + 1].startsWith(STRATEGY);
        }
        if (!chosen) {
            completed.add(PARAMETER);
            completed.add(STRATEGY + String.join(",", Strategies.runnable().stream()
                .map(strategy -> strategy.description().name()).toList()));
        }
        int flagsAt = completed.indexOf(FORK_FLAGS);
        if (flagsAt >= 0 && flagsAt + 1 < completed.size()) {
            completed.set(flagsAt + 1, forkFlags + " " + completed.get(flagsAt + 1));
        } else {
            completed.add(FORK_FLAGS);
            completed.add(forkFlags);
        }
        return completed;
    }

    /** Filled in by the build from the one place where the flags stand. */
    static String forkFlags() throws IOException {
        try (InputStream in = Main.class.getResourceAsStream("jvm.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("fork.flags");
        }
    }
}
