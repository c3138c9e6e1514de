package dev.steward.reports.verdict;

import dev.steward.reports.Turns;
import dev.steward.results.Median;
import dev.steward.results.TurnFigure;
import dev.steward.results.TurnRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Rounds of real runs, drawn with replacement as if the runs had been repeated: first generations, then the rounds of
 * each. Every contestant is moved to the same median, and each generation is mirrored at it by the toss of a coin, so
 * that nobody differs from anybody; that JVMs of one contestant scatter more than those of another is left as it was.
 */
final class RecordedTurns {
    private static final TurnFigure[] FIGURES = {TurnFigure.EVENT, TurnFigure.ATTACH, TurnFigure.COMMIT};

    /** Logarithms less the contestant's median: by generation, then round, path, contestant and figure. */
    private final List<List<Map<String, Map<String, double[]>>>> generations = new ArrayList<>();
    private final Set<String> contestants = new LinkedHashSet<>();

    /** Reads a resource: generation, round, path, strategy, then the medians of event, attach and commit in ns. */
    RecordedTurns(String resource) {
        Map<Integer, Map<Integer, Map<String, Map<String, double[]>>>> read = new TreeMap<>();
        Map<String, List<double[]>> all = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
            RecordedTurns.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
            lines.lines().skip(1).map(line -> line.split(",")).forEach(row -> {
                double[] logs = new double[FIGURES.length];
                for (int i = 0; i < logs.length; i++) {
                    logs[i] = Math.log(Double.parseDouble(row[4 + i]));
                }
                contestants.add(row[3]);
                all.computeIfAbsent(row[2] + row[3], any -> new ArrayList<>()).add(logs);
                read.computeIfAbsent(Integer.valueOf(row[0]), any -> new TreeMap<>())
                    .computeIfAbsent(Integer.valueOf(row[1]), any -> new LinkedHashMap<>())
                    .computeIfAbsent(row[2], any -> new LinkedHashMap<>()).put(row[3], logs);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        all.values().forEach(RecordedTurns::centre);
        read.values().forEach(rounds -> generations.add(List.copyOf(rounds.values())));
    }

    private static void centre(List<double[]> logs) {
        for (int figure = 0; figure < FIGURES.length; figure++) {
            int of = figure;
            double median = Median.of(logs.stream().mapToDouble(one -> one[of]).toArray());
            logs.forEach(one -> one[of] -= median);
        }
    }

    String[] contestants() {
        return contestants.toArray(String[]::new);
    }

    /** A run of so many generations, in which one contestant is slower by some factors. */
    List<TurnRecord> draw(int number, int rounds, String slow, Map<TurnFigure, Double> slower, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<TurnRecord> turns = new ArrayList<>();
        for (int generation = 1; generation <= number; generation++) {
            List<Map<String, Map<String, double[]>>> drawn = generations.get(random.nextInt(generations.size()));
            int sign = random.nextBoolean() ? 1 : -1;
            for (int round = 1; round <= rounds; round++) {
                int at = generation;
                int in = round;
                drawn.get(random.nextInt(drawn.size())).forEach((path, of) -> of.forEach((contestant, logs) ->
                    turns.add(Turns.turn(at, in, 1, contestant, path, true,
                        figures(logs, sign, contestant.equals(slow) ? slower : Map.of())))));
            }
        }
        return turns;
    }

    private static Map<String, TurnRecord.Figure> figures(double[] logs, int sign, Map<TurnFigure, Double> slower) {
        Map<String, TurnRecord.Figure> figures = new LinkedHashMap<>();
        for (int i = 0; i < FIGURES.length; i++) {
            figures.put(FIGURES[i].tag(), new TurnRecord.Figure(100, Turns.MEDIANS.get(FIGURES[i])
                * Math.exp(sign * logs[i]) * slower.getOrDefault(FIGURES[i], 1.0)));
        }
        return figures;
    }
}
