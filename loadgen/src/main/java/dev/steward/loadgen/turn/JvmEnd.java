package dev.steward.loadgen.turn;

import java.util.Set;
import java.util.concurrent.TimeUnit;

/** How a JVM that measures comes to its end. */
public final class JvmEnd {
    private static final long KILL_LIMIT_MS = 10_000;
    /** Exit codes of a JVM that was sent HUP, INT or TERM. */
    private static final Set<Integer> SIGNAL_CODES = Set.of(129, 130, 143);

    private JvmEnd() {
    }

    /** Whether a process that has ended was told to by a signal: Ctrl-C reaches it, too, and sometimes first. */
    public static boolean bySignal(Process ended) {
        return SIGNAL_CODES.contains(ended.exitValue());
    }

    /** Ends a process, whatever it does, and waits until it has gone. */
    public static void kill(Process process) {
        process.destroyForcibly().onExit().completeOnTimeout(process, KILL_LIMIT_MS, TimeUnit.MILLISECONDS).join();
    }
}
