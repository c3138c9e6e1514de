package dev.steward.results;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
     * there are two kinds, {@link CellRecord#MIXED} where one probe saw both, otherwise the octave that the round trips
     * lie in, as in {@code 64..128ns}. Probes of older files keep the class that they came with.
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
        Map<String, Double> boundaries = new HashMap<>();
        byPair.forEach((pair, probes) -> boundaries.put(pair, boundary(probes.stream().flatMapToDouble(
            probe -> DoubleStream.of(probe.lowNs(), probe.roundTripNs(), probe.highNs())).toArray())));
        return cells.stream().map(cell -> cell.stream()
            .map(probe -> probe.ranged() ? probe.in(classOf(probe, boundaries.get(probe.pair()))) : probe)
            .toList()).toList();
    }

    private static String classOf(CellRecord.Placement probe, double boundary) {
        if (Double.isNaN(boundary)) {
            long octave = Long.highestOneBit(Math.max(1, Math.round(probe.roundTripNs())));
            return octave + ".." + 2 * octave + "ns";
        }
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
