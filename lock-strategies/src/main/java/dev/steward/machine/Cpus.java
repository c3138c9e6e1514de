package dev.steward.machine;

import com.sun.jna.Function;
import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLibrary;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * The CPUs that this process may use, and binding threads to some of them: sched_getaffinity(2) and
 * sched_setaffinity(2).
 *
 * <p>Threading: any.
 */
public final class Cpus {
    private static final int MASK_BYTES = 1024;
    /** ENOSYS. */
    private static final int NOT_THERE = 38;

    private Cpus() {
    }

    /**
     * The CPUs that this process may use: the last CPU first, as the first one gets the most interrupts; second threads
     * of a core after all first ones.
     *
     * @return their numbers; empty if they are not known here.
     */
    public static List<Integer> allowed() {
        return bestFirst(allowedSet(), CpuTopology.here());
    }

    /** The same in no order. */
    public static BitSet allowedSet() {
        byte[] mask = new byte[MASK_BYTES];
        return call("sched_getaffinity", 0, mask) == 0 ? BitSet.valueOf(mask) : new BitSet();
    }

    /** Brings CPUs into the order of {@link #allowed()}. */
    public static List<Integer> bestFirst(BitSet cpus, CpuTopology topology) {
        return cpus.stream().boxed().sorted(
            Comparator.<Integer>comparingLong(cpu -> placeInCore(cpu, cpus, topology))
                .thenComparing(Comparator.reverseOrder()))
            .toList();
    }

    private static long placeInCore(int cpu, BitSet cpus, CpuTopology topology) {
        int core = topology.cpu(cpu).core();
        return cpus.stream().filter(other -> other < cpu && topology.cpu(other).core() == core).count();
    }

    /**
     * Binds the calling thread.
     *
     * @param cpus their numbers, one or more.
     * @return 0, or the error number of the system.
     */
    public static int bind(BitSet cpus) {
        return bind(0, cpus);
    }

    /**
     * Binds a thread of this process.
     *
     * @param thread its number, as in {@code /proc/self/task}; 0 for the calling one.
     * @param cpus   their numbers, one or more.
     * @return 0, or the error number of the system.
     */
    public static int bind(int thread, BitSet cpus) {
        byte[] mask = new byte[MASK_BYTES];
        byte[] used = cpus.toByteArray();
        System.arraycopy(used, 0, mask, 0, used.length);
        return call("sched_setaffinity", thread, mask);
    }

    /** By the C library. 0, or the error number. */
    private static int call(String function, int thread, byte[] mask) {
        try {
            NativeLibrary.getInstance("c").getFunction(function, Function.THROW_LAST_ERROR)
                .invokeInt(new Object[] {thread, (long) mask.length, mask});
            return 0;
        } catch (LastErrorException e) {
            return e.getErrorCode();
        } catch (LinkageError | RuntimeException e) {
            return NOT_THERE;
        }
    }
}
