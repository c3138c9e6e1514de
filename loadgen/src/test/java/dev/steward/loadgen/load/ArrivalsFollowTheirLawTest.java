package dev.steward.loadgen.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.event.EventRecord;
import dev.steward.loadgen.record.FakeClock;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.record.Window;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.loadgen.workload.ChurnSource;
import dev.steward.loadgen.workload.StormSource;
import dev.steward.loadgen.workload.SyntheticInvalidations;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * From the setting of a law to the arrivals of a load, in warm-up and window. Each of 200 seeds is tested at 1 %, so
 * two alarms are to be expected, and more than eight come in one of 4,000 such tests; of a generator that is wrong
 * each of 20 seeds has to raise one.
 */
class ArrivalsFollowTheirLawTest {
    private static final int SEEDS = 200;
    private static final double ALPHA = 0.01;
    private static final int MOST_FALSE_ALARMS = 8;
    private static final int FEW_SEEDS = 20;
    private static final long WARMUP_NS = 10_000_000;
    private static final long WINDOW_NS = 200_000_000;
    private static final long GAP_NS = 50_000;

    /** A generator that is wrong in one way. */
    private enum Mutation {
        RUNS_SLOW(times -> times.stream().map(atNs -> atNs * 115 / 100).toList()),
        DROPS_EACH_TENTH(times -> IntStream.range(0, times.size()).filter(i -> i % 10 != 9).mapToObj(times::get)
            .toList()),
        WAKES_UP_TOO_SELDOM(times -> times.stream().map(atNs -> (atNs / GAP_NS + 1) * GAP_NS).toList()),
        EVENS_GAPS_OUT(times -> IntStream.range(1, times.size() - 1).mapToObj(
            i -> (times.get(i - 1) + times.get(i) + times.get(i + 1)) / 3).toList()),
        TAKES_EACH_GAP_TWICE(times -> {
            List<Long> twice = new ArrayList<>();
            long atNs = 0;
            for (int i = 1; i < times.size() && atNs < WARMUP_NS + WINDOW_NS; i++) {
                long gapNs = times.get(i) - times.get(i - 1);
                twice.add(atNs += gapNs);
                twice.add(atNs += gapNs);
            }
            return twice;
        });

        private final UnaryOperator<List<Long>> of;

        Mutation(UnaryOperator<List<Long>> of) {
            this.of = of;
        }
    }

    @ParameterizedTest
    @CsvSource({"storm, poisson, 1", "storm, bursts, 1", "storm, mmpp, 1", "storm, ramp, 1", "storm, steps, 1",
        "storm, lognormal, 1", "storm, poisson, 4", "storm, mmpp, 3", "churn, poisson, 1", "churn, bursts, 1",
        "churn, mmpp, 1", "churn, ramp, 1", "churn, steps, 1", "churn, lognormal, 1", "churn, lognormal, 5",
        "invalidation, poisson, 1"})
    void shouldFollowTheLawThatTheScenarioNames(String load, String law, int atOnce) {
        Scenario scenario = scenario(load, law, atOnce);

        assertThat(alarms(scenario, load, SEEDS, times -> times)).isLessThanOrEqualTo(MOST_FALSE_ALARMS);
    }

    @ParameterizedTest
    @EnumSource
    void shouldRaiseAnAlarmWhenTheGeneratorIsWrong(Mutation mutation) {
        for (String law : List.of("poisson", "ramp", "steps", "lognormal")) {
            assertThat(alarms(scenario("storm", law, 1), "storm", FEW_SEEDS, mutation.of)).as(law)
                .isEqualTo(FEW_SEEDS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"poisson", "bursts", "mmpp", "ramp", "steps", "lognormal"})
    void shouldRaiseAnAlarmWhenTheLawIsAnother(String law) {
        for (String other : List.of("poisson", "bursts", "mmpp", "ramp", "steps", "lognormal")) {
            if (!other.equals(law)) {
                assertThat(IntStream.rangeClosed(1, FEW_SEEDS)).as(other).allMatch(seed -> LawFit.pValue(
                    LawFit.of(scenario("storm", law, 1), "storm"),
                    instants(scenario("storm", other, 1), "storm", seed)) < ALPHA);
            }
        }
    }

    /** No chance in it, so not a nanosecond off. */
    @Test
    void shouldKeepConstantGapsExactly() {
        List<Long> storm = instants(scenario("storm", "constant", 1), "storm", 1);
        List<Long> churn = instants(scenario("churn", "constant", 1), "churn", 1);

        assertThat(storm).hasSize(4_200);
        for (int i = 0; i < storm.size(); i++) {
            assertThat(storm.get(i)).isEqualTo(i * GAP_NS);
        }
        // Each of the three threads has gaps of a millisecond.
        assertThat(churn).hasSize(210).allMatch(atNs -> atNs % 1_000_000 == 0);
    }

    /** What the loop let go, by its own clock, follows the law as well. */
    @ParameterizedTest
    @ValueSource(strings = {"poisson", "bursts", "mmpp", "ramp", "steps", "lognormal"})
    void shouldStillFollowTheLawWhenTheyHaveBeenStarted(String law) {
        // A tick of the clock is small against a gap, also in a burst.
        Scenario scenario =
            Setups.scenario("warmup=10ms", "duration=200ms", "storm.rate=2k/s", "storm.arrival=" + law);
        for (int seed = 1; seed <= 3; seed++) {
            assertThat(LawFit.pValue(LawFit.of(scenario, "storm"), started(scenario, seed, 1))).isGreaterThan(1e-4);
            assertThat(LawFit.pValue(LawFit.of(scenario, "storm"), started(scenario, seed, 1_000_000)))
                .as("by a clock that stands still for a millisecond").isLessThan(1e-6);
        }
    }

    private static List<Long> started(Scenario scenario, int seed, long tickNs) {
        Window window = new Window(0, WARMUP_NS, WARMUP_NS + WINDOW_NS);
        FakeClock clock = new FakeClock(0, 200);
        Pacer pacer = new Pacer(() -> clock.nowNs() / tickNs * tickNs, Long.MAX_VALUE / 2);
        OpenLoop loop = new OpenLoop(clock, window, pacer, new Recorders(window).recorder("lateness"));
        StormSource storm = workloads(scenario, seed).storm(0);
        EventRecord event = new EventRecord();
        List<Long> started = new ArrayList<>();
        loop.begin();
        for (storm.next(event); loop.next(event.intendedNs) && loop.awaitStart(); storm.next(event)) {
            started.add(loop.startNs());
        }
        return started;
    }

    private static long alarms(Scenario scenario, String load, int seeds, UnaryOperator<List<Long>> mutation) {
        return IntStream.rangeClosed(1, seeds).filter(seed -> LawFit.pValue(
            LawFit.of(scenario, load), mutation.apply(instants(scenario, load, seed))) < ALPHA).count();
    }

    private static Scenario scenario(String load, String law, int atOnce) {
        List<String> settings = new ArrayList<>(List.of("warmup=10ms", "duration=200ms", "storm.rate=20k/s",
            "churn.rate=3k/s", "churn.threads=3", "invalidation.rate=48k/s"));
        if (!load.equals("invalidation")) {
            settings.add(load + ".arrival=" + law);
            settings.add(load + ".atOnce=" + atOnce);
        }
        return Setups.scenario(settings.toArray(String[]::new));
    }

    private static Workloads workloads(Scenario scenario, int seed) {
        return new Workloads(scenario, null, StreamPlan.of(scenario, null), seed);
    }

    /** When something is due, of all threads together; what is due at once is one instant. */
    private static List<Long> instants(Scenario scenario, String load, int seed) {
        Workloads workloads = workloads(scenario, seed);
        TreeSet<Long> instants = new TreeSet<>();
        long endNs = WARMUP_NS + WINDOW_NS;
        if (load.equals("storm")) {
            StormSource storm = workloads.storm(0);
            EventRecord event = new EventRecord();
            for (storm.next(event); event.intendedNs < endNs; storm.next(event)) {
                instants.add(event.intendedNs);
            }
        } else if (load.equals("churn")) {
            for (int thread = 0; thread < scenario.count(ScenarioKey.CHURN_THREADS); thread++) {
                ChurnSource churn = workloads.churn(0, thread);
                for (churn.next(); churn.intendedNs() < endNs; churn.next()) {
                    instants.add(churn.intendedNs());
                }
            }
        } else {
            SyntheticInvalidations batches = workloads.invalidations(0);
            for (batches.next(); batches.intendedNs() < endNs; batches.next()) {
                instants.add(batches.intendedNs());
            }
        }
        return List.copyOf(instants);
    }
}
