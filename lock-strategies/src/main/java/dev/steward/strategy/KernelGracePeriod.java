package dev.steward.strategy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A grace period of the kernel that runs this process: membarrier(2) with MEMBARRIER_CMD_GLOBAL calls synchronize_rcu()
 * (kernel/sched/membarrier.c; docs/domain.md, 8.3).
 *
 * <p>With one CPU online it returns at once, as there is nobody to wait for; with nohz_full in use the kernel does not
 * offer it. Either would look like a grace period that takes no time.
 *
 * <p>Threading: any.
 */
public final class KernelGracePeriod {
    private static final Path ONLINE = Path.of("/sys/devices/system/cpu/online");
    private static final Pattern ONE_CPU = Pattern.compile("\\d+");

    private KernelGracePeriod() {
    }

    /** Why this machine cannot show one, the beginning of a sentence; empty if it can. */
    public static Optional<String> refusal() {
        return refusal(Membarrier.query(), onlineCpus());
    }

    /**
     * The same for an answer of MEMBARRIER_CMD_QUERY.
     *
     * @param commands the mask, or less than 0 where the call failed or does not exist.
     * @param online   list of CPUs as the kernel writes it, as in "0-3"; null if it cannot be read.
     */
    static Optional<String> refusal(long commands, String online) {
        if (commands < 0) {
            return Optional.of("membarrier(2) is not available here: it needs Linux, and a container may forbid it");
        }
        if ((commands & Membarrier.GLOBAL) == 0) {
            return Optional.of("this kernel offers no MEMBARRIER_CMD_GLOBAL, as with nohz_full");
        }
        if (online == null) {
            return Optional.of("how many CPUs are online cannot be read");
        }
        return ONE_CPU.matcher(online).matches()
            ? Optional.of("one CPU is online, where MEMBARRIER_CMD_GLOBAL waits for nothing") : Optional.empty();
    }

    private static String onlineCpus() {
        try {
            return Files.readString(ONLINE).strip();
        } catch (IOException e) {
            return null;
        }
    }

    /** Waits for one, milliseconds as a rule. */
    public static void await() {
        await(Membarrier::call);
    }

    static void await(Membarrier.Call call) {
        Membarrier.global(call);
    }
}
