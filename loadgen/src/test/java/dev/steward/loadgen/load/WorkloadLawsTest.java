package dev.steward.loadgen.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.event.EventRecord;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.loadgen.workload.ArrivalProcess;
import dev.steward.loadgen.workload.ChurnSource;
import dev.steward.loadgen.workload.Randomness;
import dev.steward.loadgen.workload.StormSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the settings of an arrival law reach the loads of a cell. */
class WorkloadLawsTest {
    private static final long WARMUP_NS = 1_000_000_000;
    private static final long WINDOW_NS = 2_000_000_000;
    private static final int REPEATS = 20;

    @Test
    void shouldLeaveTheArrivalsOfTheFirstLawsAsTheyWere() {
        long seed = Randomness.derive(42, "repeat-1");
        ArrivalProcess storm = ArrivalProcess.poisson(20_000, Randomness.derive(seed, "storm-arrivals-0"));
        ArrivalProcess churn = ArrivalProcess.poisson(500, Randomness.derive(seed, "churn-arrivals-0-1"));
        List<Long> events = storm(workloads(1), 500_000_000);
        List<Long> operations = churn(workloads(1, "churn.threads=2"), 1, 500_000_000);

        assertThat(events).hasSizeGreaterThan(9_000).allSatisfy(at -> assertThat(at).isEqualTo(storm.nextNs()));
        assertThat(operations).hasSizeGreaterThan(200).allSatisfy(at -> assertThat(at).isEqualTo(churn.nextNs()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"poisson", "constant", "bursts", "mmpp", "ramp", "steps", "lognormal"})
    void shouldOfferTheRateInTheMeasuredWindowWhateverTheLaw(String law) {
        double events = 0;
        double operations = 0;
        for (int repeat = 1; repeat <= REPEATS; repeat++) {
            Workloads workloads = workloads(
                repeat, "storm.arrival=" + law, "churn.arrival=" + law, "churn.threads=3", "churn.rate=3k/s");
            events += inWindow(storm(workloads, WARMUP_NS + WINDOW_NS));
            for (int thread = 0; thread < 3; thread++) {
                operations += inWindow(churn(workloads, thread, WARMUP_NS + WINDOW_NS));
            }
        }

        // The default mmpp scatters by 7 % in 2 s, so by 1.7 % in twenty windows; the other laws by less than 1 %.
        double off = law.equals("mmpp") ? 0.06 : 0.02;
        assertThat(events / REPEATS / 40_000).isBetween(1 - off, 1 + off);
        assertThat(operations / REPEATS / 6_000).isBetween(1 - off, 1 + off);
    }

    @Test
    void shouldFillTheMeasuredWindowWithTheRamp() {
        int[] quarters = new int[4];
        int warmup = 0;
        Workloads workloads = workloads(1, "storm.arrival=ramp", "storm.ramp.from=0");
        for (long atNs : storm(workloads, WARMUP_NS + WINDOW_NS)) {
            if (atNs < WARMUP_NS) {
                warmup++;
            } else {
                quarters[(int) ((atNs - WARMUP_NS) * 4 / WINDOW_NS)]++;
            }
        }

        // 1, 3, 5 and 7 of 16 parts of 40,000, before that the mean; five standard deviations.
        assertThat(warmup).isBetween(19_293, 20_707);
        for (int quarter = 0; quarter < 4; quarter++) {
            double expected = 2_500.0 * (2 * quarter + 1);
            assertThat((double) quarters[quarter]).isBetween(
                expected - 5 * Math.sqrt(expected), expected + 5 * Math.sqrt(expected));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"poisson", "constant", "steps"})
    void shouldLetSeveralEventsFallDueAtOnceAndKeepTheRate(String law) {
        List<Long> events = storm(workloads(1, "storm.arrival=" + law, "storm.atOnce=4"), WARMUP_NS + WINDOW_NS);

        assertThat(events.size() / 60_000.0).isBetween(0.96, 1.04);
        assertThat(count(events).values()).allMatch(count -> count % 4 == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"poisson", "constant", "bursts"})
    void shouldDealOutTheOperationsOfAnInstantOverTheThreads(String law) {
        Workloads workloads = workloads(1, "churn.arrival=" + law, "churn.atOnce=5", "churn.threads=2");
        List<Long> one = churn(workloads, 0, WARMUP_NS + WINDOW_NS);
        List<Long> other = churn(workloads, 1, WARMUP_NS + WINDOW_NS);
        List<Long> all = new ArrayList<>(one);
        all.addAll(other);

        assertThat(all.size() / 3_000.0).isBetween(0.85, 1.15);
        assertThat(Math.abs(one.size() - other.size())).isLessThanOrEqualTo(1);
        assertThat(count(all).values()).allMatch(count -> count % 5 == 0);
        assertThat(count(one).values()).allMatch(count -> count == 2 || count == 3);
    }

    private static Map<Long, Integer> count(List<Long> instants) {
        Map<Long, Integer> counts = new HashMap<>();
        instants.forEach(atNs -> counts.merge(atNs, 1, Integer::sum));
        return counts;
    }

    private static long inWindow(List<Long> instants) {
        return instants.stream().filter(atNs -> atNs >= WARMUP_NS).count();
    }

    private static List<Long> storm(Workloads workloads, long toNs) {
        StormSource storm = workloads.storm(0);
        EventRecord event = new EventRecord();
        List<Long> instants = new ArrayList<>();
        for (storm.next(event); event.intendedNs < toNs; storm.next(event)) {
            instants.add(event.intendedNs);
        }
        return instants;
    }

    private static List<Long> churn(Workloads workloads, int thread, long toNs) {
        ChurnSource churn = workloads.churn(0, thread);
        List<Long> instants = new ArrayList<>();
        for (churn.next(); churn.intendedNs() < toNs; churn.next()) {
            instants.add(churn.intendedNs());
        }
        return instants;
    }

    private static Workloads workloads(int repeat, String... overrides) {
        Scenario scenario = Setups.scenario(overrides);
        assertThat(scenario.text(ScenarioKey.WARMUP)).isEqualTo("1s");
        return new Workloads(scenario, null, StreamPlan.of(scenario, null), repeat);
    }
}
