package dev.steward.reports.statistics;

import java.util.Arrays;
import java.util.List;
import org.hipparchus.analysis.solvers.BrentSolver;
import org.hipparchus.special.Gamma;
import org.hipparchus.stat.StatUtils;

/**
 * Trimmed means of many small samples that scatter about alike: each variance is drawn towards a common one, the more
 * the less the variances differ beyond chance. What is drawn in counts as further degrees of freedom, so intervals are
 * narrower than by Student's t and hold their level. Source: G. Smyth, Linear models and empirical Bayes methods for
 * assessing differential expression, Stat. Appl. Genet. Mol. Biol. 3 (2004), section 6.2 for the fit. Other than there
 * the common variance is the geometric mean, and it counts at most as much as a sample's own: by simulation that keeps
 * the level where one contestant scatters three times as much as the rest, and where single values are wild.
 */
public final class SharedVariance {
    /** Fewest samples that can show how alike they are. */
    public static final int FEWEST_SAMPLES = 6;
    /** Pairs that have one contestant in common: the squared correlation of their values. */
    private static final double SHARED = 0.25;
    private static final double LEAST_FREEDOM = 1e-3;

    private SharedVariance() {
    }

    /**
     * The trimmed means.
     *
     * @param samples of two values or more each, in one unit
     * @param sharing share of all other samples that have one of their two contestants in common with a sample
     * @return one for each sample, in their order
     */
    public static List<MeanInterval> means(List<double[]> samples, double sharing) {
        List<MeanInterval> alone = samples.stream().map(MeanInterval::trimmed).toList();
        double[] variances = alone.stream().mapToDouble(mean -> mean.variance() * (mean.freedom() + 1)).toArray();
        if (samples.size() < FEWEST_SAMPLES || Arrays.stream(variances).anyMatch(variance -> variance <= 0)) {
            return alone;
        }
        double[] logs = new double[variances.length];
        double byChance = 0;
        for (int i = 0; i < logs.length; i++) {
            double half = alone.get(i).freedom() / 2;
            logs[i] = Math.log(variances[i]) - Gamma.digamma(half) + Math.log(half);
            byChance += Gamma.trigamma(half) / logs.length;
        }
        double common = Math.exp(StatUtils.mean(logs));
        // Samples that have a contestant in common differ by less than others would.
        double excess = StatUtils.variance(logs) / (1 - SHARED * sharing) - byChance;
        MeanInterval[] means = new MeanInterval[variances.length];
        for (int i = 0; i < means.length; i++) {
            double own = alone.get(i).freedom();
            double lent = lent(excess, own);
            means[i] = new MeanInterval(alone.get(i).mean(),
                (lent * common + own * variances[i]) / (lent + own) / (own + 1), lent + own);
        }
        return List.of(means);
    }

    /**
     * Degrees of freedom that the others lend to a sample.
     *
     * @param excess by how much the logarithms of the variances differ beyond chance; 0 or below if they are alike
     */
    private static double lent(double excess, double own) {
        if (excess <= Gamma.trigamma(own / 2)) {
            return own;
        }
        if (excess >= Gamma.trigamma(LEAST_FREEDOM / 2)) {
            return 0;
        }
        return new BrentSolver().solve(1000, freedom -> Gamma.trigamma(freedom / 2) - excess, LEAST_FREEDOM, own);
    }
}
