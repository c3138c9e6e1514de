package dev.steward.reports.verdict;

import dev.steward.results.Median;
import dev.steward.results.TurnFigure;
import dev.steward.results.TurnPlan;
import dev.steward.results.TurnRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The turns of one path that count, by round: not of the run-in, and not left out by a rule that was fixed beforehand.
 * A turn that is left out takes no other with it: the rest of its round are neighbours still.
 */
public final class TurnRounds {
    /** A median polish has settled after two or three. */
    private static final int SWEEPS = 4;

    /** By generation, then what each contestant did in a round. */
    private final Map<Integer, List<Map<String, TurnRecord>>> generations;
    private final Map<TurnFigure, String> tags = new EnumMap<>(TurnFigure.class);
    private final double fewest;

    private TurnRounds(Map<Integer, List<Map<String, TurnRecord>>> generations, double fewest) {
        this.generations = generations;
        this.fewest = fewest;
        List<TurnRecord> turns = turns().toList();
        for (TurnFigure figure : TurnFigure.values()) {
            tags.put(figure, figure.tagIn(turns));
        }
    }

    private Stream<TurnRecord> turns() {
        return generations.values().stream().flatMap(List::stream).flatMap(round -> round.values().stream());
    }

    /** Sorts out the turns of a run. */
    public static TurnRounds of(List<TurnRecord> turns, TurnPlan plan, String path) {
        // A JVM differs from the next by more than a median over few rounds does from one over many: half is enough.
        return new TurnRounds(byGeneration(turns, path), plan.rounds() / 2.0);
    }

    private static Map<Integer, List<Map<String, TurnRecord>>> byGeneration(List<TurnRecord> turns, String path) {
        Map<List<Integer>, Map<String, TurnRecord>> rounds = new LinkedHashMap<>();
        for (TurnRecord turn : turns) {
            if (turn.path().equals(path) && turn.round() > 0 && turn.kept()) {
                rounds.computeIfAbsent(List.of(turn.generation(), turn.round()), any -> new HashMap<>())
                    .put(turn.strategy(), turn);
            }
        }
        Map<Integer, List<Map<String, TurnRecord>>> generations = new TreeMap<>();
        rounds.forEach((round, contestants) ->
            generations.computeIfAbsent(round.get(0), any -> new ArrayList<>()).add(contestants));
        return generations;
    }

    /** {@return histogram that a figure is taken from here} */
    public String tag(TurnFigure figure) {
        return tags.get(figure);
    }

    /** {@return median of what all turns have of a histogram, in nanoseconds; NaN without any} */
    public double medianNs(String tag) {
        return Median.of(turns().mapToDouble(turn -> turn.medianNs(tag)).filter(ns -> ns > 0).toArray());
    }

    /**
     * Two contestants: a value for each generation, the median over its rounds.
     *
     * @param logs   of second by first
     * @param rounds over all generations
     */
    public record Paired(double[] logs, int rounds) {
    }

    /** Pairs the turns of two contestants. */
    public Paired paired(TurnFigure figure, String first, String second) {
        String tag = tag(figure);
        List<Double> logs = new ArrayList<>();
        int rounds = 0;
        for (List<Map<String, TurnRecord>> generation : generations.values()) {
            double[] both = generation.stream()
                .mapToDouble(round -> median(round, tag, second) / median(round, tag, first))
                .filter(ratio -> ratio > 0 && Double.isFinite(ratio)).map(Math::log).toArray();
            if (counts(both)) {
                rounds += both.length;
                logs.add(Median.of(both));
            }
        }
        return new Paired(logs.stream().mapToDouble(Double::doubleValue).toArray(), rounds);
    }

    private boolean counts(double[] rounds) {
        return rounds.length > 0 && rounds.length >= fewest;
    }

    /**
     * By contestant and generation, the logarithm of its median. The machine moves from round to round and takes all
     * contestants along, so a round has a level and a contestant a distance from it, and a turn that is missing moves
     * neither: the median polish (J. Tukey, Exploratory Data Analysis, 1977, chapter 11). The distance is on top of the
     * middle round; two contestants differ as neighbours do.
     */
    public Map<String, Map<Integer, Double>> logs(TurnFigure figure) {
        return logs(tag(figure));
    }

    /** The same of any histogram whose medians turns have. */
    public Map<String, Map<Integer, Double>> logs(String tag) {
        Map<String, Map<Integer, Double>> all = new TreeMap<>();
        generations.forEach((number, rounds) -> polished(rounds, tag).forEach((contestant, log) ->
            all.computeIfAbsent(contestant, any -> new TreeMap<>()).put(number, log)));
        return all;
    }

    /** Those of one contestant, empty if it has none. */
    public double[] logs(TurnFigure figure, String contestant) {
        return logs(figure).getOrDefault(contestant, Map.of()).values().stream().mapToDouble(Double::doubleValue)
            .toArray();
    }

    private Map<String, Double> polished(List<Map<String, TurnRecord>> rounds, String tag) {
        List<Map<String, Double>> logs = new ArrayList<>();
        for (Map<String, TurnRecord> round : rounds) {
            Map<String, Double> known = new HashMap<>();
            round.keySet().stream().filter(contestant -> median(round, tag, contestant) > 0)
                .forEach(contestant -> known.put(contestant, Math.log(median(round, tag, contestant))));
            if (!known.isEmpty()) {
                logs.add(known);
            }
        }
        Map<String, Double> distances = new HashMap<>();
        List<Double> levels = List.of();
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            levels = logs.stream().map(round -> level(round, distances)).toList();
            distances.putAll(distances(logs, levels));
        }
        double middle = levels.isEmpty() ? 0 : median(levels);
        Map<String, Double> medians = new HashMap<>();
        distances.forEach((contestant, distance) -> {
            if (logs.stream().filter(round -> round.containsKey(contestant)).count() >= fewest) {
                medians.put(contestant, middle + distance);
            }
        });
        return medians;
    }

    private static double level(Map<String, Double> round, Map<String, Double> distances) {
        return median(round.entrySet().stream().map(one -> one.getValue() - distances.getOrDefault(one.getKey(), 0.0))
            .toList());
    }

    private static Map<String, Double> distances(List<Map<String, Double>> logs, List<Double> levels) {
        Map<String, List<Double>> apart = new HashMap<>();
        for (int round = 0; round < logs.size(); round++) {
            double level = levels.get(round);
            logs.get(round).forEach((contestant, log) ->
                apart.computeIfAbsent(contestant, any -> new ArrayList<>()).add(log - level));
        }
        Map<String, Double> medians = new HashMap<>();
        apart.forEach((contestant, of) -> medians.put(contestant, median(of)));
        return medians;
    }

    private static double median(Collection<Double> values) {
        return Median.of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static double median(Map<String, TurnRecord> round, String tag, String strategy) {
        TurnRecord turn = round.get(strategy);
        return turn == null ? Double.NaN : turn.medianNs(tag);
    }
}
