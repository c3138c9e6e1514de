package dev.steward.loadgen.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Asks the kernel to wake parked threads on time.
 *
 * <p>Linux delays the timers of an ordinary thread by up to 50 us to save wake-ups (prctl PR_SET_TIMERSLACK). A thread
 * may lower that for itself by writing its own {@code timerslack_ns}; no privilege is needed. Elsewhere: no-op.
 */
final class TimerSlack {
    private static final String SMALLEST_NS = "1";

    private TimerSlack() {
    }

    /** Lowers the timer slack of the calling thread as far as it goes. */
    static boolean lower() {
        try {
            Path self = Files.readSymbolicLink(Path.of("/proc/thread-self"));
            Files.writeString(Path.of("/proc", self.getFileName().toString(), "timerslack_ns"), SMALLEST_NS);
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
