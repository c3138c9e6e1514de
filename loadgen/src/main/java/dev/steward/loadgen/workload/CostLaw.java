package dev.steward.loadgen.workload;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How long a modelled step takes: always the same, lognormal, or each value as often as a histogram has it. Immutable,
 * any thread; each takes a {@link CostSource} of its own.
 */
public final class CostLaw {
    /** Longest duration of a step. */
    public static final long MAX_NS = 60_000_000_000L;

    private final long[] valuesNs;
    private final double sigma;
    private final long maxNs;
    private final WeightedChoice choice;
    private final double meanNs;

    private CostLaw(long[] valuesNs, double sigma, long maxNs, WeightedChoice choice, double meanNs) {
        for (long ns : valuesNs) {
            if (ns < 0 || ns > maxNs || maxNs > MAX_NS) {
                throw new IllegalArgumentException(ns + " ns is not in 0 to " + Math.min(maxNs, MAX_NS));
            }
        }
        this.valuesNs = valuesNs;
        this.sigma = sigma;
        this.maxNs = maxNs;
        this.choice = choice;
        this.meanNs = meanNs;
    }

    /** Always the same, 0 to {@link #MAX_NS}. */
    public static CostLaw fixed(long ns) {
        return new CostLaw(new long[] {ns}, 0, MAX_NS, null, ns);
    }

    /**
     * Lognormal.
     *
     * @param medianNs 0 to the longest.
     * @param sigma    standard deviation of the logarithm, 0 or more.
     * @param maxNs    longest, at most {@link #MAX_NS}: a draw that is longer is cut.
     */
    public static CostLaw lognormal(long medianNs, double sigma, long maxNs) {
        if (!(sigma >= 0)) {
            throw new IllegalArgumentException("sigma " + sigma + " is not 0 or more");
        }
        return new CostLaw(
            new long[] {medianNs}, sigma, maxNs, null, medianNs * Math.exp(sigma * sigma / 2));
    }

    /**
     * Values with weights.
     *
     * @param valuesNs 0 to {@link #MAX_NS} each, one or more; copied.
     * @param counts   how often each comes, 0 or more, not all 0.
     */
    public static CostLaw histogram(long[] valuesNs, long[] counts) {
        double[] weights = Arrays.stream(counts).asDoubleStream().toArray();
        double sum = IntStream.range(0, weights.length).mapToDouble(i -> valuesNs[i] * weights[i]).sum();
        return new CostLaw(
            valuesNs.clone(), 0, MAX_NS, WeightedChoice.of(weights), sum / Arrays.stream(weights).sum());
    }

    /** {@return the mean of many, without the cut of a lognormal law} */
    public long meanNs() {
        return Math.round(meanNs);
    }

    /** {@return whether the step takes no time at all, so that it can be left out} */
    public boolean isZero() {
        return Arrays.stream(valuesNs).allMatch(ns -> ns == 0);
    }

    /**
     * Starts a sequence.
     *
     * @param seed fixes it.
     */
    public CostSource source(long seed) {
        if (choice != null) {
            Randomness random = new Randomness(seed);
            return () -> valuesNs[choice.next(random)];
        }
        long ns = valuesNs[0];
        if (sigma == 0) {
            return () -> ns;
        }
        Lognormal lognormal = new Lognormal(ns, sigma, seed);
        return () -> Math.min(maxNs, Math.round(lognormal.next()));
    }
}
