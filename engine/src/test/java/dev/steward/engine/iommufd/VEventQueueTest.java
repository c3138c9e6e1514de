package dev.steward.engine.iommufd;

import static dev.steward.engine.iommufd.Records.LENGTH;
import static dev.steward.engine.iommufd.Records.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.api.Timeout;

/** Layouts, producer and read rules of the vEVENTQ, row by row. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VEventQueueTest {
    private final Machine machine = new Machine();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);

    @Test
    void shouldWriteFortyByteRecordsInUapiLayout() {
        VEventQueue queue = machine.veventq(4);
        report(queue, 0x100);
        report(queue, 0x200);

        assertThat(queue.read(buffer, 16, 4000, 0)).isEqualTo(80);

        assertThat(buffer.getInt(16)).isZero();
        assertThat(buffer.getInt(20)).isZero();
        for (int word = 0; word < 4; word++) {
            assertThat(buffer.getLong(24 + 8 * word, ByteOrder.LITTLE_ENDIAN)).isEqualTo(0x100 + word);
        }
        assertThat(buffer.getByte(24 + 1)).isEqualTo((byte) 1);
        assertThat(buffer.getInt(56)).isZero();
        assertThat(buffer.getInt(60)).isEqualTo(1);
        assertThat(buffer.getLong(64, ByteOrder.LITTLE_ENDIAN)).isEqualTo(0x200);
        assertThat(buffer.getLong(96)).as("nothing behind the last record").isZero();
        assertThat(buffer.getLong(8)).as("nothing before the first record").isZero();
    }

    @Test
    void shouldWriteTwentyFourByteRecordsForCommandQueueErrors() {
        VEventQueue queue = machine.context.allocateVeventq(
            machine.viommu.id(), VEventLayout.TYPE_TEGRA241_CMDQV, 2, 0, Waker.NONE);
        report(queue, 0x100);
        assertThat(queue.read(buffer, 0, 23, 0)).isZero();
        assertThat(queue.read(buffer, 0, 4096, 0)).isEqualTo(24);
        assertThat(buffer.getLong(16, ByteOrder.LITTLE_ENDIAN)).isEqualTo(0x101);
        assertThat(buffer.getLong(24)).isZero();
    }

    @Test
    void shouldDeliverStampsAndWordsByPollOnly() {
        VEventQueue queue = machine.veventq(4);
        report(queue, 0x100);
        List<Long> seen = new ArrayList<>();
        assertThat(queue.poll((flags, sequence, w0, w1, w2, w3, s0, s1) ->
            seen.addAll(List.of((long) flags, (long) sequence, w0, w1, w2, w3, s0, s1)), 9)).isEqualTo(1);
        assertThat(seen).containsExactly(0L, 0L, 0x100L, 0x101L, 0x102L, 0x103L, 0x104L, 0x105L);
        assertThat(queue.delivered()).isEqualTo(1);
    }

    @Test
    void shouldStopPollAtLimit() {
        VEventQueue queue = machine.veventq(4);
        report(queue, 1);
        report(queue, 2);
        assertThat(Records.poll(queue, 1)).containsExactly("0:1");
        assertThat(Records.poll(queue, 0)).isEmpty();
        assertThat(Records.poll(queue, 9)).containsExactly("1:2");
    }

    @Test
    void shouldAnswerNotSupportedWhenNoQueueOfTypeExists() {
        VEvent event = Records.event(1, 2, 3, 4, 5, 6);
        assertThat(machine.viommu.report(VEventLayout.TYPE_ARM_SMMUV3, event)).isEqualTo(-Errno.EOPNOTSUPP);
        machine.veventq(4);
        assertThat(machine.viommu.report(VEventLayout.TYPE_TEGRA241_CMDQV, event))
            .isEqualTo(-Errno.EOPNOTSUPP);
    }

    @Test
    void shouldPutMarkerWithSequenceOfLastLossWhenFull() {
        VEventQueue queue = machine.veventq(2);
        assertThat(report(queue, 1)).isEqualTo(VEventQueue.QUEUED);
        assertThat(report(queue, 2)).isEqualTo(VEventQueue.QUEUED);
        for (int i = 0; i < 1000; i++) {
            assertThat(report(queue, 3)).isEqualTo(VEventQueue.LOST);
        }
        assertThat(queue.unread()).isEqualTo(2);
        assertThat(Records.readAll(queue)).containsExactly("0:1", "1:2", "lost:1001");
        assertThat(Records.readAll(queue)).isEmpty();
        assertThat(queue.queued()).isEqualTo(2);
        assertThat(queue.lost()).isEqualTo(1000);
        assertThat(queue.delivered()).isEqualTo(2);
        assertThat(queue.unread()).isZero();
    }

    @Test
    void shouldRemoveMarkerWhenNormalEventFollowsSoThatOnlyGapTells() {
        VEventQueue queue = machine.veventq(2);
        report(queue, 1);
        report(queue, 2);
        report(queue, 3);
        assertThat(Records.read(queue, LENGTH)).containsExactly("0:1");
        report(queue, 4);
        assertThat(Records.readAll(queue)).containsExactly("1:2", "3:4");
        assertThat(VEventLayout.gapBetween(1, 3)).isEqualTo(1);
    }

    @Test
    void shouldMoveMarkerBehindNewerEventsWhenFullAgain() {
        VEventQueue queue = machine.veventq(2);
        report(queue, 1);
        report(queue, 2);
        report(queue, 3);
        Records.read(queue, LENGTH);
        report(queue, 4);
        report(queue, 5);
        assertThat(Records.readAll(queue)).containsExactly("1:2", "3:4", "lost:4");
    }

    @Test
    void shouldWrapSequenceAfterLargestInt() {
        VEventQueue queue = machine.veventq(3, VEventLayout.MAX_SEQUENCE - 1, Waker.NONE);
        for (int i = 1; i <= 5; i++) {
            report(queue, i);
        }
        assertThat(Records.readAll(queue)).containsExactly("2147483646:1", "2147483647:2", "0:3", "lost:2");
        assertThat(VEventLayout.gapBetween(VEventLayout.MAX_SEQUENCE, 0)).isZero();
        assertThat(VEventLayout.gapBetween(VEventLayout.MAX_SEQUENCE - 1, 1)).isEqualTo(2);
    }

    @Test
    void shouldWrapSequenceOfMarkerToo() {
        VEventQueue queue = machine.veventq(1, VEventLayout.MAX_SEQUENCE - 1, Waker.NONE);
        report(queue, 1);
        report(queue, 2);
        assertThat(Records.read(queue, LENGTH + 8)).containsExactly("2147483646:1", "lost:2147483647");
        report(queue, 3);
        report(queue, 4);
        assertThat(Records.readAll(queue)).containsExactly("0:3", "lost:1");
    }

    @Test
    void shouldRefuseOtherFilePosition() {
        VEventQueue queue = machine.veventq(1);
        report(queue, 1);
        assertThat(queue.read(buffer, 0, 4096, 1)).isEqualTo(-Errno.ESPIPE);
        assertThat(Records.readAll(queue)).containsExactly("0:1");
    }

    @Test
    void shouldReturnZeroAtOnceWhenEmpty() {
        assertThat(machine.veventq(1).read(buffer, 0, 4096, 0)).isZero();
    }

    @Test
    void shouldLookEmptyWhenBufferIsTooSmallForFirstRecord() {
        VEventQueue queue = machine.veventq(1);
        report(queue, 1);
        report(queue, 2);
        for (int length : new int[] {8, LENGTH - 1}) {
            assertThat(queue.read(buffer, 0, length, 0)).as("length %d", length).isZero();
            assertThat(queue.readable()).isTrue();
        }
        assertThat(queue.unread()).isEqualTo(1);
        assertThat(Records.readAll(queue)).as("marker still last").containsExactly("0:1", "lost:1");
    }

    @Test
    void shouldPutBackWhatDoesNotFitAndKeepOrder() {
        VEventQueue queue = machine.veventq(3);
        report(queue, 1);
        report(queue, 2);
        report(queue, 3);
        assertThat(Records.read(queue, 2 * LENGTH - 1)).containsExactly("0:1");
        assertThat(Records.read(queue, LENGTH + 7)).containsExactly("1:2");
        assertThat(Records.readAll(queue)).containsExactly("2:3");
    }

    @Test
    void shouldPutMarkerBackWhenLessThanItsHeaderIsLeft() {
        VEventQueue queue = machine.veventq(1);
        report(queue, 1);
        report(queue, 2);
        assertThat(Records.read(queue, LENGTH + 7)).containsExactly("0:1");
        assertThat(queue.readable()).isTrue();
        assertThat(Records.read(queue, 7)).isEmpty();
        assertThat(Records.read(queue, 8)).containsExactly("lost:1");
        assertThat(queue.readable()).isFalse();
    }

    @Test
    void shouldFaultWhenFirstCopyLeavesBufferAndKeepRecord() {
        VEventQueue queue = machine.veventq(2);
        report(queue, 1);
        UnsafeBuffer small = new UnsafeBuffer(new byte[LENGTH - 1]);
        assertThat(queue.read(small, 0, 4096, 0)).isEqualTo(-Errno.EFAULT);
        assertThat(queue.read(buffer, -1, 4096, 0)).isEqualTo(-Errno.EFAULT);
        assertThat(queue.unread()).isEqualTo(1);
        assertThat(Records.readAll(queue)).containsExactly("0:1");
    }

    @ParameterizedTest
    @EnumSource
    void shouldCountHeaderWithoutDataAndTakeAnyLengthBeforeV72(KernelVersion kernel) {
        boolean mended = kernel.compareTo(KernelVersion.V7_2) >= 0;
        VEventQueue queue = new Machine(kernel).veventq(2);
        report(queue, 1);
        UnsafeBuffer small = new UnsafeBuffer(new byte[LENGTH - 1]);
        assertThat(queue.read(small, 0, 4096, 0)).isEqualTo(mended ? -Errno.EFAULT : VEventLayout.HEADER_LENGTH);
        assertThat(queue.read(buffer, 0, VEventLayout.HEADER_LENGTH - 1, 0)).isEqualTo(mended ? -Errno.EINVAL : 0);
        assertThat(queue.read(buffer, 0, LENGTH - 1, 0)).as("room for a header").isZero();
        assertThat(Records.readAll(queue)).as("it comes again").containsExactly("0:1");
    }

    @Test
    void shouldReturnBytesDoneSoFarWhenLaterCopyFaults() {
        VEventQueue queue = machine.veventq(2);
        report(queue, 1);
        report(queue, 2);
        report(queue, 3);
        UnsafeBuffer small = new UnsafeBuffer(new byte[2 * LENGTH + 7]);
        assertThat(queue.read(small, 0, 4096, 0)).isEqualTo(2 * LENGTH);
        assertThat(queue.read(small, small.capacity() - 7, 4096, 0)).isEqualTo(-Errno.EFAULT);
        assertThat(Records.readAll(queue)).containsExactly("lost:2");
    }

    @Test
    void shouldKeepSlotOccupiedUntilCopyIsDone() {
        VEventQueue queue = machine.veventq(1);
        report(queue, 1);
        List<Integer> inside = new ArrayList<>();
        queue.poll((flags, sequence, w0, w1, w2, w3, s0, s1) -> {
            inside.add(queue.unread());
            inside.add(report(queue, 2));
        }, 1);
        assertThat(inside).containsExactly(1, VEventQueue.LOST);
        assertThat(queue.unread()).isZero();
        assertThat(Records.readAll(queue)).containsExactly("lost:1");
        assertThat(report(queue, 3)).isEqualTo(VEventQueue.QUEUED);
    }

    @Test
    void shouldPutRecordBackWhenHandlerThrows() {
        VEventQueue queue = machine.veventq(2);
        report(queue, 1);
        assertThatIllegalStateException().isThrownBy(() -> queue.poll((f, s, w0, w1, w2, w3, s0, s1) -> {
            throw new IllegalStateException("reader broke");
        }, 1));
        assertThat(queue.delivered()).isZero();
        assertThat(Records.readAll(queue)).containsExactly("0:1");
    }

    @Test
    void shouldDropMarkerOnPutBackWhenNewerEventsCarryTheGap() {
        VEventQueue queue = machine.veventq(1);
        report(queue, 1);
        report(queue, 2);
        Records.read(queue, LENGTH);
        assertThatIllegalStateException().isThrownBy(() -> queue.poll((f, s, w0, w1, w2, w3, s0, s1) -> {
            assertThat(f).isEqualTo(VEventLayout.FLAG_LOST_EVENTS);
            report(queue, 3);
            throw new IllegalStateException("reader broke");
        }, 1));
        assertThat(Records.readAll(queue)).containsExactly("2:3");
    }

    @Test
    void shouldRestoreMarkerOnPutBackWhenListIsEmpty() {
        VEventQueue queue = machine.veventq(1);
        report(queue, 1);
        report(queue, 2);
        Records.read(queue, LENGTH);
        assertThatIllegalStateException().isThrownBy(() -> queue.poll((f, s, w0, w1, w2, w3, s0, s1) -> {
            throw new IllegalStateException("reader broke");
        }, 1));
        assertThat(Records.readAll(queue)).containsExactly("lost:1");
    }

    @Test
    void shouldLetSecondReaderOvertakeAndStillPutBackInFront() {
        VEventQueue queue = machine.veventq(3);
        report(queue, 1);
        report(queue, 2);
        report(queue, 3);
        List<String> overtaken = new ArrayList<>();
        assertThatIllegalStateException().isThrownBy(() -> queue.poll((f, s, w0, w1, w2, w3, s0, s1) -> {
            overtaken.addAll(Records.read(queue, LENGTH));
            throw new IllegalStateException("reader broke");
        }, 1));
        assertThat(overtaken).containsExactly("1:2");
        report(queue, 4);
        report(queue, 5);
        assertThat(Records.readAll(queue)).containsExactly("0:1", "2:3", "3:4", "lost:4");
    }

    @Test
    void shouldWakeForEachElementAndForOneThatIsPutBackIntoAnEmptyList() {
        List<VEventQueue> woken = new ArrayList<>();
        VEventQueue queue = machine.veventq(2, 0, woken::add);
        report(queue, 1);
        assertThat(woken).containsExactly(queue);
        report(queue, 2);
        report(queue, 3);
        assertThat(woken).hasSize(3);
        Records.readAll(queue);
        report(queue, 4);
        assertThat(woken).hasSize(4);
        Records.read(queue, 8);
        assertThat(woken).as("put back into an empty list").hasSize(5);
    }

    @Test
    void shouldWakeForMarkerWhenOnlyRecordIsInTheHandOfReader() {
        List<VEventQueue> woken = new ArrayList<>();
        VEventQueue queue = machine.veventq(1, 0, woken::add);
        report(queue, 1);
        queue.poll((f, s, w0, w1, w2, w3, s0, s1) -> {
            assertThat(queue.readable()).isFalse();
            report(queue, 2);
            report(queue, 3);
        }, 1);
        assertThat(woken).hasSize(3);
        assertThat(queue.readable()).isTrue();
    }

    @Test
    void shouldRefuseDestroyUntilFileIsClosed() {
        VEventQueue queue = machine.veventq(2);
        report(queue, 1);
        assertThat(machine.context.destroy(queue.id())).isEqualTo(-Errno.EBUSY);
        queue.close();
        queue.close();
        assertThat(queue.read(buffer, 0, 4096, 0)).isEqualTo(-Errno.EBADF);
        assertThat(queue.poll((f, s, w0, w1, w2, w3, s0, s1) -> { }, 1)).isEqualTo(-Errno.EBADF);
        assertThat(report(queue, 2)).as("events still come in").isEqualTo(VEventQueue.QUEUED);

        assertThat(machine.context.destroy(queue.id())).isZero();

        assertThat(queue.discarded()).isEqualTo(2);
        assertThat(queue.unread()).isZero();
        assertThat(queue.queued()).isEqualTo(queue.delivered() + queue.discarded());
        assertThat(report(queue, 3)).isEqualTo(-Errno.EOPNOTSUPP);
        assertThat(queue.report(Records.event(3, 3, 3, 3, 3, 3))).isEqualTo(VIommu.USE_AFTER_DESTROY);
        assertThat(queue.queued()).isEqualTo(2);
        assertThat(queue.lost()).isZero();
        assertThat(machine.viommu.users()).isEqualTo(1);
        assertThat(machine.veventq(1).type()).isEqualTo(queue.type());
    }

    @Test
    void shouldKeepFileOpenUntilReaderInsideHasLeft() {
        VEventQueue queue = machine.veventq(2);
        report(queue, 1);
        queue.poll((f, s, w0, w1, w2, w3, s0, s1) -> {
            queue.close();
            assertThat(machine.context.destroy(queue.id())).isEqualTo(-Errno.EBUSY);
        }, 1);
        assertThat(machine.context.destroy(queue.id())).isZero();
    }
}
