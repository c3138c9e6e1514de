package dev.steward.reports.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Finds where the level or the scatter of a series changed for good: E-divisive, which splits a series where the energy
 * distance between its two sides is largest, asks a permutation test whether chance could have done as much, and goes
 * on within the parts. Makes no assumption on the distribution. No library that is in use here has it. Source: D.
 * Matteson, N. James, A nonparametric approach for multiple change point analysis of multivariate data, J. Am.
 * Statist. Assoc. 109 (2014), with distances to the power of 1 and the right side always reaching to the end of its
 * part.
 */
public final class ChangePoints {
    /** Fewest values on either side of a change. */
    public static final int SHORTEST_PART = 3;
    /** Fewest values in which a change can be found at all: below it chance alone could order them so. */
    public static final int FEWEST = 10;
    /** Chance at which a split is taken for one that was not there. */
    public static final double SIGNIFICANCE = 0.01;

    private static final int PERMUTATIONS = 999;

    private ChangePoints() {
    }

    /** {@return changes in order of time; empty below {@link #FEWEST} values} */
    public static List<Change> of(double[] series, long seed) {
        List<Change> found = new ArrayList<>();
        if (series.length < FEWEST) {
            return found;
        }
        SplittableRandom random = new SplittableRandom(seed);
        TreeSet<Integer> bounds = new TreeSet<>(List.of(0, series.length));
        Split split = best(series, bounds);
        while (split != null) {
            double pValue = pValue(series, bounds, split, random);
            if (pValue > SIGNIFICANCE) {
                break;
            }
            found.add(new Change(split.place(), split.energy(), pValue));
            bounds.add(split.place());
            split = best(series, bounds);
        }
        found.sort(Comparator.comparingInt(Change::place));
        return found;
    }

    private static double pValue(double[] series, TreeSet<Integer> bounds, Split split, SplittableRandom random) {
        int asLarge = 1;
        double[] shuffled = series.clone();
        for (int i = 0; i < PERMUTATIONS; i++) {
            shuffleParts(shuffled, bounds, random);
            Split byChance = best(shuffled, bounds);
            // Sums in another order differ in their last bits.
            if (byChance != null && byChance.energy() >= split.energy() * (1 - 1e-9)) {
                asLarge++;
            }
        }
        return asLarge / (PERMUTATIONS + 1.0);
    }

    private static void shuffleParts(double[] series, TreeSet<Integer> bounds, SplittableRandom random) {
        int from = 0;
        for (int to : bounds.tailSet(1)) {
            for (int i = to - 1; i > from; i--) {
                int other = from + random.nextInt(i - from + 1);
                double kept = series[i];
                series[i] = series[other];
                series[other] = kept;
            }
            from = to;
        }
    }

    private static Split best(double[] series, TreeSet<Integer> bounds) {
        Split best = null;
        int from = 0;
        for (int to : bounds.tailSet(1)) {
            Split split = best(Arrays.copyOfRange(series, from, to), from);
            if (split != null && (best == null || split.energy() > best.energy())) {
                best = split;
            }
            from = to;
        }
        return best;
    }

    /** The best split of one part; null if it is too short, or constant. */
    private static Split best(double[] part, int offset) {
        double[] left = sumsWithin(part);
        double[] right = sumsWithin(reversed(part));
        int n = part.length;
        Split best = null;
        for (int place = SHORTEST_PART; place <= n - SHORTEST_PART; place++) {
            double before = left[place];
            double after = right[n - place];
            double between = left[n] - before - after;
            double m = place;
            double k = n - place;
            double energy = m * k / n
                * (2 * between / (m * k) - 2 * before / (m * (m - 1)) - 2 * after / (k * (k - 1)));
            if (energy > 0 && (best == null || energy > best.energy())) {
                best = new Split(offset + place, energy);
            }
        }
        return best;
    }

    /** At place i: sum of the distances among the first i values. */
    private static double[] sumsWithin(double[] part) {
        double[] sums = new double[part.length + 1];
        for (int i = 0; i < part.length; i++) {
            double row = 0;
            for (int k = 0; k < i; k++) {
                row += Math.abs(part[i] - part[k]);
            }
            sums[i + 1] = sums[i] + row;
        }
        return sums;
    }

    private static double[] reversed(double[] part) {
        double[] reversed = new double[part.length];
        Arrays.setAll(reversed, i -> part[part.length - 1 - i]);
        return reversed;
    }

    /**
     * One change.
     *
     * @param energy scaled energy distance between the two sides, in the unit of the series
     * @param pValue of the permutation test, 0 to 1
     */
    public record Change(int place, double energy, double pValue) {
    }

    /** A candidate. */
    private record Split(int place, double energy) {
    }
}
