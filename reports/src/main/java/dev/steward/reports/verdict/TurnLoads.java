package dev.steward.reports.verdict;

import dev.steward.results.Median;
import dev.steward.results.Reason;
import dev.steward.results.TurnRecord;
import dev.steward.results.Wording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether each contestant was under the load that was asked for, over all its turns that count. A stall of the machine
 * moves starts out of one turn, too much load out of each of them: so the median turn decides. Losses are added up, as
 * in a cell. A contestant that was not under the load is compared with nobody.
 */
public final class TurnLoads {
    /** Share of the arrivals that were due; with less the load is another one. */
    public static final double LEAST_STARTED = 0.95;
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

    /** {@return by load, the share of the arrivals due in it that the median turn of one contestant started} */
    public static Map<String, Double> started(List<TurnRecord> taken) {
        Map<String, List<Double>> shares = new LinkedHashMap<>();
        taken.forEach(turn -> turn.rates().stream().filter(rate -> rate.scheduled() > 0).forEach(rate ->
            shares.computeIfAbsent(rate.load(), none -> new ArrayList<>())
                .add((double) rate.done() / rate.scheduled())));
        Map<String, Double> medians = new LinkedHashMap<>();
        shares.forEach((load, all) ->
            medians.put(load, Median.of(all.stream().mapToDouble(Double::doubleValue).toArray())));
        return medians;
    }

    private static List<String> reasons(List<TurnRecord> taken, boolean lossesExpected) {
        List<String> reasons = new ArrayList<>();
        long generated = 0;
        long lostAtRing = 0;
        long lostInVeventq = 0;
        long unbalanced = 0;
        for (TurnRecord turn : taken) {
            generated += turn.ledger().generated();
            lostAtRing += turn.ledger().lostAtRing();
            lostInVeventq += turn.ledger().lostInVeventq();
            unbalanced += Math.abs(turn.ledger().balance());
        }
        started(taken).forEach((load, share) -> {
            if (share < LEAST_STARTED) {
                reasons.add(Wording.format(
                    "%s: half of the turns started under %.0f %% of the arrivals that were due in them", load,
                    100 * LEAST_STARTED));
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
