package dev.steward.results;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Tells near CPUs from far ones by what was seen between the same two on the same machine: where nothing lies between
 * two round trips of which one takes {@value #GAP} times the other, they are of two kinds. No bound in nanoseconds
 * holds on the next machine.
 */
public final class PlacementClasses {
    /** Round trips of one kind scatter by less: by 10 to 20 % on a quiet machine. */
    static final double GAP = 1.5;

    private PlacementClasses() {
    }

    /**
     * Puts the probes of cells into classes, those of one pair of CPUs together: {@code near} and {@code far} where
     * there are two kinds, {@link CellRecord#MIXED} where one probe saw both, otherwise the octave of the median round
     * trip, as in {@code 64..128ns}. Probes of older files keep the class that they came with.
     *
     * @param cells of one machine
     * @return the same cells in the same order
     */
    public static List<CellResult> of(List<CellResult> cells) {
        List<List<CellRecord.Placement>> classified = classified(
            cells.stream().map(cell -> cell.json().placement()).toList());
        return IntStream.range(0, cells.size()).mapToObj(i -> cells.get(i).placed(classified.get(i))).toList();
    }

    /** The probes of each cell. */
    static List<List<CellRecord.Placement>> classified(List<List<CellRecord.Placement>> cells) {
        Map<String, List<CellRecord.Placement>> byPair = cells.stream().flatMap(List::stream)
            .filter(CellRecord.Placement::ranged).collect(Collectors.groupingBy(CellRecord.Placement::pair));
        Map<String, Function<CellRecord.Placement, String>> classes = new HashMap<>();
        byPair.forEach((pair, probes) -> classes.put(pair, classes(probes)));
        return cells.stream().map(cell -> cell.stream()
            .map(probe -> probe.ranged() ? probe.in(classes.get(probe.pair()).apply(probe)) : probe)
            .toList()).toList();
    }

    /** All of one kind have one octave, that of their median: each its own would part neighbours at a power of two. */
    private static Function<CellRecord.Placement, String> classes(List<CellRecord.Placement> probes) {
        double boundary = boundary(probes.stream().flatMapToDouble(
            probe -> DoubleStream.of(probe.lowNs(), probe.roundTripNs(), probe.highNs())).toArray());
        // A gap within single probes only is a disturbance.
        if (probes.stream().noneMatch(probe -> probe.highNs() < boundary)
            || probes.stream().noneMatch(probe -> probe.lowNs() > boundary)) {
            double median = Median.of(probes.stream().mapToDouble(CellRecord.Placement::roundTripNs).toArray());
            long octave = Long.highestOneBit(Math.max(1, Math.round(median)));
            return probe -> octave + ".." + 2 * octave + "ns";
        }
        return probe -> classOf(probe, boundary);
    }

    private static String classOf(CellRecord.Placement probe, double boundary) {
        return probe.highNs() < boundary ? "near" : probe.lowNs() > boundary ? "far" : CellRecord.MIXED;
    }

    /** In the middle of the widest gap, by ratio; NaN if none is wide enough. */
    static double boundary(double[] roundTripsNs) {
        double[] sorted = roundTripsNs.clone();
        Arrays.sort(sorted);
        double widest = GAP;
        double boundary = Double.NaN;
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] / sorted[i - 1] >= widest) {
                widest = sorted[i] / sorted[i - 1];
                boundary = Math.sqrt(sorted[i] * sorted[i - 1]);
            }
        }
        return boundary;
    }
}
