package dev.steward.jmh;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One load for one while, in the words of the twin in C ({@code native/src/harness.c}): a line of {@code key=value}.
 *
 * @param rate commits per second, a number or "unlimited".
 * @param cpus for threads in turn, readers first; empty for any.
 */
record LaneOrder(
    boolean report, int readers, int writers, String rate, int entries, int tokens, long warmUpMs, long ms,
    List<Integer> cpus) {
    static LaneOrder parse(String line) {
        Map<String, String> values = Arrays.stream(line.trim().split(" "))
            .map(word -> word.split("=", 2)).collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        Function<String, String> of = key -> {
            String value = values.get(key);
            if (value == null) {
                throw new IllegalArgumentException("'" + line + "': there is no " + key);
            }
            return value;
        };
        return new LaneOrder(of.apply("workload").equals("report"), Integer.parseInt(of.apply("readers")),
            Integer.parseInt(of.apply("writers")), of.apply("rate"), Integer.parseInt(of.apply("entries")),
            Integer.parseInt(of.apply("tokens")), Long.parseLong(of.apply("warmup_ms")),
            Long.parseLong(of.apply("ms")),
            Arrays.stream(values.getOrDefault("cpus", "").split(",")).filter(cpu -> !cpu.isEmpty())
                .map(Integer::valueOf).toList());
    }

    /** The CPUs of a thread; empty for any. */
    BitSet cpusOf(int thread) {
        BitSet set = new BitSet();
        if (!cpus.isEmpty()) {
            set.set(cpus.get(thread % cpus.size()));
        }
        return set;
    }
}
