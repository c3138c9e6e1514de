package dev.steward.machine;

import com.sun.jna.Function;
import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The CPUs that this process may use, and binding a thread to some of them: sched_getaffinity(2) and
 * sched_setaffinity(2).
 *
 * <p>Threading: any; a thread binds itself.
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
        byte[] mask = new byte[MASK_BYTES];
        if (call("sched_getaffinity", mask) != 0) {
            return List.of();
        }
        BitSet set = BitSet.valueOf(mask);
        return set.stream().boxed().sorted(
            Comparator.<Integer>comparingInt(cpu -> placeInCore(cpu, set)).thenComparing(Comparator.reverseOrder()))
            .toList();
    }

    private static int placeInCore(int cpu, BitSet allowed) {
        try {
            String siblings = Files.readString(
                Path.of("/sys/devices/system/cpu/cpu" + cpu + "/topology/thread_siblings_list")).trim();
            List<Integer> threads = new ArrayList<>();
            for (String range : siblings.split(",")) {
                String[] ends = range.split("-");
                IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
                    .filter(allowed::get).forEach(threads::add);
            }
            return Math.max(0, threads.indexOf(cpu));
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }

    /**
     * Binds the calling thread.
     *
     * @param cpus their numbers, one or more.
     * @return 0, or the error number of the system.
     */
    public static int bind(BitSet cpus) {
        byte[] mask = new byte[MASK_BYTES];
        byte[] used = cpus.toByteArray();
        System.arraycopy(used, 0, mask, 0, used.length);
        return call("sched_setaffinity", mask);
    }

    /** By the C library: process 0 is the calling thread. 0, or the error number. */
    private static int call(String function, byte[] mask) {
        try {
            NativeLibrary.getInstance("c").getFunction(function, Function.THROW_LAST_ERROR)
                .invokeInt(new Object[] {0, (long) mask.length, mask});
            return 0;
        } catch (LastErrorException e) {
            return e.getErrorCode();
        } catch (LinkageError | RuntimeException e) {
            return NOT_THERE;
        }
    }
}
