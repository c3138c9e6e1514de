package dev.steward.loadgen.outlier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steward.results.OutlierRecord;
import dev.steward.results.OutlierRecord.OutlierSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Hand-made timelines: for every cause one that must be blamed on it, and one that must not. */
class OutliersTest {
    private static final long US = 1_000;
    private static final long MS = 1_000_000;
    private static final EventTrace.Usual USUAL = new EventTrace.Usual(20 * US, 10 * US, 100, 200, 300);
    private static final AttachTrace.Usual USUAL_ATTACH = new AttachTrace.Usual(20 * US, 4 * US, 3 * US, 15 * US);
    private static final Surroundings QUIET = beside(Spans.NONE, Spans.NONE, Spans.NONE, Spans.NONE);

    private long intended;
    private long start = 20 * US;
    private long free = -1;
    private long taken = start + 10 * US;
    private long asked = taken;
    private long inside = asked + 100;
    private long sectionEnd = inside + 200;
    private long reported = sectionEnd + 300;

    @Test
    void shouldHaveNoExcessWhenEveryStageTookWhatItUsuallyTakes() {
        assertThat(event(true, QUIET)).isEmpty();
    }

    @Test
    void shouldBlameTheLockForAWaitBehindACommit() {
        delayFromInside(5 * MS);
        Spans commit = Spans.of(asked - 50 * US, asked + 4 * MS);

        assertThat(event(true, beside(Spans.NONE, Spans.NONE, Spans.NONE, commit)))
            .isEqualTo(Map.of(Cause.LOCK, 4 * MS, Cause.GUARD, MS));
    }

    @Test
    void shouldBlameTheGracePeriodForAWaitBehindACommitThatWaitsForOne() {
        delayFromInside(5 * MS);
        Spans commit = Spans.of(asked - 50 * US, inside);
        Spans grace = Spans.of(asked, asked + 3 * MS);

        assertThat(event(true, beside(Spans.NONE, Spans.NONE, grace, commit)))
            .isEqualTo(Map.of(Cause.GRACE, 3 * MS, Cause.LOCK, 2 * MS));
    }

    @Test
    void shouldBlameTheGuardWhenNoCommitIsInTheWay() {
        delayFromInside(5 * MS);
        Spans commit = Spans.of(inside + 1, inside + MS);

        assertThat(event(true, beside(Spans.NONE, Spans.NONE, Spans.NONE, commit)))
            .isEqualTo(Map.of(Cause.GUARD, 5 * MS));
    }

    @Test
    void shouldBlameAPauseBeforeTheMachineAndTheMachineBeforeTheLock() {
        delayFromInside(5 * MS);
        Spans pause = Spans.of(asked + MS, asked + 3 * MS);
        Spans stall = Spans.of(asked + 2 * MS, asked + 4 * MS);
        Spans commit = Spans.of(asked, inside);

        assertThat(event(true, beside(pause, stall, Spans.NONE, commit)))
            .isEqualTo(Map.of(Cause.JVM_PAUSE, 2 * MS, Cause.MACHINE, MS, Cause.LOCK, 2 * MS));
    }

    @Test
    void shouldNotBlameAPauseForMoreThanTheExcess() {
        delayFromInside(MS);
        Spans pause = Spans.of(intended - MS, reported + MS);

        assertThat(event(true, beside(pause, Spans.NONE, Spans.NONE, Spans.NONE)))
            .isEqualTo(Map.of(Cause.JVM_PAUSE, MS));
    }

    @Test
    void shouldBlameTheGeneratorWhenItCameLateByItself() {
        delayFromStart(3 * MS);

        assertThat(event(true, QUIET)).isEqualTo(Map.of(Cause.GENERATOR, 3 * MS));
        assertThat(event(false, QUIET)).isEqualTo(Map.of(
            Cause.GENERATOR, 3 * MS, Cause.UNEXPLAINED, 10 * US));
    }

    @Test
    void shouldBlameTheMachineWhenTheGeneratorCameLateInAHiccup() {
        delayFromStart(3 * MS);
        Spans stall = Spans.of(start - 2 * MS, start + MS);

        assertThat(event(true, beside(Spans.NONE, stall, Spans.NONE, Spans.NONE)))
            .isEqualTo(Map.of(Cause.MACHINE, 2 * MS, Cause.GENERATOR, MS));
    }

    @Test
    void shouldBlameTheEventsBeforeWhenTheHandlerWasBusyOnThePathWithoutARing() {
        delayFromStart(3 * MS);
        taken = start;
        free = start - 500;

        assertThat(event(false, QUIET).get(Cause.QUEUEING)).isEqualTo(3 * MS + 20 * US - 500);
    }

    @Test
    void shouldBlameTheEventsBeforeWhenTheHandlerWasBusyOnTheRing() {
        delayFromTaken(3 * MS);
        free = start + 2 * MS;

        // Awake, it need not be woken: what it takes from then on has no recorded cause.
        assertThat(event(true, QUIET)).isEqualTo(Map.of(Cause.QUEUEING, 2 * MS, Cause.UNEXPLAINED, MS));
    }

    @Test
    void shouldBlameTheWakeUpWhenTheHandlerSlept() {
        delayFromTaken(3 * MS);

        assertThat(event(true, QUIET)).isEqualTo(Map.of(Cause.WAKE_UP, 3 * MS));
    }

    @Test
    void shouldBlameTheEnqueue() {
        reported += MS;

        assertThat(event(true, QUIET)).isEqualTo(Map.of(Cause.ENQUEUE, MS));
    }

    @Test
    void shouldLeaveUnexplainedWhatHasNoRecordedCause() {
        sectionEnd += MS;
        reported += MS;

        assertThat(event(true, beside(Spans.of(0, 5), Spans.of(reported, reported + MS), Spans.NONE,
            Spans.of(inside, sectionEnd)))).isEqualTo(Map.of(Cause.UNEXPLAINED, MS));
    }

    @Test
    void shouldTellCommitGracePeriodAndObjectsOfAnAttachApart() {
        // Started at 20 us; commit from 30 us with 2 ms of its own and a grace period of 3 ms; objects 1 ms.
        long begin = 30 * US;
        long[] row = {0, -1, 20 * US, begin, begin + 5 * MS, begin + MS, begin + 4 * MS, begin + 6 * MS};

        assertThat(blamed(AttachTrace.timeline(6 * MS, row, USUAL_ATTACH, QUIET))).isEqualTo(Map.of(
            Cause.COMMIT, 2 * MS - US, Cause.GRACE, 3 * MS - 3 * US, Cause.OBJECTS, MS + 10 * US - 11 * US));
    }

    @Test
    void shouldBlameTheOperationBeforeAndAPauseForALateAttach() {
        long[] row = {0, 2 * MS, 3 * MS, 0, 0, 0, 0, 3 * MS + 11 * US};
        Surroundings beside = beside(Spans.of(MS, 2 * MS), Spans.NONE, Spans.NONE, Spans.NONE);

        assertThat(blamed(AttachTrace.timeline(3 * MS, row, USUAL_ATTACH, beside))).isEqualTo(Map.of(
            Cause.QUEUEING, MS, Cause.JVM_PAUSE, MS, Cause.GENERATOR, MS - 20 * US));
    }

    @Test
    void shouldAttributeTheSlowestPercentWithinItsBounds() {
        assertThat(Outliers.outliersAmong(0)).isZero();
        assertThat(Outliers.outliersAmong(9)).isZero();
        assertThat(Outliers.outliersAmong(100)).isEqualTo(10);
        assertThat(Outliers.outliersAmong(1_000)).isEqualTo(16);
        assertThat(Outliers.outliersAmong(5_001)).isEqualTo(51);
        assertThat(Outliers.outliersAmong(1_000_000)).isEqualTo(256);
    }

    @Test
    void shouldAddUpTheSlowestOfAllHandlersByExcess() {
        Slowest first = new Slowest(256, EventTrace.WIDTH);
        Slowest second = new Slowest(256, EventTrace.WIDTH);
        for (int i = 0; i < 150; i++) {
            keep(first);
        }
        delayFromTaken(3 * MS);
        for (int i = 0; i < 15; i++) {
            keep(first);
        }
        delayFromInside(9 * MS);
        keep(second);
        OutlierSet set = Outliers.events(
            List.of(new Outliers.OfThread(first, QUIET), new Outliers.OfThread(second, QUIET)), true, USUAL);

        assertThat(set.count()).isEqualTo(16);
        assertThat(set.sampledOf()).isEqualTo(166);
        assertThat(set.thresholdNs()).isEqualTo(3 * MS + 30 * US + 600);
        assertThat(set.excessNs()).isEqualTo(16 * 3 * MS + 9 * MS);
        assertThat(set.causes()).filteredOn(cause -> cause.cause().equals("wake-up")).singleElement().satisfies(
            cause -> {
                assertThat(cause.share()).isCloseTo(48.0 / 57, within(1e-9));
                assertThat(cause.dominant()).isEqualTo(15);
            });
        assertThat(set.causes()).filteredOn(cause -> cause.cause().equals("guard")).singleElement().satisfies(
            cause -> assertThat(cause.dominant()).isEqualTo(1));
        assertThat(set.causes().stream().mapToDouble(OutlierRecord.CauseShare::share).sum()).isCloseTo(1, within(1e-9));
        assertThat(set.causes().stream().mapToInt(OutlierRecord.CauseShare::dominant).sum()).isEqualTo(16);
    }

    @Test
    void shouldSayNothingWithoutSamples() {
        OutlierSet set = Outliers.attaches(List.of(), USUAL_ATTACH);

        assertThat(set.count()).isZero();
        assertThat(set.causes()).isNotEmpty()
            .allSatisfy(cause -> assertThat(cause.share() + cause.dominant()).isZero());
    }

    @Test
    void shouldListEveryCauseThatAnAttributionCanName() {
        List<String> listed = new java.util.ArrayList<>();
        Outliers.events(List.of(), true, USUAL).causes().forEach(cause -> listed.add(cause.cause()));
        Outliers.attaches(List.of(), USUAL_ATTACH).causes().forEach(cause -> listed.add(cause.cause()));

        assertThat(Cause.values()).allSatisfy(cause -> assertThat(listed).contains(cause.label()));
    }

    private void delayFromStart(long ns) {
        start += ns;
        delayFromTaken(ns);
    }

    private void delayFromTaken(long ns) {
        taken += ns;
        asked += ns;
        delayFromInside(ns);
    }

    private void delayFromInside(long ns) {
        inside += ns;
        sectionEnd += ns;
        reported += ns;
    }

    private long[] row() {
        return new long[] {intended, start, free, taken, asked, inside, sectionEnd, reported};
    }

    private void keep(Slowest slowest) {
        int row = slowest.offer(reported - intended);
        for (int column = 0; column < EventTrace.WIDTH && row != Slowest.REJECTED; column++) {
            slowest.set(row, column, row()[column]);
        }
    }

    private Map<Cause, Long> event(boolean ring, Surroundings beside) {
        return blamed(EventTrace.timeline(reported - intended, row(), ring, USUAL, beside));
    }

    private static Map<Cause, Long> blamed(Timeline timeline) {
        long[] blamed = timeline.blame();
        Map<Cause, Long> byCause = new HashMap<>();
        for (Cause cause : Cause.values()) {
            if (blamed[cause.ordinal()] != 0) {
                byCause.put(cause, blamed[cause.ordinal()]);
            }
        }
        return byCause;
    }

    private static Surroundings beside(Spans pauses, Spans machine, Spans graces, Spans commits) {
        return new Surroundings(pauses, machine, graces, commits);
    }
}
