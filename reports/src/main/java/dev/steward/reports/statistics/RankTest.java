package dev.steward.reports.statistics;

import dev.steward.results.Median;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.stat.inference.MannWhitneyUTest;

/**
 * Compares two small samples by ranks: is one shifted against the other, by how much, and within which bounds? p-value
 * of Mann and Whitney (exact without ties up to {@link #EXACT_UP_TO} values a side, else normal with corrections),
 * shift of Hodges and Lehmann (median of all differences), interval of Moses (the differences whose ranks the
 * distribution of U leaves in: the exact one up to that many values, then the normal). Sources: H. Mann, D. Whitney,
 * Ann. Math. Statist. 18 (1947); J. Hodges, E. Lehmann, Ann. Math. Statist. 34 (1963); M. Hollander, D. Wolfe,
 * Nonparametric Statistical Methods, section 4.3.
 *
 * <p>The samples may come in strata, such as placement classes, whose levels have nothing to do with each other. Then
 * only values of one stratum are ever compared, and U is the sum over the strata; each stratum permutes by itself, so
 * the distribution of the sum is the convolution of theirs (E. Lehmann, Nonparametrics, 1975, section 3.3). The shift
 * is taken as the same in all of them. One stratum gives the plain test.
 *
 * @param pValue   two-sided, 0 to 1
 * @param shift    of the second sample against the first
 * @param interval of the shift; null if the samples are too small for the level
 * @param smallest two-sided p-value that samples of these sizes can give at all
 */
public record RankTest(double pValue, double shift, Interval interval, double smallest) {
    /** Values a side and stratum up to which p-values are exact if there are no ties. */
    public static final int EXACT_UP_TO = 50;

    private static final NormalDistribution NORMAL = new NormalDistribution();
    /** Correction for continuity: U goes in steps of one. */
    private static final double HALF_STEP = 0.5;

    /** {@return how the second sample lies against the first, neither empty; level of the interval: 0 to below 1} */
    public static RankTest of(double[] first, double[] second, double level) {
        return of(List.of(first), List.of(second), level);
    }

    /** The same within strata, which both samples have in the same order, none of them empty. */
    public static RankTest of(List<double[]> first, List<double[]> second, double level) {
        int pairs = 0;
        boolean few = true;
        double smallest = 2;
        for (int stratum = 0; stratum < first.size(); stratum++) {
            int ours = first.get(stratum).length;
            int theirs = second.get(stratum).length;
            pairs += ours * theirs;
            few &= Math.max(ours, theirs) <= EXACT_UP_TO;
            smallest /= binomial(ours + theirs, ours);
        }
        double[] differences = new double[pairs];
        int next = 0;
        for (int stratum = 0; stratum < first.size(); stratum++) {
            for (double one : first.get(stratum)) {
                for (double other : second.get(stratum)) {
                    differences[next++] = other - one;
                }
            }
        }
        Arrays.sort(differences);
        double[] chances = few ? chancesOfU(first, second) : null;
        int outside = few ? differencesOutside(chances, level) : differencesOutside(first, second, level);
        Interval interval = outside < 1 ? null
            : new Interval(differences[outside - 1], differences[differences.length - outside], level);
        return new RankTest(pValue(first, second, chances), Median.of(differences), interval,
            Math.min(1, smallest));
    }

    /** Smallest two-sided p-value of samples of these sizes: 2 by the ways in which their ranks can fall. */
    public static double smallestPossible(int first, int second) {
        return Math.min(1, 2 / binomial(first + second, first));
    }

    /** Chances of U where there are few values, else null. */
    private static double pValue(List<double[]> first, List<double[]> second, double[] chances) {
        boolean exact = chances != null;
        for (int i = 0; i < first.size(); i++) {
            exact &= ties(first.get(i), second.get(i)) == 0;
        }
        if (first.size() == 1) {
            // Two constants, equal: the library divides by a deviation of zero.
            double p = new MannWhitneyUTest().mannWhitneyUTest(first.get(0), second.get(0), exact);
            return Double.isNaN(p) ? 1 : Math.max(0, Math.min(1, p));
        }
        double u = 0;
        for (int i = 0; i < first.size(); i++) {
            u += u(first.get(i), second.get(i));
        }
        return exact ? exact((int) u, chances) : normal(first, second, u);
    }

    private static double exact(int u, double[] chances) {
        int nearer = Math.min(u, chances.length - 1 - u);
        return Math.min(1, 2 * Arrays.stream(chances, 0, nearer + 1).sum());
    }

    /** With corrections for ties and for continuity, as of one stratum. */
    private static double normal(List<double[]> first, List<double[]> second, double u) {
        double mean = 0;
        double variance = 0;
        for (int i = 0; i < first.size(); i++) {
            double pairs = (double) first.get(i).length * second.get(i).length;
            double all = first.get(i).length + second.get(i).length;
            mean += pairs / 2;
            variance += pairs / 12 * (all + 1 - ties(first.get(i), second.get(i)) / (all * (all - 1)));
        }
        double distance = Math.max(0, Math.abs(u - mean) - HALF_STEP);
        return variance == 0 ? 1 : Math.min(1, 2 * NORMAL.cumulativeProbability(-distance / Math.sqrt(variance)));
    }

    /** Pairs in which the second is larger; equal ones count half. */
    private static double u(double[] first, double[] second) {
        double u = 0;
        for (double one : first) {
            for (double other : second) {
                u += other > one ? 1 : other == one ? 0.5 : 0;
            }
        }
        return u;
    }

    /** Sum of t (t - 1) (t + 1) over all groups of t equal values. */
    private static double ties(double[] first, double[] second) {
        double[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        Arrays.sort(all);
        double sum = 0;
        for (int from = 0; from < all.length;) {
            int to = from;
            while (to < all.length && all[to] == all[from]) {
                to++;
            }
            double equal = to - from;
            sum += equal * (equal - 1) * (equal + 1);
            from = to;
        }
        return sum;
    }

    /** Largest k such that U below k, or above its mirror, together are no likelier than 1 - level. */
    private static int differencesOutside(double[] chances, double level) {
        double below = 0;
        int outside = 0;
        while (outside < chances.length && 2 * (below + chances[outside]) <= 1 - level) {
            below += chances[outside];
            outside++;
        }
        return outside;
    }

    /** The same by the normal distribution, without ties: they make the interval no wider. */
    private static int differencesOutside(List<double[]> first, List<double[]> second, double level) {
        double mean = 0;
        double variance = 0;
        for (int i = 0; i < first.size(); i++) {
            double pairs = (double) first.get(i).length * second.get(i).length;
            mean += pairs / 2;
            variance += pairs / 12 * (first.get(i).length + second.get(i).length + 1);
        }
        double tail = NORMAL.inverseCumulativeProbability((1 - level) / 2);
        return Math.max(0, (int) Math.floor(mean + tail * Math.sqrt(variance) + HALF_STEP));
    }

    /** How likely U is to be 0, 1, 2... if nothing differs. */
    private static double[] chancesOfU(List<double[]> first, List<double[]> second) {
        double[] chances = {1};
        for (int i = 0; i < first.size(); i++) {
            int ours = first.get(i).length;
            int theirs = second.get(i).length;
            double all = binomial(ours + theirs, ours);
            chances = convolved(chances, Arrays.stream(waysOfU(ours, theirs)).map(ways -> ways / all).toArray());
        }
        return chances;
    }

    private static double[] convolved(double[] one, double[] other) {
        double[] sum = new double[one.length + other.length - 1];
        for (int i = 0; i < one.length; i++) {
            for (int j = 0; j < other.length; j++) {
                sum[i + j] += one[i] * other[j];
            }
        }
        return sum;
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
}
