package dev.steward.reports.summary;

import dev.steward.reports.folder.CellHistograms;
import dev.steward.reports.folder.Distribution;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The p99 of each slice of the measured window, slices of all repeats at the same place in the window merged.
 *
 * @param points in order of time
 */
public record TimeSeries(List<Point> points) {
    /** Copies the list. */
    public TimeSeries {
        points = List.copyOf(points);
    }

    /** More points than that say nothing more on a page; neighbours are then added up. */
    private static final int MOST_POINTS = 120;

    /**
     * Draws the series.
     *
     * @param repeats slices of each repeat
     * @return the series, at most about {@value #MOST_POINTS} points; slices without a p99 (fewer than 100 values) are
     *         left out
     */
    public static TimeSeries of(final Collection<List<CellHistograms.Slice>> repeats) {
        final long widthMs = widthMs(repeats);
        final Map<Long, List<Distribution>> byPlace = byPlace(repeats, widthMs);
        final List<Point> points = new ArrayList<>();
        byPlace.forEach((place, parts) -> {
            final Quantile p99 = Quantile.of(Distribution.merge(parts), 0.99);
            if (p99.support() != Quantile.Support.NONE) {
                points.add(new Point(place * widthMs, p99));
            }
        });
        return new TimeSeries(points);
    }

    /**
     * Slices of all repeats by their place in the window.
     *
     * @param repeats slices of each repeat
     * @return all that falls into each place, added up, by its start in milliseconds
     */
    public static Map<Long, Distribution> merged(final Collection<List<CellHistograms.Slice>> repeats) {
        final long widthMs = widthMs(repeats);
        final Map<Long, Distribution> merged = new TreeMap<>();
        byPlace(repeats, widthMs).forEach((place, parts) -> merged.put(place * widthMs, Distribution.merge(parts)));
        return merged;
    }

    private static Map<Long, List<Distribution>> byPlace(
        final Collection<List<CellHistograms.Slice>> repeats, final long widthMs) {
        final Map<Long, List<Distribution>> byPlace = new TreeMap<>();
        for (final List<CellHistograms.Slice> repeat : repeats) {
            for (final CellHistograms.Slice slice : repeat) {
                byPlace.computeIfAbsent(Math.round((double) slice.startMs() / widthMs), key -> new ArrayList<>())
                    .add(slice.values());
            }
        }
        return byPlace;
    }

    private static long widthMs(final Collection<List<CellHistograms.Slice>> repeats) {
        final long usualMs = usualLengthMs(repeats);
        final long lastMs = repeats.stream().flatMap(List::stream).mapToLong(CellHistograms.Slice::startMs).max()
            .orElse(0);
        final long together = (lastMs / usualMs) / MOST_POINTS + 1;
        return usualMs * together;
    }

    /** The median length: the last slice of a window is often cut short. */
    private static long usualLengthMs(final Collection<List<CellHistograms.Slice>> repeats) {
        final List<Long> lengths = repeats.stream().flatMap(List::stream).map(CellHistograms.Slice::lengthMs)
            .sorted().toList();
        return lengths.isEmpty() ? 1 : Math.max(1, lengths.get(lengths.size() / 2));
    }

    /**
     * One slice.
     *
     * @param startMs since the start of the window
     * @param p99     of the slice
     */
    public record Point(long startMs, Quantile p99) {
    }
}
