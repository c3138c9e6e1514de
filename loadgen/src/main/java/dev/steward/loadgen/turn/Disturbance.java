package dev.steward.loadgen.turn;

import dev.steward.loadgen.cell.LiveAnswer;
import dev.steward.loadgen.cell.ProcessorTimes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What disturbed a turn, by a rule that was fixed beforehand and looks at no latency: it is left out if the host took
 * processor time, if a parked JVM used some, or if the heap was collected under the load. Hiccups are marked only: what
 * a strategy does can bring them about.
 */
final class Disturbance {
    private static final double STEAL_SHARE = 0.05;
    /** Of the kernel's clock, mostly 10 ms each: one can be a matter of rounding. */
    private static final long PARKED_TICKS = 2;
    private static final long HICCUP_NS = 10_000_000;

    private final Map<LiveJvm, Long> parked = new HashMap<>();
    private final ProcessorTimes before = ProcessorTimes.now();

    /** Starts to watch all JVMs but the one whose turn it is. */
    Disturbance(List<LiveJvm> live, LiveJvm taking) {
        for (LiveJvm jvm : live) {
            if (jvm != taking) {
                parked.put(jvm, jvm.ticks());
            }
        }
    }

    /** What was seen since; {@code keep} is false if the turn is to be left out. */
    record Seen(boolean keep, List<String> marks) {
    }

    Seen seen(LiveAnswer answer) {
        boolean stolen = ProcessorTimes.now().stealShareSince(before).orElse(0) >= STEAL_SHARE;
        boolean woke = parked.entrySet().stream()
            .anyMatch(one -> one.getKey().ticks() - one.getValue() >= PARKED_TICKS);
        return of(stolen, woke, answer.collections(), answer.longestHiccupNs());
    }

    static Seen of(boolean stolen, boolean parkedWoke, long collections, long longestHiccupNs) {
        List<String> marks = new ArrayList<>();
        if (stolen) {
            marks.add("steal");
        }
        if (parkedWoke) {
            marks.add("parked");
        }
        if (collections > 0) {
            marks.add("collection");
        }
        boolean keep = marks.isEmpty();
        if (longestHiccupNs >= HICCUP_NS) {
            marks.add("hiccup");
        }
        return new Seen(keep, marks);
    }
}
