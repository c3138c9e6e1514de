package dev.steward.machine;

import com.sun.jna.Function;
import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the kernel schedules a thread (sched(7)).
 *
 * <p>Threading: any; immutable.
 *
 * @param policy its class.
 * @param level  priority of a real-time class, 1 to 99, or nice value, -20 to 19.
 */
public record Scheduling(Policy policy, int level) {
    /** The class of a thread that asked for nothing. */
    public static final Scheduling ORDINARY = new Scheduling(Policy.OTHER, 0);

    /** RLIMIT_RTPRIO in /proc/self/limits. */
    private static final String REAL_TIME_LIMIT = "Max realtime priority";
    /** EPERM. */
    private static final int NOT_PERMITTED = 1;
    /** EACCES: setpriority(2) refuses with it. */
    private static final int NOT_ALLOWED = 13;
    /** ENOSYS. */
    private static final int NOT_THERE = 38;
    private static final int HIGHEST_PRIORITY = 99;
    private static final int LOWEST_NICE = -20;
    private static final int HIGHEST_NICE = 19;
    private static final Pattern WRITTEN = Pattern.compile("(fifo|rr|nice):(-?\\d{1,3})");

    /** The classes that a thread may ask for. */
    public enum Policy {
        /** SCHED_OTHER, by nice value. */
        OTHER("nice", 0),
        /** SCHED_FIFO. */
        FIFO("fifo", 1),
        /** SCHED_RR. */
        RR("rr", 2);

        private final String word;
        private final int number;

        Policy(String word, int number) {
            this.word = word;
            this.number = number;
        }
    }

    /** Asks the system for something: 0, or the error number. */
    @FunctionalInterface
    interface Call {
        int make(String function, Object... arguments);
    }

    /**
     * Reads one as {@link #toString()} writes it.
     *
     * @throws IllegalArgumentException with the end of a sentence that begins with the text.
     */
    public static Scheduling of(String text) {
        if (text.equals("other")) {
            return ORDINARY;
        }
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            throw new IllegalArgumentException("is not other, fifo:N, rr:N or nice:N");
        }
        int level = Integer.parseInt(written.group(2));
        Policy policy = switch (written.group(1)) {
            case "fifo" -> Policy.FIFO;
            case "rr" -> Policy.RR;
            default -> Policy.OTHER;
        };
        int lowest = policy == Policy.OTHER ? LOWEST_NICE : 1;
        int highest = policy == Policy.OTHER ? HIGHEST_NICE : HIGHEST_PRIORITY;
        if (level < lowest || level > highest) {
            throw new IllegalArgumentException("is not from " + policy.word + ":" + lowest + " to " + policy.word + ":"
                + highest);
        }
        return new Scheduling(policy, level);
    }

    /** As the kernel has them in the {@code stat} of a thread: fields 41, 40 and 19. */
    static Scheduling inForce(int policy, int priority, int nice) {
        return switch (policy) {
            case 1 -> new Scheduling(Policy.FIFO, priority);
            case 2 -> new Scheduling(Policy.RR, priority);
            default -> new Scheduling(Policy.OTHER, nice);
        };
    }

    @Override
    public String toString() {
        return equals(ORDINARY) ? "other" : policy.word + ":" + level;
    }

    /** Whether it keeps its CPU from all ordinary threads. */
    public boolean realTime() {
        return policy != Policy.OTHER;
    }

    /**
     * Takes it for the calling thread.
     *
     * @return 0, or the error number of the system; then the thread is as it was.
     */
    public int take() {
        return giveTo(0);
    }

    /**
     * Gives it to a thread of this process.
     *
     * @param thread its number, as in {@code /proc/self/task}; 0 for the calling one.
     * @return 0, or the error number of the system; then the thread is as it was.
     */
    public int giveTo(int thread) {
        return giveTo(thread, Scheduling::call);
    }

    int giveTo(int thread, Call call) {
        int error = call.make("sched_setscheduler", thread, policy.number, new int[] {realTime() ? level : 0});
        // PRIO_PROCESS; on Linux a process is a thread here.
        return error == 0 && !realTime() ? call.make("setpriority", 0, thread, level) : error;
    }

    /**
     * Tries it on a thread of its own.
     *
     * @return why it cannot be had, in a few words; empty if it can.
     */
    public Optional<String> refusal() {
        int[] error = new int[1];
        Thread thread = new Thread(() -> error[0] = take(), "scheduling");
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
        return refusal(error[0], Path.of("/"));
    }

    /** Why an error came, by the limits that the kernel tells. */
    Optional<String> refusal(int error, Path root) {
        if (error == 0) {
            return Optional.empty();
        }
        if (error == NOT_THERE) {
            return Optional.of("this system has no such call");
        }
        if (error != NOT_PERMITTED && error != NOT_ALLOWED) {
            return Optional.of("error " + error);
        }
        String limits = limit(root, realTime() ? REAL_TIME_LIMIT : "Max nice priority").orElse("unknown");
        String why = (realTime() ? "RLIMIT_RTPRIO is " : "RLIMIT_NICE is ") + limits + " and CAP_SYS_NICE is missing";
        if (realTime() && read(root.resolve("proc/sys/kernel/sched_rt_runtime_us")).trim().equals("0")) {
            why = "real-time threads get no time here (kernel.sched_rt_runtime_us is 0)";
        } else if (realTime() && (limits.equals("unlimited")
            || limits.matches("\\d+") && Long.parseLong(limits) >= level)) {
            why = "its control group has no real-time budget (cpu.rt_runtime_us)";
        }
        return Optional.of("error " + error + ": " + why);
    }

    /** {@return RLIMIT_RTPRIO of this process as the kernel writes it; empty if it does not tell} */
    public static Optional<String> realTimeLimit(Path root) {
        return limit(root, REAL_TIME_LIMIT);
    }

    private static Optional<String> limit(Path root, String name) {
        return read(root.resolve("proc/self/limits")).lines().filter(line -> line.startsWith(name))
            .map(line -> line.substring(name.length()).trim().split("\\s+")[0]).findFirst();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    private static int call(String function, Object... arguments) {
        try {
            NativeLibrary.getInstance("c").getFunction(function, Function.THROW_LAST_ERROR).invokeInt(arguments);
            return 0;
        } catch (LastErrorException e) {
            return e.getErrorCode();
        } catch (LinkageError | RuntimeException e) {
            return NOT_THERE;
        }
    }
}
