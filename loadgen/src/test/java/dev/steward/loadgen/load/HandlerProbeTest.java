package dev.steward.loadgen.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.engine.smmu.EventOutcome;
import dev.steward.engine.smmu.ResumeListener;
import dev.steward.loadgen.guest.Delay;
import dev.steward.loadgen.oracle.EventOracles;
import dev.steward.loadgen.oracle.StalledTransactions;
import dev.steward.loadgen.oracle.VirtualIds;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.FakeClock;
import dev.steward.loadgen.record.IntervalRecorder;
import dev.steward.loadgen.record.Oracle;
import dev.steward.loadgen.record.OracleCount;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.record.Window;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.results.CellRecord;
import dev.steward.results.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The clock of most tests stands still between the steps, so that every stage has a known length. */
class HandlerProbeTest {
    private static final Window WINDOW = new Window(0, 1_000_000, 2_000_000);
    private static final List<String> STAGES = List.of(
        Tags.STAGE_RING, Tags.STAGE_DECODE, Tags.STAGE_WAIT, Tags.STAGE_LOOK_UP, Tags.STAGE_SECTION,
        Tags.STAGE_ENQUEUE, Tags.STAGE_UNLOCK);

    private final FakeClock clock = new FakeClock(1_500_000, 0);
    private final Recorders recorders = new Recorders(WINDOW);
    private final Scenario scenario = Setups.scenario();
    private final SmmuSetup setup = Setups.setup(scenario, clock);
    private final int streamId = StreamPlan.of(scenario, null).streamIds()[0];
    private final int viommuId = setup.veventqs().get(0).viommu().id();
    private final int virtualStreamId = new VirtualIds(8, 4).of(0, 0);
    private final StalledTransactions stalled = new StalledTransactions(clock, 4, ResumeListener.NONE);
    private long serial;

    @Test
    void shouldTimeEveryStageOfASampledEvent() {
        pass(probe(0, 1, true), 1_499_000, 1_499_500, EventOutcome.QUEUED);

        assertThat(maxima()).containsEntry(Tags.EVENT_ENQUEUE_AWAKE, 560L).hasSize(11).containsAllEntriesOf(Map.of(
            Tags.EVENT_ENQUEUE, 1_060L, Tags.EVENT_ENQUEUE_RAW, 560L,
            Tags.STAGE_RING, 500L, Tags.STAGE_DECODE, 10L, Tags.STAGE_WAIT, 15L, Tags.STAGE_LOOK_UP, 5L,
            Tags.STAGE_SECTION, 0L, Tags.STAGE_ENQUEUE, 30L, Tags.STAGE_WAKE, 8L,
            Tags.STAGE_UNLOCK, 40L));
        assertThat(count(Tags.STAGE_SECTION)).isEqualTo(1);
    }

    @Test
    void shouldNotCountTheWakeUpOfItsHandlerInAnEventThatCameBefore() {
        HandlerProbe probe = probe(0, 1, true);
        clock.advance(-200);
        probe.woke();
        clock.advance(200);

        pass(probe, 1_499_000, 1_499_500, EventOutcome.QUEUED);
        assertThat(maxima()).as("queued while the handler slept: 200 and 60 ns in its hands")
            .containsEntry(Tags.EVENT_ENQUEUE_RAW, 560L).containsEntry(Tags.EVENT_ENQUEUE_AWAKE, 260L);

        pass(probe, 1_499_000, 1_499_900, EventOutcome.QUEUED);
        assertThat(maxima()).as("the second came later: 160 ns, the smaller of the two")
            .containsEntry(Tags.EVENT_ENQUEUE_AWAKE, 260L);
        assertThat(recorders.sum(Tags.EVENT_ENQUEUE_AWAKE).getMinNonZeroValue()).isEqualTo(160);
    }

    @Test
    void shouldHaveNoRingStageOnThePathWithoutARing() {
        pass(probe(0, 1, false), 1_400_000, 1_450_000, EventOutcome.QUEUED);

        assertThat(count(Tags.STAGE_RING)).isZero();
        assertThat(count(Tags.STAGE_WAIT)).isEqualTo(1);
    }

    @Test
    void shouldSampleTheFirstEventAndThenOneInSoMany() {
        HandlerProbe probe = probe(0, 4, true);
        for (int i = 0; i < 9; i++) {
            pass(probe, 1_400_000, 1_450_000, EventOutcome.QUEUED);
        }

        // The extra clock reads of a sampled event would be in its latency.
        assertThat(count(Tags.EVENT_ENQUEUE)).isEqualTo(6);
        assertThat(STAGES).allSatisfy(stage -> assertThat(count(stage)).isEqualTo(3));
    }

    @ParameterizedTest
    @EnumSource(value = EventOutcome.class, names = "QUEUED", mode = EnumSource.Mode.EXCLUDE)
    void shouldNotTimeAnEventThatWasNotQueued(EventOutcome outcome) {
        pass(probe(0, 1, true), 1_400_000, 1_450_000, outcome);

        assertThat(maxima()).isEmpty();
    }

    @Test
    void shouldNotTimeAnEventThatWasDueOutsideTheWindow() {
        HandlerProbe probe = probe(0, 1, true);
        pass(probe, 999_999, 1_450_000, EventOutcome.QUEUED);
        pass(probe, 2_000_000, 2_000_000, EventOutcome.QUEUED);

        assertThat(maxima()).isEmpty();
    }

    /** A strategy of an older jar, also after one event in which the guard had told. */
    @Test
    void shouldCallAllOfTheWayInWaitingWhenTheGuardDoesNotTell() {
        HandlerProbe probe = probe(0, 1, true);
        pass(probe, 1_499_000, 1_499_500, EventOutcome.UNATTACHED);
        EventRecord event = event(1_499_000, 1_499_500);
        probe.taken(event);
        probe.asking(event);
        clock.advance(20);
        probe.inside(event, viommuId, virtualStreamId);
        probe.reported(event);
        probe.done(event, EventOutcome.QUEUED);

        assertThat(maxima()).containsEntry(Tags.STAGE_WAIT, 20L).containsEntry(Tags.STAGE_LOOK_UP, 0L);
    }

    @Test
    void shouldStayInTheSectionAsLongAsAsked() {
        FakeClock ticking = new FakeClock(1_500_000, 10);
        EventOracles oracles = setup.eventOracles();
        HandlerProbe probe = new HandlerProbe(
            ticking, WINDOW, recorders, oracles, setup.newGuestFigures(WINDOW), stalled,
            setup.printBudget(), settings(ticking, 5_000, 0, 1, true));
        EventRecord event = event(1_400_000, 1_450_000);
        probe.taken(event);
        probe.asking(event);
        probe.inside(event, viommuId, virtualStreamId);
        probe.reported(event);
        probe.done(event, EventOutcome.QUEUED);

        assertThat(maxima().get(Tags.STAGE_SECTION)).isBetween(5_000L, 5_050L);
        assertThat(maxima().get(Tags.STAGE_ENQUEUE)).isLessThanOrEqualTo(10);
    }

    @Test
    void shouldLetTheOraclesLookAtEveryEvent() {
        HandlerProbe probe = probe(0, 1_000, true);
        for (int i = 0; i < 3; i++) {
            pass(probe, 1_400_000, 1_450_000, EventOutcome.QUEUED);
        }

        assertThat(setup.eventOracles().counts()).allSatisfy(oracle -> {
            assertThat(oracle.checks()).isEqualTo(oracle.oracle() == Oracle.DESTROYED_VIOMMU ? 0 : 3);
            assertThat(oracle.violations()).isZero();
        });
    }

    @Test
    void shouldLetTheOraclesLookAtAStalledFaultAndNotTimeIt() {
        FakeClock ticking = new FakeClock(1_500_000, 10);
        HandlerProbe probe = new HandlerProbe(
            ticking, WINDOW, recorders, setup.eventOracles(), setup.newGuestFigures(WINDOW), stalled,
            setup.printBudget(), settings(ticking, 5_000, 0, 1, true));
        for (EventOutcome outcome : List.of(EventOutcome.STALL_QUEUED, EventOutcome.STALL_ABORTED)) {
            EventRecord event = stall();
            probe.taken(event);
            probe.asking(event);
            probe.insideStall(event);
            probe.reported(event);
            probe.done(event, outcome);
        }

        assertThat(maxima()).isEmpty();
        assertThat(ticking.nowNs()).as("no time in the modelled section").isLessThan(1_505_000);
        assertThat(setup.eventOracles().counts()).allSatisfy(oracle -> {
            assertThat(oracle.checks()).isEqualTo(oracle.oracle() == Oracle.STREAM_ORDER ? 2 : 0);
            assertThat(oracle.violations()).isZero();
        });
        assertThat(stalled.resumedOnce(0).violations()).as("both wait for their RESUME").isEqualTo(2);
    }

    @Test
    void shouldAccuseAStalledFaultThatMissedItsMaster() {
        HandlerProbe probe = probe(0, 1, true);
        EventRecord event = stall();
        probe.taken(event);
        probe.asking(event);
        probe.done(event, EventOutcome.UNKNOWN_STREAM);

        assertThat(setup.eventOracles().counts()).filteredOn(count -> count.violations() > 0)
            .extracting(OracleCount::oracle).containsExactly(Oracle.AFTER_ATTACH_RETURNED);
    }

    @Test
    void shouldGiveUpAStalledFaultThatTheDriverDoesNotAnswer() {
        EventRecord event = stall();
        HandlerProbe probe = probe(0, 1, true);
        probe.taken(event);
        probe.done(event, EventOutcome.NOT_FORWARDED);

        assertThat(stalled.resumedOnce(0).violations()).isZero();
    }

    @Test
    void shouldPrintWhatIsNotPassedOnOnceTheGuardHasBeenLeft() {
        FakeClock ticking = new FakeClock(1_500_000, 10);
        HandlerProbe probe = new HandlerProbe(
            ticking, WINDOW, recorders, setup.eventOracles(), setup.newGuestFigures(WINDOW), stalled,
            setup.printBudget(), settings(ticking, 0, 5_000, 1, true));
        CellReport report = new CellReport(WINDOW, recorders);

        assertThat(doneNs(ticking, probe, EventOutcome.QUEUED)).isLessThan(100);
        assertThat(doneNs(ticking, probe, EventOutcome.UNATTACHED)).isBetween(5_000L, 5_100L);
        probe.addTo(report);
        assertThat(report.prints()).isEqualTo(new CellRecord.Prints(1, 0, 0));
    }

    private long doneNs(FakeClock ticking, HandlerProbe probe, EventOutcome outcome) {
        EventRecord event = event(1_400_000, 1_450_000);
        probe.taken(event);
        probe.asking(event);
        probe.inside(event, viommuId, virtualStreamId);
        probe.reported(event);
        long beginNs = ticking.nowNs();
        probe.done(event, outcome);
        return ticking.nowNs() - beginNs;
    }

    private EventRecord stall() {
        EventRecord event = event(1_400_000, 1_450_000);
        event.word1 = EventRecordLayout.word1(
            0, true, false, false, true, false, EventRecordLayout.CLASS_INPUT_ADDRESS, false);
        assertThat(stalled.admit(event)).isTrue();
        return event;
    }

    private HandlerProbe probe(long sectionNs, int sampleEvery, boolean ring) {
        return new HandlerProbe(
            clock, WINDOW, recorders, setup.eventOracles(), setup.newGuestFigures(WINDOW), stalled,
            setup.printBudget(), settings(clock, sectionNs, 0, sampleEvery, ring));
    }

    private static HandlerProbe.Settings settings(
        FakeClock clock, long sectionNs, long printNs, int sampleEvery, boolean ring) {
        Scenario costs = Setups.scenario("section=" + sectionNs + "ns", "cost.print=" + printNs + "ns");
        return new HandlerProbe.Settings(
            Delay.of(clock, costs, ScenarioKey.SECTION, 1), Delay.of(clock, costs, ScenarioKey.COST_PRINT, 1),
            sampleEvery, ring);
    }

    /** 10 ns to the question, 15 until let in for good, 5 until inside, 30 for the enqueue, 40 to leave. */
    private void pass(HandlerProbe probe, long intendedNs, long startNs, EventOutcome outcome) {
        long begin = clock.nowNs();
        EventRecord event = event(intendedNs, startNs);
        probe.taken(event);
        clock.advance(10);
        probe.asking(event);
        clock.advance(3);
        probe.entered(event);
        clock.advance(12);
        probe.entered(event);
        clock.advance(5);
        probe.inside(event, viommuId, virtualStreamId);
        clock.advance(12);
        probe.waking(event);
        clock.advance(8);
        probe.woken(event);
        clock.advance(10);
        probe.reported(event);
        clock.advance(40);
        probe.done(event, outcome);
        clock.advance(begin - clock.nowNs());
    }

    private EventRecord event(long intendedNs, long startNs) {
        EventRecord event = new EventRecord();
        event.word0 = EventRecordLayout.withStreamId(0, streamId);
        event.position = setup.smmu().table().indexOf(streamId);
        event.serial = serial++;
        event.intendedNs = intendedNs;
        event.startNs = startNs;
        return event;
    }

    private Map<String, Long> maxima() {
        Map<String, Long> maxima = new HashMap<>();
        for (IntervalRecorder recorder : recorders.all()) {
            if (recorder.intervals()[0].getTotalCount() > 0) {
                long value = recorder.intervals()[0].getMaxValue();
                maxima.put(recorder.tag(), recorder.intervals()[0].lowestEquivalentValue(value));
            }
        }
        return maxima;
    }

    private long count(String tag) {
        return Stream.of(tag).flatMap(wanted -> recorders.all().stream().filter(r -> r.tag().equals(wanted)))
            .mapToLong(recorder -> recorder.intervals()[0].getTotalCount()).sum();
    }
}
