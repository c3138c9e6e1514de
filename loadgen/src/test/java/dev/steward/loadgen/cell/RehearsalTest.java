package dev.steward.loadgen.cell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.event.EventRecord;
import dev.steward.loadgen.load.Setups;
import dev.steward.loadgen.load.StreamPlan;
import dev.steward.loadgen.load.Workloads;
import dev.steward.loadgen.scenario.ArrivalSettings;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.loadgen.workload.Randomness;
import dev.steward.loadgen.workload.StormSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RehearsalTest {
    private static final String[] LAWS = {"poisson", "constant", "bursts", "mmpp", "ramp", "steps", "lognormal"};
    private static final String[] LENGTHS = {"10us", "1ms", "20ms", "700ms", "9s", "600s"};
    private static final String[] RATES = {"1/s", "30/s", "1k/s", "20k/s", "900k/s", "10M/s"};
    private static final String[] COUNTS = {"1", "2", "7", "64", "4096", "65536"};

    @ParameterizedTest
    @ValueSource(strings = {"poisson", "constant", "bursts", "mmpp", "ramp", "steps", "lognormal"})
    void shouldKeepTheLawAndRaiseTheRate(String law) {
        Scenario fast = Rehearsal.atFullSpeed(
            Setups.scenario("storm.arrival=" + law, "churn.arrival=" + law, "storm.atOnce=9", "warmup=5s"));

        assertThat(fast.text(ScenarioKey.STORM_ARRIVAL)).isEqualTo(law);
        assertThat(fast.text(ScenarioKey.CHURN_ARRIVAL)).isEqualTo(law);
        assertThat(fast.text(ScenarioKey.STORM_RATE)).isEqualTo("200k/s");
        // Bursts stay below the highest peak.
        assertThat(fast.ratePerSecond(ScenarioKey.CHURN_RATE)).isBetween(80_000.0, 100_000.0);
        assertThat(fast.text(ScenarioKey.INVALIDATION_RATE)).as("nothing that the cell has not").isEqualTo("0/s");
        assertThat(Rehearsal.atFullSpeed(Setups.scenario("invalidation.rate=1/s")).text(ScenarioKey.INVALIDATION_RATE))
            .isEqualTo("200k/s");
        assertThat(fast.count(ScenarioKey.STORM_AT_ONCE)).isEqualTo(9);
        assertThat(fast.text(ScenarioKey.WARMUP)).isEqualTo("250ms");
        assertThat(fast.text(ScenarioKey.DURATION)).isEqualTo("1s");
    }

    @Test
    void shouldShrinkCyclesUntilSeveralFitIn() {
        Scenario fast = Rehearsal.atFullSpeed(Setups.scenario(
            "duration=60s", "storm.arrival=bursts", "storm.burst.on=3s", "storm.burst.off=57s"));

        assertThat(fast.text(ScenarioKey.STORM_BURST_ON)).isEqualTo("5ms");
        assertThat(fast.text(ScenarioKey.STORM_BURST_OFF)).isEqualTo("95ms");
        assertThat(fast.text(ScenarioKey.CHURN_BURST_ON)).isEqualTo("10ms");
    }

    @Test
    void shouldStayBelowTheHighestPeak() {
        Scenario fast = Rehearsal.atFullSpeed(Setups.scenario(
            "storm.arrival=bursts", "storm.rate=9k/s", "storm.burst.on=1ms", "storm.burst.off=999ms"));

        assertThat(fast.text(ScenarioKey.STORM_RATE)).isEqualTo("8k/s");
    }

    @Test
    void shouldNotBeShorterThanACellCanBe() {
        Scenario fast = Rehearsal.atFullSpeed(Setups.scenario("rehearsal=1ns"));

        assertThat(fast.text(ScenarioKey.DURATION)).isEqualTo("10ms");
    }

    /** Whatever may be run may be rehearsed, and has something to rehearse. */
    @Test
    void shouldRehearseEveryScenarioThatIsAllowed() {
        Randomness random = new Randomness(42);
        int allowed = 0;
        for (int i = 0; i < 6_000; i++) {
            Scenario scenario;
            try {
                scenario = Setups.scenario(
                    "rehearsal=" + one(random, "1us", "10ms", "30ms", "1s", "60s"),
                    "duration=" + one(random, "10ms", "2s", "3600s"),
                    "storm.arrival=" + one(random, LAWS), "churn.arrival=" + one(random, LAWS),
                    "storm.rate=" + one(random, RATES), "churn.rate=" + one(random, "0", "0.001/s", "1k/s", "1M/s"),
                    "storm.atOnce=" + one(random, COUNTS), "churn.atOnce=" + one(random, COUNTS),
                    "storm.burst.on=" + one(random, LENGTHS), "storm.burst.off=" + one(random, LENGTHS),
                    "churn.burst.on=" + one(random, LENGTHS), "churn.burst.off=" + one(random, LENGTHS),
                    "storm.mmpp.quiet=" + one(random, LENGTHS), "storm.mmpp.busy=" + one(random, LENGTHS),
                    "churn.mmpp.quiet=" + one(random, LENGTHS), "churn.mmpp.busy=" + one(random, LENGTHS),
                    "storm.mmpp.ratio=" + one(random, "1", "50", "1000000"),
                    "churn.mmpp.ratio=" + one(random, "1", "50", "1000000"),
                    "storm.ramp.from=" + one(random, "0", "1", "2"),
                    "storm.steps.count=" + one(random, "1", "5", "64"),
                    "storm.steps.factor=" + one(random, "0.1", "1", "10"));
            } catch (ScenarioException e) {
                continue;
            }
            allowed++;
            Scenario fast = Rehearsal.atFullSpeed(scenario);
            assertThat(ArrivalSettings.storm(fast).law()).isEqualTo(ArrivalSettings.storm(scenario).law());
            if (fast.ratePerSecond(ScenarioKey.STORM_RATE) == 200_000) {
                assertThat(firstNs(fast)).isLessThan(fast.durationNs(ScenarioKey.DURATION));
            }
        }
        assertThat(allowed).isGreaterThan(500);
    }

    private static long firstNs(Scenario scenario) {
        StormSource storm = new Workloads(scenario, null, StreamPlan.of(scenario, null), 0).storm(0);
        EventRecord event = new EventRecord();
        storm.next(event);
        return event.intendedNs;
    }

    private static String one(Randomness random, String... of) {
        return of[random.nextInt(of.length)];
    }
}
