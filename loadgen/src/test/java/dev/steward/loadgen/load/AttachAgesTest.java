package dev.steward.loadgen.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.EventOutcome;
import dev.steward.engine.stream.StreamTable;
import dev.steward.loadgen.oracle.EventOracles;
import dev.steward.loadgen.oracle.VirtualIds;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.FakeClock;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.record.Window;
import dev.steward.results.Tags;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Drives the handler's oracles by hand beside an attach side whose commits are timed by a clock that moves when the
 * test says so: how long after an attach returned do events go by what it replaced? Stream 0 begins on vIOMMU 0;
 * vIOMMUs 0 and 2 belong to guest 0, 1 and 3 to guest 1.
 */
class AttachAgesTest {
    private static final int STREAM = 0;
    private static final String QUEUED = Tags.EVENT_AFTER + "w2";
    private static final String DETACHED = Tags.EVENT_AFTER + "w3";

    private final FakeClock clock = new FakeClock(5_000, 0);
    private final SmmuSetup setup = Setups.setup(Setups.scenario("guests=2", "churn.within=any"), clock);
    private final StreamTable table = setup.smmu().table();
    private final VirtualIds ids = new VirtualIds(8, 4);
    private final EventOracles oracles = setup.eventOracles();
    private final int streamId = StreamPlan.of(Setups.scenario(), null).streamIds()[STREAM];

    @BeforeEach
    void timeTheCommitsOfThisThread() {
        setup.churnProbe().enter(new ChurnRecord(new Recorders(new Window(0, 0, 1_000_000))));
    }

    @Test
    void shouldTimeTheBacklogFromTheReturnOfTheCommitAndNotFromTheEvent() {
        EventRecord first = caused();
        EventRecord second = caused();
        clock.advance(40_000);
        setup.device(STREAM).replaceByAnother(0);
        clock.advance(1_000);
        deliver(first, 1);
        clock.advance(29_000);
        deliver(second, 1);

        assertThat(ages()).containsOnlyKeys(QUEUED);
        Histogram queued = ages().get(QUEUED);
        assertThat(queued.getTotalCount()).isEqualTo(2);
        assertThat(queued.getMinValue()).isBetween(990L, 1_010L);
        assertThat(queued.getMaxValue()).isBetween(29_700L, 30_300L);
    }

    @Test
    void shouldTimeWhatTheDetachLost() {
        EventRecord event = caused();
        clock.advance(500);
        setup.device(STREAM).block();
        clock.advance(2_000);
        oracles.asking(event);
        oracles.done(event, EventOutcome.UNATTACHED);

        assertThat(ages()).containsOnlyKeys(DETACHED);
        assertThat(ages().get(DETACHED).getMaxValue()).isBetween(1_980L, 2_020L);
    }

    /** A deferred attach lets the handler go on with the old vIOMMU; so does a broken guard. */
    @Test
    void shouldTimeWhatReachesAVIommuThatWasReplaced() {
        clock.advance(10);
        setup.device(STREAM).replaceByAnother(0);
        clock.advance(7_000);
        deliver(caused(), 0);

        assertThat(ages()).containsOnlyKeys(Tags.EVENT_AFTER_REPLACED);
        assertThat(ages().get(Tags.EVENT_AFTER_REPLACED).getMaxValue()).isBetween(6_930L, 7_070L);
    }

    @Test
    void shouldGiveNoAgeToWhatWentRightOrWasDecidedBesideACommit() {
        EventRecord event = caused();
        clock.advance(100);
        deliver(caused(), 0);
        setup.device(STREAM).replaceByAnother(0);
        int position = table.indexOf(streamId);
        setup.churnProbe().committing(streamId, Attachment.of(id(1), ids.of(1, STREAM)));
        oracles.asking(event);
        oracles.done(event, EventOutcome.UNATTACHED);
        assertThat(event.position).isEqualTo(position);

        assertThat(ages()).isEmpty();
    }

    /** The first attach of a device is no commit of a load, and what was blocked before it is not its backlog. */
    @Test
    void shouldGiveNoAgeToWhatHappenedAfterTheAttach() {
        deliver(caused(), 1);
        setup.device(STREAM).replaceByAnother(0);
        clock.advance(100);
        EventRecord later = caused();
        oracles.asking(later);
        oracles.done(later, EventOutcome.UNATTACHED);

        assertThat(ages()).isEmpty();
    }

    @Test
    void shouldKeepTheAgesOfTheMeasuredWindowOnly() {
        oracles.measureIn(new Window(0, 20_000, 30_000));
        EventRecord before = caused();
        EventRecord in = caused();
        in.intendedNs = 25_000;
        clock.advance(100);
        setup.device(STREAM).replaceByAnother(0);
        deliver(before, 1);
        deliver(in, 1);

        assertThat(ages().get(QUEUED).getTotalCount()).isEqualTo(1);
    }

    private Map<String, Histogram> ages() {
        Window window = new Window(0, 0, 1_000_000);
        CellReport report = new CellReport(window, new Recorders(window));
        oracles.addTo(report);
        return report.histograms().stream().collect(Collectors.toMap(Histogram::getTag, values -> values));
    }

    private long serial;

    /** An event as the SMMU makes it now. */
    private EventRecord caused() {
        EventRecord event = new EventRecord();
        event.word0 = EventRecordLayout.withStreamId(0, streamId);
        event.position = table.indexOf(streamId);
        event.cause = table.readWordAcquire(streamId, 0);
        event.intendedNs = clock.nowNs();
        event.startNs = clock.nowNs();
        event.serial = serial++;
        return event;
    }

    private void deliver(EventRecord event, int viommu) {
        oracles.asking(event);
        oracles.inside(event, id(viommu), ids.of(viommu, STREAM));
        oracles.reported();
        oracles.done(event, EventOutcome.QUEUED);
    }

    private int id(int viommu) {
        return setup.viommus().get(viommu).viommu().id();
    }
}
