package dev.steward.reports.summary;

import dev.steward.reports.statistics.Interval;
import dev.steward.reports.verdict.Comparison;
import dev.steward.reports.verdict.Figure;
import dev.steward.results.CellRecord;
import dev.steward.results.TurnFigure;
import dev.steward.results.Verdicts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The medians of a run without turns in the form of those with turns, so that reports have one way to show both. A
 * repeat stands for a generation; times are from the intended start.
 */
final class CellVerdicts {
    private static final Map<TurnFigure, Figure> FIGURES = Map.of(TurnFigure.EVENT, Figure.EVENT_P50,
        TurnFigure.ATTACH, Figure.ATTACH_P50, TurnFigure.COMMIT, Figure.COMMIT_P50);
    private static final double MS_OF_A_MINUTE = 60_000;

    private final Summary summary;
    private final List<Verdicts.Standing> standings = new ArrayList<>();
    private final List<Verdicts.Pair> pairs = new ArrayList<>();

    private CellVerdicts(Summary summary) {
        this.summary = summary;
    }

    static Verdicts of(Summary summary) {
        CellVerdicts all = new CellVerdicts(summary);
        for (PathSummary path : summary.paths()) {
            for (TurnFigure figure : TurnFigure.values()) {
                path.all().forEach(one -> all.standing(one, figure));
                all.pairs(path.path(), figure);
            }
        }
        return new Verdicts(Verdicts.FORMAT, Verdicts.VERSION, summary.run().name(),
            1 - summary.verdicts().rules().significance(), all.standings, all.pairs);
    }

    /** What a median is recorded under. */
    static String tag(TurnFigure figure) {
        return FIGURES.get(figure).tag();
    }

    private void standing(StrategySummary one, TurnFigure figure) {
        String tag = tag(figure);
        Quantile median = one.latency(tag).p50();
        if (median.support() != Quantile.Support.NONE) {
            Interval interval = one.intervals(tag).p50();
            standings.add(new Verdicts.Standing(one.path(), figure.label(), one.info().name(),
                interval == null ? median.valueNs() : one.intervals(tag).medianNs(),
                interval == null ? null : interval.low(), interval == null ? null : interval.high(), one.counted()));
        }
    }

    private void pairs(String path, TurnFigure figure) {
        for (Comparison one : summary.verdicts().comparisons()) {
            Optional<Verdicts.Standing> first = standings.stream().filter(standing -> standing.path().equals(path)
                && standing.figure().equals(figure.label()) && standing.strategy().equals(one.first())).findFirst();
            if (one.group().equals(path) && one.figure().equals(FIGURES.get(figure).label())
                && !Double.isNaN(one.ratio()) && first.isPresent()) {
                pairs.add(pair(path, figure, one, first.get().medianNs()));
            }
        }
    }

    private Verdicts.Pair pair(String path, TurnFigure figure, Comparison one, double firstNs) {
        Double low = one.interval() == null ? null : one.interval().low();
        Double high = one.interval() == null ? null : one.interval().high();
        int repeats = Math.min(one.firstCount(), one.secondCount());
        return new Verdicts.Pair(path, figure.label(), one.first(), one.second(), one.verdict(), one.ratio(), low, high,
            firstNs * (one.ratio() - 1), low == null ? null : firstNs * (low - 1),
            high == null ? null : firstNs * (high - 1), summary.verdicts().rules().minEffect(), repeats, repeats,
            one.reason().repeats() <= repeats ? null : (one.reason().repeats() - repeats) * minutesOfARepeat());
    }

    private double minutesOfARepeat() {
        return summary.finished().stream()
            .mapToLong(cell -> cell.startupMs() + cell.warmupMs() + cell.measuredMs()).sum() / MS_OF_A_MINUTE
            / Math.max(1, summary.finished().stream().mapToInt(CellRecord::repeat).distinct().count());
    }
}
