package dev.steward.machine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** CPUs as the kernel and its tools write them: {@code 0-3,8}. */
public final class CpuList {
    /** The kernel's own limit is 8192 (CONFIG_NR_CPUS of x86). */
    static final int MOST = 8_192;

    private static final Pattern RANGE = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");

    private CpuList() {
    }

    /**
     * Reads a list in the order in which it is written.
     *
     * @throws IllegalArgumentException with the end of a sentence that begins with the text: "is not a list of ...".
     */
    public static List<Integer> parse(String text) {
        List<Integer> cpus = new ArrayList<>();
        for (String part : text.trim().split(",", -1)) {
            Matcher range = RANGE.matcher(part.trim());
            if (!range.matches()) {
                throw refused();
            }
            int first = Integer.parseInt(range.group(1));
            int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
            if (last < first || last >= MOST) {
                throw refused();
            }
            for (int cpu = first; cpu <= last; cpu++) {
                if (!cpus.contains(cpu)) {
                    cpus.add(cpu);
                }
            }
        }
        return cpus;
    }

    private static IllegalArgumentException refused() {
        return new IllegalArgumentException("is not a list of CPUs, as in 0-3,8");
    }

    /** A set in the same words, ascending; empty for none. */
    public static String words(BitSet cpus) {
        List<String> ranges = new ArrayList<>();
        for (int first = cpus.nextSetBit(0); first >= 0;) {
            int end = cpus.nextClearBit(first);
            ranges.add(end - first == 1 ? Integer.toString(first) : first + "-" + (end - 1));
            first = cpus.nextSetBit(end);
        }
        return String.join(",", ranges);
    }

    /** The set of some CPUs. */
    public static BitSet set(Iterable<Integer> cpus) {
        BitSet set = new BitSet();
        cpus.forEach(set::set);
        return set;
    }
}
