package dev.steward.loadgen.scenario;

import dev.steward.loadgen.workload.ArrivalProcess;
import dev.steward.loadgen.workload.LognormalArrivals;
import dev.steward.loadgen.workload.MarkovArrivals;
import dev.steward.loadgen.workload.PatternedArrivals;
import dev.steward.loadgen.workload.RatePattern;
import java.util.function.BiConsumer;

/**
 * The arrival law of one load, storm or churn, with its shape. Whatever the shape, the mean rate is that of the load.
 *
 * <p>Immutable.
 */
public final class ArrivalSettings {
    /** Highest rate of a storm, in peaks too, in events per second and SMMU. */
    public static final double MAX_STORM_RATE = 10e6;
    /** Highest rate of a churn, in peaks too, in operations per second and SMMU. */
    public static final double MAX_CHURN_RATE = 1e6;

    private static final double NS_PER_SECOND = 1e9;

    private final Scenario scenario;
    private final String load;
    private final double maxRate;

    private ArrivalSettings(Scenario scenario, String load, double maxRate) {
        this.scenario = scenario;
        this.load = load;
        this.maxRate = maxRate;
    }

    /** Those of the storm. */
    public static ArrivalSettings storm(Scenario scenario) {
        return new ArrivalSettings(scenario, "storm", MAX_STORM_RATE);
    }

    /** Those of the churn. */
    public static ArrivalSettings churn(Scenario scenario) {
        return new ArrivalSettings(scenario, "churn", MAX_CHURN_RATE);
    }

    /** Key of a setting of this load, by its name without the load, such as {@code burst.on}. */
    public ScenarioKey key(String name) {
        return ScenarioKey.byKey(load + "." + name).orElseThrow();
    }

    /** Name of the law, a value of {@code storm.arrival}. */
    public String law() {
        return scenario.text(key("arrival"));
    }

    /** Mean rate, arrivals per second and SMMU. */
    public double ratePerSecond() {
        return scenario.ratePerSecond(key("rate"));
    }

    /** Arrivals that fall due at the same instant, 1 or more. */
    public int atOnce() {
        return scenario.count(key("atOnce"));
    }

    /** A duration of this load in nanoseconds, by its name as for {@link #key}. */
    public long durationNs(String name) {
        return scenario.durationNs(key(name));
    }

    /** Whether independent processes of a lower rate add up to the same law, so each thread may have its own. */
    public boolean addsUp() {
        return atOnce() == 1 && (law().equals("poisson") || law().equals("constant"));
    }

    /**
     * The highest rate of the law as a factor of the mean, 1 or more, batches aside; a gap that is short by chance is
     * no rate.
     */
    public double peak() {
        return switch (law()) {
            case "bursts" -> bursts().peak();
            case "ramp" -> ramp().peak();
            case "steps" -> steps().peak();
            case "mmpp" -> MarkovArrivals.peak(durationNs("mmpp.quiet"), durationNs("mmpp.busy"), number("mmpp.ratio"));
            default -> 1;
        };
    }

    /** The highest mean rate that this shape can have, arrivals per second and SMMU. */
    public double maxRatePerSecond() {
        return maxRate / peak();
    }

    /**
     * Makes a process of this law. Ramp and steps fill the measured window; the warm-up before it is at the mean rate,
     * so that the window gets all of the pattern and the mean of both is right.
     *
     * @param ratePerSecond mean rate, above 0.
     */
    public ArrivalProcess process(double ratePerSecond, long seed) {
        long warmupNs = scenario.durationNs(ScenarioKey.WARMUP);
        long windowNs = scenario.durationNs(ScenarioKey.DURATION);
        return switch (law()) {
            case "constant" -> ArrivalProcess.constant(ratePerSecond);
            case "bursts" -> new PatternedArrivals(
                bursts(), ratePerSecond, 0, durationNs("burst.on") + durationNs("burst.off"), seed);
            case "ramp" -> new PatternedArrivals(ramp(), ratePerSecond, warmupNs, windowNs, seed);
            case "steps" -> new PatternedArrivals(steps(), ratePerSecond, warmupNs, windowNs, seed);
            case "mmpp" -> new MarkovArrivals(
                ratePerSecond, durationNs("mmpp.quiet"), durationNs("mmpp.busy"), number("mmpp.ratio"), seed);
            case "lognormal" -> new LognormalArrivals(ratePerSecond, number("lognormal.sigma"), seed);
            default -> ArrivalProcess.poisson(ratePerSecond, seed);
        };
    }

    private RatePattern bursts() {
        return RatePattern.onOff((double) durationNs("burst.on") / (durationNs("burst.on") + durationNs("burst.off")));
    }

    private RatePattern ramp() {
        return RatePattern.ramp(number("ramp.from"));
    }

    private RatePattern steps() {
        return RatePattern.steps(scenario.count(key("steps.count")), number("steps.factor"));
    }

    private double number(String name) {
        return scenario.decimal(key(name));
    }

    /** Hands over the first contradiction: which setting, and why not. */
    void check(BiConsumer<ScenarioKey, String> refuse) {
        double inWindow = ratePerSecond() * scenario.durationNs(ScenarioKey.DURATION) / NS_PER_SECOND;
        if (atOnce() > Math.max(1, inWindow)) {
            refuse.accept(key("atOnce"), atOnce() + " at once are more than fall due in the measured window; allowed: "
                + load + ".rate * duration, here " + (long) Math.max(1, inWindow));
        }
        if (law().equals("bursts")) {
            checkCycle("burst.on", "burst.off", refuse);
        }
        if (law().equals("mmpp")) {
            checkCycle("mmpp.busy", "mmpp.quiet", refuse);
        }
        if (ratePerSecond() > maxRatePerSecond()) {
            refuse.accept(key("rate"), scenario.text(key("rate")) + " has peaks of "
                + Quantities.printRate(Math.rint(ratePerSecond() * peak())) + " with " + load + ".arrival=" + law()
                + "; allowed: peaks of " + Quantities.printRate(maxRate) + ", so a mean of "
                + Quantities.printRate(maxRatePerSecond() < 1 ? maxRatePerSecond() : Math.floor(maxRatePerSecond())));
        }
    }

    /** With less than a cycle in it, the rate of a window would be any but the one that was asked for. */
    private void checkCycle(String one, String other, BiConsumer<ScenarioKey, String> refuse) {
        long longestNs = scenario.durationNs(ScenarioKey.DURATION);
        if (durationNs(one) + durationNs(other) > longestNs) {
            refuse.accept(key(durationNs(one) > durationNs(other) ? one : other), "with " + key(one).key() + "="
                + scenario.text(key(one)) + " and " + key(other).key() + "=" + scenario.text(key(other))
                + " a cycle is longer than the measured window; allowed: both together at most duration, here "
                + scenario.text(ScenarioKey.DURATION));
        }
    }
}
