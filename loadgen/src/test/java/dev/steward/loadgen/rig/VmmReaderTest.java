package dev.steward.loadgen.rig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.iommufd.VEventLayout;
import dev.steward.engine.iommufd.VEventQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader is stopped before it runs: it then takes what is queued and ends, all on the thread of the test. */
class VmmReaderTest {
    private static final Window WINDOW = new Window(0, 1_000, 2_000);

    private final FakeClock clock = new FakeClock(1_500, 1);
    private final SmmuBed bed = Beds.bed(Beds.scenario("veventq.depth=2"), clock);
    private final VEventQueue queue = bed.veventqs().get(0);
    private final Recorders recorders = new Recorders(WINDOW);
    private final VmmReader vmm =
        new VmmReader(clock, WINDOW, recorders, new VmmReader.Wakeup(), true, 1_000, 1);

    @Test
    void shouldCountAndTimeWhatItReads() {
        report(1_200);
        report(900);
        read();

        assertThat(vmm.delivered()).isEqualTo(2);
        assertThat(vmm.gaps().violations()).isZero();
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
        assertThat(vmm.gaps().violations()).isZero();
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

        assertThat(vmm.gaps().violations()).isPositive();
    }

    @Test
    void shouldEmptyEveryQueueBeforeItEnds() {
        VEventQueue other = bed.veventqs().get(1);
        vmm.add(other);
        report(1_200);
        report(1_200);
        other.report(0, 0, 0, 0, 1_200, 1_300);
        read();

        assertThat(vmm.delivered()).isEqualTo(3);
        assertThat(queue.unread() + other.unread()).isZero();
    }

    @Test
    void shouldWakeUpWhenAnEventComesAndEndWhenStopped() {
        VmmReader.Wakeup wakeup = new VmmReader.Wakeup();
        VmmReader sleeping = new VmmReader(
            Clock.SYSTEM, WINDOW, new Recorders(WINDOW), wakeup, true, 1_000_000_000, 1);
        sleeping.add(queue);
        Threads threads = new Threads();
        Thread thread = threads.start("vmm", sleeping);
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        report(1_200);
        wakeup.wake(queue);
        while (queue.unread() > 0) {
            Thread.onSpinWait();
        }
        sleeping.stop();
        threads.join(thread);

        assertThat(sleeping.delivered()).isEqualTo(1);
    }

    private void report(long intendedNs) {
        queue.viommu().report(VEventLayout.TYPE_ARM_SMMUV3, 0, 0, 0, 0, intendedNs, intendedNs + 100);
    }

    private void read() {
        vmm.add(queue);
        vmm.stop();
        vmm.run();
    }

    private IntervalRecorder of(String tag) {
        return recorders.all().stream().filter(recorder -> recorder.tag().equals(tag)).findFirst().orElseThrow();
    }
}
