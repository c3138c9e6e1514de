package dev.steward.reports.statistics;

import java.util.Arrays;
import org.hipparchus.stat.inference.MannWhitneyUTest;

/**
 * Compares two small samples by ranks: is one shifted against the other, by how much, and within which bounds? p-value
 * of Mann and Whitney (exact without ties up to {@link #EXACT_UP_TO} values a side, else normal with corrections),
 * shift of Hodges and Lehmann (median of all differences), interval of Moses (the differences whose ranks the exact
 * distribution of U leaves in). Sources: H. Mann, D. Whitney, Ann. Math. Statist. 18 (1947); J. Hodges, E. Lehmann,
 * Ann. Math. Statist. 34 (1963); M. Hollander, D. Wolfe, Nonparametric Statistical Methods, section 4.3.
 *
 * @param pValue   two-sided, 0 to 1
 * @param shift    of the second sample against the first
 * @param interval of the shift; null if the samples are too small for the level
 */
public record RankTest(double pValue, double shift, Interval interval) {
    /** Values a side up to which p-values are exact if there are no ties. */
    public static final int EXACT_UP_TO = 50;

    /**
     * Compares.
     *
     * @param first  sample, not empty
     * @param second sample, not empty
     * @param level  of the interval, above 0 and below 1
     * @return how the second sample lies against the first
     */
    public static RankTest of(double[] first, double[] second, double level) {
        double[] differences = new double[first.length * second.length];
        for (int i = 0; i < first.length; i++) {
            for (int j = 0; j < second.length; j++) {
                differences[i * second.length + j] = second[j] - first[i];
            }
        }
        Arrays.sort(differences);
        int outside = differencesOutside(first.length, second.length, level);
        Interval interval = outside < 1 ? null
            : new Interval(differences[outside - 1], differences[differences.length - outside], level);
        return new RankTest(pValue(first, second), medianOfSorted(differences), interval);
    }

    /**
     * Smallest two-sided p-value that samples of these sizes can give at all.
     *
     * @param first  size, 1 or more
     * @param second size, 1 or more
     * @return two by the number of ways in which the ranks can fall
     */
    public static double smallestPossible(int first, int second) {
        return Math.min(1, 2 / binomial(first + second, first));
    }

    private static double pValue(double[] first, double[] second) {
        boolean exact = Math.max(first.length, second.length) <= EXACT_UP_TO && !hasTies(first, second);
        // Two constants, equal: the library divides by a deviation of zero.
        double p = new MannWhitneyUTest().mannWhitneyUTest(first, second, exact);
        return Double.isNaN(p) ? 1 : Math.min(1, p);
    }

    private static boolean hasTies(double[] first, double[] second) {
        double[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return Arrays.stream(all).distinct().count() < all.length;
    }

    /** Largest k such that U below k, or above its mirror, together are no likelier than 1 - level. */
    private static int differencesOutside(int first, int second, double level) {
        double[] ways = waysOfU(first, second);
        double all = binomial(first + second, first);
        double below = 0;
        int outside = 0;
        while (outside < ways.length && 2 * (below + ways[outside]) / all <= 1 - level) {
            below += ways[outside];
            outside++;
        }
        return outside;
    }

    /** In how many ways the ranks can fall so that U is 0, 1, 2...: products of Gaussian binomials, term by term. */
    private static double[] waysOfU(int first, int second) {
        double[] ways = new double[first * second + 1];
        ways[0] = 1;
        for (int j = 1; j <= second; j++) {
            for (int u = ways.length - 1; u >= first + j; u--) {
                ways[u] -= ways[u - first - j];
            }
            for (int u = j; u < ways.length; u++) {
                ways[u] += ways[u - j];
            }
        }
        return ways;
    }

    private static double binomial(int n, int k) {
        double result = 1;
        for (int i = 1; i <= k; i++) {
            result = result * (n - k + i) / i;
        }
        return result;
    }

    private static double medianOfSorted(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
