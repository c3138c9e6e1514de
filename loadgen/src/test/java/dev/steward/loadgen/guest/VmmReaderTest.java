package dev.steward.loadgen.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.iommufd.VEvent;
import dev.steward.engine.iommufd.VEventLayout;
import dev.steward.engine.iommufd.VEventQueue;
import dev.steward.loadgen.load.Setups;
import dev.steward.loadgen.load.SmmuSetup;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.FakeClock;
import dev.steward.loadgen.record.IntervalRecorder;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.record.Threads;
import dev.steward.loadgen.record.Window;
import dev.steward.results.Tags;
import dev.steward.strategy.LockStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader is stopped before it runs: it then takes what is queued and ends, all on the thread of the test. */
class VmmReaderTest {
    private static final Window WINDOW = new Window(0, 1_000, 2_000);

    private final FakeClock clock = new FakeClock(1_500, 1);
    private final CellShared shared = CellShared.of(clock, Setups.scenario("veventq.depth=2"), 1);
    private final SmmuSetup setup = Setups.setup(shared, LockStrategy.MUTEX);
    private final VEventQueue queue = setup.veventqs().get(0);
    private final Recorders recorders = new Recorders(WINDOW);
    private final VmmQueues queues = new VmmQueues(clock);
    private final VmmReader vmm =
        new VmmReader(clock, WINDOW, recorders, queues, true, 1_000, 1);

    @Test
    void shouldCountAndTimeWhatItReads() {
        report(1_200);
        report(900);
        read();

        assertThat(vmm.delivered()).isEqualTo(2);
        assertThat(gaps()).isZero();
        assertThat(of(Tags.EVENT_READ).intervals()[0].getTotalCount()).isEqualTo(1);
        assertThat(of(Tags.EVENT_READ).intervals()[0].getMaxValue()).isBetween(300L, 310L);
        assertThat(of(Tags.EVENT_READ_RAW).intervals()[0].getMaxValue()).isBetween(200L, 210L);
    }

    @Test
    void shouldAccountForTheLossesOfAFullQueue() {
        for (int i = 0; i < 5; i++) {
            report(1_200);
        }
        read();

        assertThat(queue.lost()).isEqualTo(3);
        assertThat(vmm.delivered()).isEqualTo(2);
        assertThat(gaps()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void shouldCatchRecordsThatAnotherReaderTook(int taken) {
        for (int i = 0; i < 4; i++) {
            report(1_200);
        }
        // Two events and the marker are queued. A second reader takes the first, or all.
        queue.poll((flags, sequence, w0, w1, w2, w3, s0, s1) -> { }, taken);
        read();

        assertThat(gaps()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "1, 1"})
    void shouldCatchAQueueThatHoldsMoreThanItWasAskedTo(int asked, int violations) {
        VEventQueue other = setup.veventqs().get(1);
        VmmQueue watched = queues.add(other, asked, false);
        other.report(event(1_200));
        other.report(event(1_200));
        read();

        assertThat(watched.depth().violations()).isEqualTo(violations);
        assertThat(watched.depth().checks()).isPositive();
    }

    @Test
    void shouldEmptyEveryQueueBeforeItEnds() {
        VEventQueue other = setup.veventqs().get(1);
        queues.add(other, 2, false);
        report(1_200);
        report(1_200);
        other.report(event(1_200));
        read();

        assertThat(vmm.delivered()).isEqualTo(3);
        assertThat(queue.unread() + other.unread()).isZero();
    }

    @Test
    void shouldWakeUpWhenAnEventComesAndEndWhenStopped() {
        VmmQueues awake = new VmmQueues(clock);
        VmmReader sleeping = new VmmReader(
            Clock.SYSTEM, WINDOW, new Recorders(WINDOW), awake, true, 1_000_000_000, 1);
        awake.add(queue, 2, false);
        Threads threads = new Threads();
        Thread thread = threads.start("vmm", sleeping);
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        report(1_200);
        awake.wake(queue);
        while (queue.unread() > 0) {
            Thread.onSpinWait();
        }
        awake.stop();
        threads.join(thread);

        assertThat(sleeping.delivered()).isEqualTo(1);
    }

    @Test
    void shouldReadWhatIsLeftOfAQueueThatGoesAndNothingAfterwards() {
        VmmQueue going = queues.add(queue, 2, false);
        report(1_200);
        report(1_200);
        queues.remove(going);
        report(1_200);
        queues.stop();
        vmm.run();

        assertThat(vmm.delivered()).isEqualTo(2);
        assertThat(queue.unread()).isEqualTo(1);
        assertThat(of(Tags.EVENT_READ).intervals()[0].getTotalCount()).as("timed").isZero();
    }

    @Test
    void shouldAccountForTheLossesOfAQueueThatHasGone() {
        VmmQueue going = queues.add(queue, 2, false);
        for (int i = 0; i < 5; i++) {
            report(1_200);
        }
        // A second reader takes the events and the marker, so nothing shows the losses.
        queue.poll((flags, sequence, w0, w1, w2, w3, s0, s1) -> { }, 3);
        queues.remove(going);
        queues.stop();
        vmm.run();

        assertThat(gaps()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void shouldNotAccuseAQueueOfWhatCameBetweenTheLastReadAndItsDestroy(int late) {
        VmmQueue going = queues.add(queue, 2, false);
        report(1_200);
        queues.remove(going);
        for (int i = 0; i < late; i++) {
            report(1_200);
        }
        queue.close();
        assertThat(shared.vmm(0).context().destroy(queue.id())).isZero();
        queues.stop();
        vmm.run();

        assertThat(queue.discarded()).isEqualTo(Math.min(2, late));
        assertThat(gaps()).isZero();
    }

    @Test
    void shouldLeaveTheQueueOfAStuckVmmAloneUntilTheEnd() {
        VmmQueue stuck = queues.add(queue, 2, true);
        report(1_200);

        assertThat(stuck.readable()).isFalse();
        assertThat(stuck.poll(vmm, 1, false)).isFalse();
        queues.stop();
        vmm.run();
        assertThat(vmm.delivered()).isEqualTo(1);
        assertThat(of(Tags.EVENT_READ).intervals()[0].getTotalCount()).as("timed").isZero();
    }

    private long gaps() {
        return queues.all().stream().mapToLong(one -> one.gaps().violations()).sum();
    }

    private void report(long intendedNs) {
        queue.viommu().report(VEventLayout.TYPE_ARM_SMMUV3, event(intendedNs));
    }

    private void read() {
        queues.add(queue, 2, false);
        queues.stop();
        vmm.run();
    }

    private IntervalRecorder of(String tag) {
        return recorders.all().stream().filter(recorder -> recorder.tag().equals(tag)).findFirst().orElseThrow();
    }

    private static VEvent event(long intendedNs) {
        VEvent event = new VEvent();
        event.stamp0 = intendedNs;
        event.stamp1 = intendedNs + 100;
        return event;
    }
}
