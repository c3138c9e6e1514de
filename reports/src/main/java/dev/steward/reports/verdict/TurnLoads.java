package dev.steward.reports.verdict;

import dev.steward.results.CellRecord;
import dev.steward.results.Reason;
import dev.steward.results.TurnRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether each contestant was under the load that was asked for, over all its turns that count: the rule of a cell,
 * since one turn holds too few arrivals for it. A contestant that was not is compared with nobody.
 */
public final class TurnLoads {
    private static final double MAX_RATE_ERROR = 0.01;
    private static final double MAX_LOSS = 0.01;

    private TurnLoads() {
    }

    /**
     * Contestants that are not to be compared on a path, by name, and why.
     *
     * @param scenario settings of the run, which may say that losses are what is studied
     */
    public static Map<String, List<String>> unfit(
        List<TurnRecord> turns, String path, Map<String, String> scenario) {
        boolean lossesExpected = "expected".equals(scenario.get("losses"));
        Map<String, List<TurnRecord>> byName = new TreeMap<>();
        turns.stream().filter(turn -> turn.round() > 0 && turn.path().equals(path)).forEach(turn ->
            byName.computeIfAbsent(turn.strategy(), none -> new ArrayList<>()).add(turn));
        Map<String, List<String>> unfit = new TreeMap<>();
        byName.forEach((name, taken) -> {
            List<String> reasons = reasons(taken, lossesExpected);
            if (!reasons.isEmpty()) {
                unfit.put(name, reasons);
            }
        });
        return unfit;
    }

    /** The turns of all others. */
    public static List<TurnRecord> fit(List<TurnRecord> turns, Map<String, String> scenario) {
        Map<String, Set<String>> unfit = turns.stream().map(TurnRecord::path).distinct()
            .collect(Collectors.toMap(path -> path, path -> unfit(turns, path, scenario).keySet()));
        return turns.stream().filter(turn -> !unfit.get(turn.path()).contains(turn.strategy())).toList();
    }

    private static List<String> reasons(List<TurnRecord> taken, boolean lossesExpected) {
        List<String> reasons = new ArrayList<>();
        Map<String, long[]> loads = new LinkedHashMap<>();
        long generated = 0;
        long lostAtRing = 0;
        long lostInVeventq = 0;
        long unbalanced = 0;
        for (TurnRecord turn : taken) {
            for (CellRecord.Rate rate : turn.rates()) {
                long[] sums = loads.computeIfAbsent(rate.load(), none -> new long[2]);
                sums[0] += rate.scheduled();
                sums[1] += rate.done();
            }
            generated += turn.ledger().generated();
            lostAtRing += turn.ledger().lostAtRing();
            lostInVeventq += turn.ledger().lostInVeventq();
            unbalanced += Math.abs(turn.ledger().balance());
        }
        loads.forEach((load, sums) -> {
            if (Math.abs(sums[1] - sums[0]) > MAX_RATE_ERROR * sums[0]) {
                reasons.add(Reason.schedule(load, sums[1], sums[0], MAX_RATE_ERROR).sentence());
            }
        });
        if (!lossesExpected) {
            loss(reasons, "event queue", lostAtRing, generated);
            loss(reasons, "vEVENTQs", lostInVeventq, generated);
        }
        if (unbalanced > 0) {
            reasons.add("conservation: " + unbalanced + " of " + generated + " events are not accounted for");
        }
        return reasons;
    }

    private static void loss(List<String> reasons, String where, long lost, long generated) {
        if (lost > MAX_LOSS * generated) {
            reasons.add(Reason.loss(where, lost, generated, MAX_LOSS).sentence());
        }
    }
}
