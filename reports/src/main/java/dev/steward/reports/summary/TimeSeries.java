package dev.steward.reports.summary;

import dev.steward.results.CellHistograms;
import dev.steward.results.Distribution;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongBinaryOperator;
import java.util.function.ToLongFunction;

/** The p99 of each slice of the measured window, slices of all repeats at the same place in the window merged. */
public record TimeSeries(List<Point> points) {
    /** More points than that say nothing more on a page; neighbours are then added up. */
    private static final int MOST_POINTS = 120;

    /**
     * Draws the series.
     *
     * @return the series, at most about {@value #MOST_POINTS} points; slices without a p99 (fewer than 100 values) are
     *         skipped
     */
    public static TimeSeries of(Collection<List<CellHistograms.Slice>> repeats) {
        long widthMs = widthMs(repeats);
        Map<Long, List<CellHistograms.Slice>> byPlace = new TreeMap<>();
        for (List<CellHistograms.Slice> repeat : repeats) {
            for (CellHistograms.Slice slice : repeat) {
                byPlace.computeIfAbsent(Math.round((double) slice.startMs() / widthMs), key -> new ArrayList<>())
                    .add(slice);
            }
        }
        List<Point> points = new ArrayList<>();
        byPlace.forEach((place, slices) -> {
            Quantile p99 = Quantile.of(
                Distribution.merge(slices.stream().map(CellHistograms.Slice::values).toList()), 0.99);
            if (p99.support() != Quantile.Support.NONE) {
                points.add(new Point(place * widthMs, p99));
            }
        });
        return new TimeSeries(points);
    }

    /**
     * One figure of each slice, those at the same place in the window put together.
     *
     * @return figures by the start of their place in milliseconds, ascending
     */
    public static Map<Long, Long> figures(
        Collection<List<CellHistograms.Slice>> repeats, ToLongFunction<CellHistograms.Slice> figure,
        LongBinaryOperator together) {
        long widthMs = widthMs(repeats);
        Map<Long, Long> figures = new TreeMap<>();
        for (List<CellHistograms.Slice> repeat : repeats) {
            for (CellHistograms.Slice slice : repeat) {
                figures.merge(Math.round((double) slice.startMs() / widthMs) * widthMs,
                    figure.applyAsLong(slice), together::applyAsLong);
            }
        }
        return figures;
    }

    private static long widthMs(Collection<List<CellHistograms.Slice>> repeats) {
        long usualMs = usualLengthMs(repeats);
        long lastMs = repeats.stream().flatMap(List::stream).mapToLong(CellHistograms.Slice::startMs).max().orElse(0);
        long together = (lastMs / usualMs) / MOST_POINTS + 1;
        return usualMs * together;
    }

    /** The median length: the last slice of a window is often cut short. */
    private static long usualLengthMs(Collection<List<CellHistograms.Slice>> repeats) {
        List<Long> lengths = repeats.stream().flatMap(List::stream).map(CellHistograms.Slice::lengthMs)
            .sorted().toList();
        return lengths.isEmpty() ? 1 : Math.max(1, lengths.get(lengths.size() / 2));
    }

    /** One slice. */
    public record Point(long startMs, Quantile p99) {
    }
}
