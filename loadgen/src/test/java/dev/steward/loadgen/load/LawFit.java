package dev.steward.loadgen.load;

import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.distribution.continuous.LogNormalDistribution;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.UniformRealDistribution;
import org.hipparchus.stat.correlation.PearsonsCorrelation;
import org.hipparchus.stat.inference.KolmogorovSmirnovTest;

/**
 * Whether arrivals follow a law, from its definition and not from its generator. The probability of a longer gap than
 * the one that came, given all arrivals before, is even on 0 to 1 and independent of the others if and only if they do:
 * the time change by the compensator (Papangelou 1972; Ogata 1988).
 */
final class LawFit {
    private static final double NS_PER_SECOND = 1e9;

    private LawFit() {
    }

    /** The probability that the next arrival comes later than it did; asked once for each, in order. */
    @FunctionalInterface
    interface Law {
        double survival(double fromNs, double toNs);
    }

    /**
     * How likely arrivals that fit no better are under the law: the smaller p-value of two tests, one for the law of
     * the gaps (Kolmogorov and Smirnov), one for their independence (serial correlation), times two.
     */
    static double pValue(Law law, List<Long> instants) {
        double[] survivals = new double[instants.size()];
        long lastNs = 0;
        for (int i = 0; i < survivals.length; i++) {
            survivals[i] = law.survival(lastNs, instants.get(i));
            lastNs = instants.get(i);
        }
        double even = new KolmogorovSmirnovTest()
            .kolmogorovSmirnovTest(new UniformRealDistribution(0, 1), survivals);
        int pairs = survivals.length - 1;
        double correlation = new PearsonsCorrelation().correlation(
            Arrays.copyOf(survivals, pairs), Arrays.copyOfRange(survivals, 1, survivals.length));
        double independent =
            2 * new NormalDistribution().cumulativeProbability(-Math.abs(correlation) * Math.sqrt(pairs));
        return Math.min(1, 2 * Math.min(even, independent));
    }

    /** The law that a scenario names for a load. */
    static Law of(Scenario scenario, String load) {
        if (load.equals("invalidation")) {
            return poisson(scenario.ratePerSecond(ScenarioKey.INVALIDATION_RATE)
                / scenario.count(ScenarioKey.INVALIDATION_BATCH) / NS_PER_SECOND);
        }
        double perNs = scenario.ratePerSecond(key(load, "rate")) / scenario.count(key(load, "atOnce")) / NS_PER_SECOND;
        return switch (scenario.text(key(load, "arrival"))) {
            case "poisson" -> poisson(perNs);
            case "bursts" -> bursts(perNs, ns(scenario, load, "burst.on"), ns(scenario, load, "burst.off"));
            case "ramp" -> patterned(scenario, perNs, ramp(scenario.decimal(key(load, "ramp.from"))));
            case "steps" -> patterned(scenario, perNs, steps(
                scenario.count(key(load, "steps.count")), scenario.decimal(key(load, "steps.factor"))));
            case "mmpp" -> new Mmpp(perNs, ns(scenario, load, "mmpp.quiet"), ns(scenario, load, "mmpp.busy"),
                scenario.decimal(key(load, "mmpp.ratio")));
            case "lognormal" -> lognormal(perNs, scenario.decimal(key(load, "lognormal.sigma")));
            default -> throw new IllegalArgumentException(scenario.text(key(load, "arrival")));
        };
    }

    private static ScenarioKey key(String load, String name) {
        return ScenarioKey.byKey(load + "." + name).orElseThrow();
    }

    private static double ns(Scenario scenario, String load, String name) {
        return scenario.durationNs(key(load, name));
    }

    private static Law poisson(double perNs) {
        return (fromNs, toNs) -> Math.exp(-perNs * (toNs - fromNs));
    }

    private static Law expected(DoubleUnaryOperator upToNs) {
        return (fromNs, toNs) -> Math.exp(upToNs.applyAsDouble(fromNs) - upToNs.applyAsDouble(toNs));
    }

    private static Law bursts(double perNs, double onNs, double offNs) {
        double cycleNs = onNs + offNs;
        return expected(ns -> {
            double cycles = Math.floor(ns / cycleNs);
            return perNs * cycleNs * (cycles + Math.min(1, (ns - cycles * cycleNs) / onNs));
        });
    }

    /** At the mean rate before the measured window, in it by the share of all that is due up to a share of its time. */
    private static Law patterned(Scenario scenario, double perNs, DoubleUnaryOperator shareUpTo) {
        double warmupNs = scenario.durationNs(ScenarioKey.WARMUP);
        double windowNs = scenario.durationNs(ScenarioKey.DURATION);
        return expected(ns -> perNs * (ns < warmupNs ? ns
            : warmupNs + windowNs * shareUpTo.applyAsDouble((ns - warmupNs) / windowNs)));
    }

    private static DoubleUnaryOperator ramp(double from) {
        return share -> from * share + (1 - from) * share * share;
    }

    private static DoubleUnaryOperator steps(int count, double factor) {
        return share -> {
            double all = 0;
            double soFar = 0;
            for (int step = 0; step < count; step++) {
                double rate = Math.pow(factor, step);
                all += rate;
                soFar += rate * Math.max(0, Math.min(1, share * count - step));
            }
            return soFar / all;
        };
    }

    private static Law lognormal(double perNs, double sigma) {
        LogNormalDistribution gaps = new LogNormalDistribution(-Math.log(perNs) - sigma * sigma / 2, sigma);
        return (fromNs, toNs) -> 1 - gaps.cumulativeProbability(toNs - fromNs);
    }

    /**
     * Whoever sees the arrivals alone knows the state by its probabilities only. Between arrivals these move by the
     * generator of the chain less the rates, and what is left of their sum is the probability of no arrival yet.
     */
    private static final class Mmpp implements Law {
        private final double quietRate;
        private final double busyRate;
        private final double toBusy;
        private final double toQuiet;
        private double quiet;

        Mmpp(double perNs, double quietNs, double busyNs, double ratio) {
            quietRate = perNs * (quietNs + busyNs) / (quietNs + ratio * busyNs);
            busyRate = ratio * quietRate;
            toBusy = 1 / quietNs;
            toQuiet = 1 / busyNs;
            quiet = quietNs / (quietNs + busyNs);
        }

        @Override
        public double survival(double fromNs, double toNs) {
            double gapNs = toNs - fromNs;
            double ofQuiet = -toBusy - quietRate;
            double ofBusy = -toQuiet - busyRate;
            double middle = (ofQuiet + ofBusy) / 2;
            double half = (ofQuiet - ofBusy) / 2;
            double root = Math.sqrt(half * half + toBusy * toQuiet);
            double slow = Math.exp((middle + root) * gapNs);
            double fast = Math.exp((middle - root) * gapNs);
            double even = (slow + fast) / 2;
            double odd = (slow - fast) / 2 / root;
            double busy = 1 - quiet;
            double stillQuiet = quiet * (even + odd * half) + busy * odd * toQuiet;
            double stillBusy = quiet * odd * toBusy + busy * (even - odd * half);
            quiet = stillQuiet * quietRate / (stillQuiet * quietRate + stillBusy * busyRate);
            return stillQuiet + stillBusy;
        }
    }
}
