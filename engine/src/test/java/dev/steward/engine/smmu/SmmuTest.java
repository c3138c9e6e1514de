package dev.steward.engine.smmu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.engine.iommufd.Errno;
import dev.steward.engine.iommufd.HostDevice;
import dev.steward.engine.stream.StreamIndex;
import dev.steward.engine.stream.StreamTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmmuTest {
    private final Machine machine = new Machine(StreamTable.twoLevel(16, 8, 2));
    private final Smmu smmu = machine.smmu;

    @AfterEach
    void close() {
        machine.close();
    }

    @Test
    void shouldKnowStreamsOfProbedDeviceOnly() {
        assertThat(smmu.probe(device(0x101, 0x1ff))).isZero();
        assertState(0x101, Attachment.NOT_ATTACHED);
        assertState(0x1ff, Attachment.NOT_ATTACHED);
        assertState(0x102, Attachment.UNKNOWN_STREAM);
        assertThat(machine.entry(0x101)).containsExactly(1, 0, 0, 0, 0, 0, 0, 0);
        assertThat(smmu.table().indexOf(0x201)).isEqualTo(StreamIndex.ABSENT);
    }

    @Test
    void shouldRefuseStreamOutsideTableAndChangeNothing() {
        assertThat(smmu.probe(device(0x101, 0x1_0000))).isEqualTo(-Errno.ERANGE);
        assertThat(smmu.probe(device(0xffff_ffff))).isEqualTo(-Errno.ERANGE);
        assertState(0x101, Attachment.UNKNOWN_STREAM);
        assertThat(smmu.table().indexOf(0x101)).isEqualTo(StreamIndex.ABSENT);
        assertThat(smmu.probe(device(0x101))).as("nobody owns it").isZero();
    }

    @Test
    void shouldRefuseStreamOfOtherDeviceAndChangeNothing() {
        smmu.probe(device(0x101));
        assertThat(smmu.probe(device(0x102, 0x101))).isEqualTo(-Errno.ENODEV);
        assertState(0x102, Attachment.UNKNOWN_STREAM);
        assertThat(smmu.probe(device(0x102))).as("nobody owns it").isZero();
    }

    @Test
    void shouldChangeNothingWhenTableHasNoRoomForBlock() {
        smmu.probe(device(0x101));
        assertThatThrownBy(() -> smmu.probe(device(0x102, 0x201, 0x301))).isInstanceOf(IllegalStateException.class);
        assertState(0x102, Attachment.UNKNOWN_STREAM);
        assertState(0x201, Attachment.UNKNOWN_STREAM);
        assertThat(smmu.probe(device(0x102, 0x201))).as("nobody owns them").isZero();
    }

    @Test
    void shouldTakeDuplicateStreamsOfOneDevice() {
        HostDevice device = device(0x101, 0x101);
        assertThat(smmu.probe(device)).isZero();
        assertState(0x101, Attachment.NOT_ATTACHED);
        smmu.release(device);
        assertState(0x101, Attachment.UNKNOWN_STREAM);
    }

    @Test
    void shouldForgetStreamsOfReleasedDeviceAndGiveThemToNext() {
        HostDevice device = device(0x101, 0x102);
        smmu.probe(device);
        smmu.release(device(0x101));
        assertState(0x101, Attachment.NOT_ATTACHED);
        smmu.release(device);
        assertState(0x101, Attachment.UNKNOWN_STREAM);
        assertState(0x102, Attachment.UNKNOWN_STREAM);
        assertThat(smmu.probe(device(0x102))).isZero();
    }

    @Test
    void shouldShowWhatItIsBuiltFrom() {
        assertThat(smmu.id()).isEqualTo(Machine.SMMU);
        assertThat(smmu.table()).isSameAs(machine.table);
        assertThat(smmu.eventQueue().sizeBytes()).isEqualTo(8 * 32);
        assertThat(smmu.guardStatistics().retries()).isOne();
        assertThat(smmu.attachStatistics()).isEqualTo(new AttachStatistics(0, 0, 0, 0));
    }

    @Test
    void shouldCloseGuardAndTable() {
        Machine other = new Machine();
        other.close();
        assertThat(other.guard.closed()).isTrue();
        assertThatThrownBy(() -> other.table.readWordAcquire(0, 0)).isInstanceOf(RuntimeException.class);
    }

    private void assertState(int streamId, long attachment) {
        assertThat(machine.guard.attachmentOf(streamId)).isEqualTo(attachment);
    }

    private static HostDevice device(int... streamIds) {
        return new HostDevice(1, Machine.SMMU, streamIds);
    }
}
