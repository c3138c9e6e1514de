package dev.steward.loadgen.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.event.EventId;
import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.workload.ChurnSource;
import dev.steward.loadgen.workload.StormSource;
import dev.steward.loadgen.workload.SyntheticInvalidations;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadsTest {
    private static final long LOAD_NS = 250_000_000;
    private static final int EVENTS = 20_000;

    @Test
    void shouldHaveTheSameArrivalsWhenTheSeedIsTheSame() {
        assertThat(digest(1)).isEqualTo(digest(1)).matches("[0-9a-f]{16}");
        assertThat(digest(1, "churn.rate=0")).isEqualTo(digest(1, "churn.rate=0"));
    }

    /** Recorded before cells could invalidate and devices move: whoever asks for neither has the load of always. */
    @Test
    void shouldHaveTheArrivalsOfAlwaysWithoutInvalidations() {
        assertThat(digest(1, Setups.crossGuest())).isEqualTo("36b8f3d46e38eea0");
        assertThat(digest(2, Setups.crossGuest("smmus=2", "churn.threads=2", "seed=7"))).isEqualTo("7791ef1202a93136");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "seed=43", "storm.rate=20001/s", "churn.rate=999/s", "storm.arrival=constant", "churn.arrival=constant",
        "storm.skew=uniform", "churn.mix.move=0", "storm.mix.F_ACCESS=3", "streams=9", "smmus=2",
        "churn.threads=2", "churn.rate=0", "storm.stallShare=0.1", "storm.arrival=bursts", "storm.arrival=mmpp",
        "churn.arrival=lognormal", "storm.atOnce=2", "churn.atOnce=2", "invalidation.rate=10k/s"
    })
    void shouldHaveOtherArrivalsWhenTheLoadIsAnother(String override) {
        assertThat(digest(1, override)).isNotEqualTo(digest(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"storm.arrival=ramp", "storm.arrival=steps"})
    void shouldHaveOtherArrivalsFromTheWarmupOnWhenTheRateMoves(String override) {
        assertThat(digest(1, override)).isEqualTo(digest(1));
        assertThat(digest(1, override, "warmup=0")).isNotEqualTo(digest(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "section=10us", "steSync=1us", "veventq.depth=1", "path=ring", "vmm.wake=poll", "sampleEvery=1", "viommus=2",
        "eventq.log2size=3", "name=another", "storm.burst.on=1ms", "churn.lognormal.sigma=2", "storm.guestShares=1",
        "invalidation.batch=1"
    })
    void shouldHaveTheSameArrivalsWhateverElseIsSet(String override) {
        assertThat(digest(1, override)).isEqualTo(digest(1));
    }

    @Test
    void shouldHaveOtherArrivalsInEveryRepeat() {
        assertThat(Set.of(digest(1), digest(2), digest(3))).hasSize(3);
        Scenario scenario = Setups.scenario();
        StreamPlan streams = StreamPlan.of(scenario, null);
        assertThat(new Workloads(scenario, null, streams, 1).seed())
            .isNotEqualTo(new Workloads(scenario, null, streams, 2).seed());
    }

    @Test
    void shouldInvalidateInBatchesAtTheRateOfTheirCommands() {
        SyntheticInvalidations batches = workloads(1, "invalidation.rate=10k/s", "invalidation.batch=10")
            .invalidations(0);
        Set<Integer> streams = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            batches.next();
            streams.add(batches.stream());
        }

        // Five standard deviations around 10 s.
        assertThat(batches.intendedNs()).isBetween(9_500_000_000L, 10_500_000_000L);
        assertThat(streams).hasSize(8);
        assertThat(digest(1, "invalidation.rate=10k/s")).isEqualTo(digest(1, "invalidation.rate=10k/s"))
            .isNotEqualTo(digest(1, "invalidation.rate=10k/s", "invalidation.batch=15"));
    }

    @Test
    void shouldDealOutTheStreamsToTheAttachThreads() {
        Workloads workloads = workloads(1, "churn.threads=3");
        Set<Integer> all = new HashSet<>();
        for (int thread = 0; thread < 3; thread++) {
            ChurnSource churn = workloads.churn(0, thread);
            for (int i = 0; i < 5_000; i++) {
                churn.next();
                assertThat(churn.stream() % 3).isEqualTo(thread);
                all.add(churn.stream());
            }
        }

        assertThat(all).hasSize(8);
    }

    @Test
    void shouldLeaveADeviceWithSeveralStreamsToOneAttachThread() {
        Workloads workloads = workloads(1, "streamsPerDevice=2", "churn.threads=3");
        Set<Integer> all = new HashSet<>();
        for (int thread = 0; thread < 3; thread++) {
            ChurnSource churn = workloads.churn(0, thread);
            for (int i = 0; i < 5_000; i++) {
                churn.next();
                assertThat(churn.stream() / 2 % 3).isEqualTo(thread);
                all.add(churn.stream());
            }
        }

        assertThat(all).hasSize(8);
    }

    @Test
    void shouldSplitTheChurnRateAmongTheThreads() {
        Workloads workloads = workloads(1, "churn.threads=4", "churn.rate=4k/s", "churn.arrival=constant");
        ChurnSource churn = workloads.churn(0, 2);
        churn.next();
        churn.next();

        assertThat(churn.intendedNs()).isEqualTo(1_000_000);
    }

    @Test
    void shouldGiveEverySmmuAStormOfItsOwn() {
        Workloads workloads = workloads(1, "smmus=2");
        EventRecord one = new EventRecord();
        EventRecord other = new EventRecord();
        workloads.storm(0).next(one);
        workloads.storm(1).next(other);

        assertThat(one.intendedNs).isNotEqualTo(other.intendedNs);
    }

    @Test
    void shouldMixTheEventsByWeightAndStallOnlyWhatCanStall() {
        StormSource storm = workloads(1, "storm.stallShare=0.5").storm(0);
        Map<EventId, Integer> counts = new EnumMap<>(EventId.class);
        int stalled = 0;
        EventRecord event = new EventRecord();
        for (int i = 0; i < EVENTS; i++) {
            storm.next(event);
            EventId id = EventId.of(EventRecordLayout.id(event.word0));
            counts.merge(id, 1, Integer::sum);
            if (EventRecordLayout.stall(event.word1)) {
                stalled++;
                assertThat(id.canStall()).isTrue();
            }
        }

        assertThat(counts.keySet()).containsExactlyInAnyOrder(
            EventId.F_TRANSLATION, EventId.F_PERMISSION, EventId.F_ACCESS, EventId.C_BAD_CD,
            EventId.F_TRANSL_FORBIDDEN);
        // Five standard deviations around 85 % and, of those that can stall (97 %), one half.
        assertThat(counts.get(EventId.F_TRANSLATION)).isBetween(16_748, 17_252);
        assertThat(stalled).isBetween(9_347, 10_053);
    }

    @Test
    void shouldSkewTheStreamsAsAsked() {
        assertThat(shareOfFirst("storm.skew=uniform")).isBetween(0.11, 0.14);
        assertThat(shareOfFirst("storm.skew=hot", "storm.hotShare=0.9")).isBetween(0.88, 0.92);
        assertThat(shareOfFirst("storm.skew=hot", "storm.hotShare=1")).isEqualTo(1);
        assertThat(shareOfFirst("storm.skew=zipf", "storm.zipfExponent=0")).isBetween(0.11, 0.14);
        assertThat(shareOfFirst("storm.skew=zipf", "storm.zipfExponent=1")).isBetween(0.35, 0.39);
    }

    private static double shareOfFirst(String... overrides) {
        Scenario scenario = Setups.scenario(overrides);
        StreamPlan streams = StreamPlan.of(scenario, null);
        StormSource storm = new Workloads(scenario, null, streams, 1).storm(0);
        EventRecord event = new EventRecord();
        int first = 0;
        for (int i = 0; i < EVENTS; i++) {
            storm.next(event);
            int streamId = EventRecordLayout.streamId(event.word0);
            assertThat(Arrays.stream(streams.streamIds())).contains(streamId);
            first += streamId == streams.streamIds()[0] ? 1 : 0;
        }
        return (double) first / EVENTS;
    }

    private static Workloads workloads(int repeat, String... overrides) {
        Scenario scenario = Setups.scenario(overrides);
        return new Workloads(scenario, null, StreamPlan.of(scenario, null), repeat);
    }

    private static String digest(int repeat, String... overrides) {
        return workloads(repeat, overrides).digest(LOAD_NS);
    }
}
