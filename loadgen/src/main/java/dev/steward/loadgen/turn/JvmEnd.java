package dev.steward.loadgen.turn;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** How a JVM that measures comes to its end. */
public final class JvmEnd {
    private static final long KILL_LIMIT_MS = 10_000;
    /** Exit codes of a JVM that was sent HUP, INT or TERM. */
    private static final Set<Integer> SIGNAL_CODES = Set.of(129, 130, 143);

    /** From here on a code is that of a signal. */
    private static final int SIGNALS = 128;
    private static final int LAST_SIGNAL = 64;

    private JvmEnd() {
    }

    /** Whether a process that has ended was told to by a signal: Ctrl-C reaches it, too, and sometimes first. */
    public static boolean bySignal(Process ended) {
        return SIGNAL_CODES.contains(ended.exitValue());
    }

    /**
     * How a process came to its end, for a sentence that begins with whose JVM it was.
     *
     * @param printed all that it printed.
     */
    public static String words(Process ended, String printed) {
        int code = ended.exitValue();
        String how = code > SIGNALS && code <= SIGNALS + LAST_SIGNAL
            ? "was ended by signal " + (code - SIGNALS) : "ended with code " + code;
        return how + said(printed).map(line -> ": " + line).orElse("");
    }

    /** The first line that tells something: not what every JVM may say, nor the frame around the report of a crash. */
    public static Optional<String> said(String printed) {
        return printed.lines().map(line -> line.startsWith("#") ? line.substring(1).strip() : line)
            .filter(line -> !line.isBlank() && !line.startsWith("Picked up ") && !line.contains("WARNING")
                && !line.startsWith("A fatal error has been detected"))
            .findFirst();
    }

    /** Ends a process, whatever it does, and waits until it has gone. */
    public static void kill(Process process) {
        process.destroyForcibly().onExit().completeOnTimeout(process, KILL_LIMIT_MS, TimeUnit.MILLISECONDS).join();
    }
}
