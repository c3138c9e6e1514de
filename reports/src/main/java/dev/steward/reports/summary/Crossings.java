package dev.steward.reports.summary;

import dev.steward.reports.statistics.MeanInterval;
import dev.steward.reports.statistics.Threshold;
import dev.steward.reports.verdict.TurnLoads;
import dev.steward.reports.verdict.TurnRounds;
import dev.steward.reports.verdict.TurnVerdicts;
import dev.steward.results.RunManifest;
import dev.steward.results.TurnFigure;
import dev.steward.results.TurnPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Where along a setting the order of two strategies changes, in one figure on one path. Turns alone tell. Immutable.
 *
 * @param crossings of the pairs whose order changes once, the simpler strategy's first
 * @param returning pairs whose order changes and changes back
 * @param kept      pairs that have one order at all points
 * @param open      pairs of which the points do not tell
 */
public record Crossings(
    SettingAxis axis, String path, TurnFigure figure, List<Crossing> crossings, int returning, int kept, int open) {
    private static final double ALPHA = 0.05;
    /** An order may change either way, and each way is a threshold of its own. */
    private static final int WAYS = 2;

    /** Copies the list. */
    public Crossings {
        crossings = List.copyOf(crossings);
    }

    /**
     * A pair whose order changes.
     *
     * @param below     faster up to {@code from}
     * @param beyond    faster from {@code to} on
     * @param from      of the axis, in its unit
     * @param to        above {@code from}
     * @param about     where the ratio is 1 by interpolation between two points; NaN if it is so in several places
     * @param atFirst   {@code beyond} by {@code below} at the smallest value of the axis, above 1
     * @param atLast    the same at the largest, below 1
     */
    public record Crossing(
        String below, String beyond, double from, double to, double about, double atFirst, double atLast) {
    }

    /** {@return one for each axis, path and figure with two ranked strategies or more} */
    public static List<Crossings> of(RunSet runs) {
        Map<String, List<Line>> byFigure = new LinkedHashMap<>();
        for (SettingAxis axis : SettingAxis.of(runs)) {
            List<Turned> points = axis.points().stream().map(point -> Turned.of(point.run().summary())).toList();
            for (Line line : Line.of(axis, points)) {
                byFigure.computeIfAbsent(TurnPlan.key(line.figure, line.path), any -> new ArrayList<>()).add(line);
            }
        }
        return byFigure.values().stream().flatMap(lines -> {
            int pairs = lines.stream().mapToInt(line -> line.names.size() * (line.names.size() - 1) / 2).sum();
            return lines.stream().map(line -> line.crossings(ALPHA / pairs / WAYS));
        }).toList();
    }

    /** Turns of a run under the load that was asked for, by path. */
    private record Turned(Summary summary, Map<String, TurnRounds> byPath) {
        static Turned of(Summary summary) {
            Map<String, TurnRounds> byPath = new LinkedHashMap<>();
            TurnPlan plan = summary.run().turns();
            if (plan != null) {
                var fit = TurnLoads.fit(summary.turns(), summary.run().scenario());
                summary.run().paths().forEach(path -> byPath.put(path, TurnRounds.of(fit, plan, path)));
            }
            return new Turned(summary, byPath);
        }

        TurnPlan plan() {
            return summary.run().turns();
        }

        /** Simplest first. */
        List<String> ranked() {
            return summary.run().strategies().stream().filter(RunManifest.StrategyInfo::ranked)
                .sorted(RunManifest.StrategyInfo.SIMPLEST_FIRST).map(RunManifest.StrategyInfo::name).toList();
        }

        /** How much slower the first is, in logarithms; null without a verdict. */
        MeanInterval slower(String path, TurnFigure figure, String first, String second) {
            double[] logs = byPath.get(path).paired(figure, second, first).logs();
            return plan().look() == 0 || logs.length < TurnPlan.FEWEST_GENERATIONS ? null : MeanInterval.trimmed(logs);
        }
    }

    /** One figure along an axis. */
    private record Line(SettingAxis axis, String path, TurnFigure figure, List<String> names, List<Turned> points) {
        static List<Line> of(SettingAxis axis, List<Turned> points) {
            List<Line> lines = new ArrayList<>();
            if (points.stream().anyMatch(point -> point.plan() == null)) {
                return lines;
            }
            List<String> names = points.get(0).ranked().stream()
                .filter(name -> points.stream().allMatch(point -> point.ranked().contains(name))).toList();
            for (String path : points.get(0).byPath.keySet()) {
                for (TurnFigure figure : TurnFigure.values()) {
                    String key = TurnPlan.key(figure, path);
                    if (names.size() > 1
                        && points.stream().allMatch(point -> point.plan().precision().containsKey(key))) {
                        lines.add(new Line(axis, path, figure, names, points));
                    }
                }
            }
            return lines;
        }

        Crossings crossings(double alpha) {
            double level = 1 - alpha * points.stream().mapToDouble(point -> TurnVerdicts.alphaSpent(point.plan()))
                .min().orElseThrow();
            List<Crossing> crossings = new ArrayList<>();
            int returning = 0;
            int kept = 0;
            int open = 0;
            for (int i = 0; i < names.size(); i++) {
                for (int j = i + 1; j < names.size(); j++) {
                    List<MeanInterval> slower = slower(names.get(i), names.get(j));
                    List<MeanInterval> faster = slower.stream().map(one -> one == null ? null : one.times(-1)).toList();
                    Threshold up = threshold(slower, level);
                    Threshold down = threshold(faster, level);
                    switch (up.kind()) {
                        case BETWEEN -> crossings.add(crossing(names.get(i), names.get(j), up, slower));
                        case EVERYWHERE, NOWHERE -> kept++;
                        case SEVERAL -> {
                            if (down.kind() == Threshold.Kind.BETWEEN) {
                                crossings.add(crossing(names.get(j), names.get(i), down, faster));
                            } else if (down.kind() == Threshold.Kind.SEVERAL) {
                                returning++;
                            } else {
                                open++;
                            }
                        }
                        default -> open++;
                    }
                }
            }
            return new Crossings(axis, path, figure, crossings, returning, kept, open);
        }

        private List<MeanInterval> slower(String first, String second) {
            List<MeanInterval> slower = new ArrayList<>();
            points.forEach(point -> slower.add(point.slower(path, figure, first, second)));
            return slower;
        }

        private Threshold threshold(List<MeanInterval> excess, double level) {
            return Threshold.of(IntStream.range(0, points.size())
                .mapToObj(i -> new Threshold.Point(at(i), excess.get(i))).toList(), level);
        }

        private double at(int point) {
            return axis.points().get(point).at().number().doubleValue();
        }

        private Crossing crossing(String below, String beyond, Threshold where, List<MeanInterval> slower) {
            return new Crossing(below, beyond, where.below(), where.beyond(), about(slower),
                Math.exp(-slower.get(0).mean()), Math.exp(-slower.get(slower.size() - 1).mean()));
        }

        /** The only place at which the means change their sign. */
        private double about(List<MeanInterval> slower) {
            List<Integer> known = IntStream.range(0, slower.size()).filter(i -> slower.get(i) != null).boxed().toList();
            double about = Double.NaN;
            int changes = 0;
            for (int i = 1; i < known.size(); i++) {
                double before = slower.get(known.get(i - 1)).mean();
                double after = slower.get(known.get(i)).mean();
                if (before > 0 != after > 0) {
                    changes++;
                    about = between(at(known.get(i - 1)), at(known.get(i)), before / (before - after));
                }
            }
            return changes == 1 ? about : Double.NaN;
        }

        /** Even steps of an axis are mostly factors. */
        private static double between(double low, double high, double share) {
            return low > 0 ? low * Math.pow(high / low, share) : low + share * (high - low);
        }
    }
}
