package dev.steward.concurrency;

import dev.steward.catalog.Strategies;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs jcstress for each strategy of the list, one run after the other: jcstress has no parameters, so the strategy
 * is a system property of the forked JVMs. Arguments are those of jcstress, but for these in front:
 *
 * <pre>
 *   --strategy a,b    strategies or designs, maybe with variants (default: all that are ranked, with all variants)
 *   --plain           the strategies that are ranked, without designs and variants
 *   --controls        guards and handlers that are wrong on purpose: succeeds if every run FAILS
 * </pre>
 *
 * <p>Exit code: 0 if all is as it should be, 1 if not, 2 for a wrong argument.
 */
public final class Main {
    private static final String PER_STRATEGY = "dev.steward.concurrency.(Snapshot|Quiescence|Publication)Test";
    private static final String CONTROLS = "dev.steward.concurrency.QuiescenceTest";
    private static final String WITHOUT_STRATEGY = "(PinTest|AnnouncementTest|HandlerSleepTest.OfTheEngine)";
    /** Handlers that are wrong: each by itself, since the catch of one says nothing of the other. */
    private static final List<String> WRONG_HANDLERS =
        List.of("HandlerSleepTest.WithoutLastLook", "HandlerSleepTest.WithoutFence");
    private static final String NO_STRATEGY = "none";

    private Main() {
    }

    /** Runs all. */
    public static void main(String[] args) throws IOException, InterruptedException {
        try {
            System.exit(run(Arguments.parse(args)) ? 0 : 1);
        } catch (IllegalArgumentException e) {
            System.err.println("jcstress: " + e.getMessage());
            System.exit(2);
        }
    }

    private static boolean run(Arguments arguments) throws IOException, InterruptedException {
        List<String> wrong = new ArrayList<>();
        if (arguments.controls()) {
            for (String strategy : List.of("unguarded", "unguarded-pointer", "rcu-entry:gc")) {
                if (!jcstress(strategy, CONTROLS, arguments.passed()).foundForbidden()) {
                    wrong.add(strategy + " was not caught");
                }
            }
            for (String handler : WRONG_HANDLERS) {
                if (!jcstress(NO_STRATEGY, handler, arguments.passed()).foundForbidden()) {
                    wrong.add(handler + " was not caught");
                }
            }
        } else {
            if (arguments.strategies().isEmpty()) {
                if (!jcstress(NO_STRATEGY, WITHOUT_STRATEGY, arguments.passed()).passed()) {
                    wrong.add("a primitive failed");
                }
                Strategies.cannotRun(Strategies.all()).forEach(line -> System.out.println("==> " + line));
            }
            for (String strategy : arguments.strategiesOrAll()) {
                if (!jcstress(strategy, PER_STRATEGY, arguments.passed()).passed()) {
                    wrong.add(strategy + " failed");
                }
            }
        }
        System.out.println(wrong.isEmpty() ? "==> all as it should be" : "==> WRONG: " + String.join(", ", wrong));
        return wrong.isEmpty();
    }

    private static Verdict jcstress(String strategy, String tests, List<String> passed)
        throws IOException, InterruptedException {
        System.out.println("==> " + (strategy.equals(NO_STRATEGY) ? tests : strategy));
        String results = "jcstress-results/" + strategy.replace(':', '.');
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        // For itself, which calls the C library to bind threads; those that it forks get them below.
        command.addAll(List.of(forkFlags().split(" ")));
        command.addAll(List.of(
            "-cp", System.getProperty("java.class.path"),
            "org.openjdk.jcstress.Main", "-t", tests, "-r", results,
            // Few states alive at a time: see Bench.
            "-strideSize", "16", "-strideCount", "16",
            "-jvmArgsPrepend", forkFlags() + " -D" + Bench.STRATEGY_PROPERTY + "=" + strategy));
        command.addAll(passed);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Verdict verdict = new Verdict(1, 0, 0);
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(line);
                verdict = verdict.after(line);
            }
        }
        return new Verdict(process.waitFor(), verdict.failed(), verdict.errors());
    }

    /**
     * How a run of jcstress ended.
     *
     * @param errors   configurations that did not run to their end.
     */
    record Verdict(int exitCode, int failed, int errors) {
        private static final Pattern RESULTS =
            Pattern.compile("\\(Results: .* (\\d+) failed, (\\d+) soft errs, (\\d+) hard errs\\)");

        Verdict after(String line) {
            Matcher matcher = RESULTS.matcher(line);
            return matcher.find()
                ? new Verdict(exitCode, Integer.parseInt(matcher.group(1)),
                    Integer.parseInt(matcher.group(2)) + Integer.parseInt(matcher.group(3)))
                : this;
        }

        boolean passed() {
            return exitCode == 0;
        }

        /** A crash is no catch. */
        boolean foundForbidden() {
            return failed > 0 && errors == 0;
        }
    }

    /** Filled in by the build from the one place where the flags stand. */
    static String forkFlags() throws IOException {
        try (InputStream in = Main.class.getResourceAsStream("jvm.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("fork.flags");
        }
    }

    /**
     * What the user wants.
     *
     * @param strategies strategies, empty for all.
     */
    record Arguments(List<String> strategies, boolean plain, boolean controls, List<String> passed) {
        static Arguments parse(String[] args) {
            List<String> strategies = List.of();
            boolean plain = false;
            boolean controls = false;
            int next = 0;
            while (next < args.length && args[next].startsWith("--")) {
                if (args[next].equals("--controls")) {
                    controls = true;
                } else if (args[next].equals("--plain")) {
                    plain = true;
                } else if (args[next].equals("--strategy") && next + 1 < args.length) {
                    strategies = List.of(args[++next].split(","));
                    strategies.forEach(Arguments::check);
                } else {
                    throw new IllegalArgumentException(
                        "'" + args[next] + "' is not allowed; --strategy NAME,..., --plain, --controls, then those of "
                            + "jcstress");
                }
                next++;
            }
            return new Arguments(strategies, plain, controls, List.of(args).subList(next, args.length));
        }

        private static void check(String name) {
            if (Strategies.byName(name).isEmpty()) {
                throw new IllegalArgumentException(
                    "unknown strategy '" + name + "'; allowed: " + Strategies.choices());
            }
        }

        List<String> strategiesOrAll() {
            if (!strategies.isEmpty()) {
                return strategies;
            }
            // A jar on the class path may add some, of which only the default is known.
            Stream<String> names = plain ? Strategies.names().stream()
                : Stream.concat(Strategies.namesWithVariants().stream(), Strategies.names().stream()).distinct();
            return names.filter(name -> Strategies.byName(name).orElseThrow().description().ranked())
                .filter(name -> Strategies.byName(name).orElseThrow().refusal().isEmpty()).toList();
        }
    }
}
