package dev.steward.loadgen.fleet;

import dev.steward.machine.CpuList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Numbers of tasks as schedulers write them, and arrays that are no larger than a scheduler takes. Pure functions. */
final class Indexes {
    private Indexes() {
    }

    /** As in {@code 3,7,12-20}: schedulers write tasks as the kernel writes CPUs. */
    static String text(Collection<Integer> numbers) {
        return CpuList.words(CpuList.set(numbers));
    }

    /**
     * Which of the numbers go into which array.
     *
     * @param most tasks that an array has room for.
     * @return by number of the array, from 0, the indexes in it: from 1 to {@code most}.
     */
    static Map<Integer, List<Integer>> arrays(Collection<Integer> numbers, int most) {
        Map<Integer, List<Integer>> arrays = new TreeMap<>();
        for (int number : new TreeSet<>(numbers)) {
            arrays.computeIfAbsent((number - 1) / most, any -> new ArrayList<>()).add((number - 1) % most + 1);
        }
        return arrays;
    }
}
