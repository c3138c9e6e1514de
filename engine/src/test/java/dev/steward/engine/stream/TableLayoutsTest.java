package dev.steward.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TableLayoutsTest {
    private static final int SPLIT = 8;

    @Test
    void shouldEncodeTheL1DescriptorOfABlock() {
        long descriptor = L1DescriptorLayout.encode(0x8000_4000L, SPLIT);

        assertThat(descriptor).isEqualTo(0x0000000080004009L);
        assertThat(L1DescriptorLayout.isValid(descriptor)).isTrue();
        assertThat(L1DescriptorLayout.span(descriptor)).isEqualTo(SPLIT + 1);
        assertThat(L1DescriptorLayout.blockAddress(descriptor)).isEqualTo(0x8000_4000L);
        assertThat(L1DescriptorLayout.isValid(L1DescriptorLayout.INVALID)).isFalse();
    }

    @Test
    void shouldRefuseABlockAddressThatIsNotAlignedToAnEntry() {
        assertThatThrownBy(() -> L1DescriptorLayout.encode(0x8000_4020L, SPLIT))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("0x80004020");
    }

    @Test
    void shouldFindPciDeviceByBusAndDevfn() {
        int bus = 1;
        int device = 1;
        int function = 0;
        int streamId = bus << 8 | device << 3 | function;

        assertThat(streamId).isEqualTo(0x0108);
        assertThat(L1DescriptorLayout.l1Index(streamId, SPLIT)).isEqualTo(1);
        assertThat(L1DescriptorLayout.l2Index(streamId, SPLIT)).isEqualTo(8);
    }

    @Test
    void shouldTreatAStreamIdAsUnsigned() {
        assertThat(L1DescriptorLayout.l1Index(0xffff_ffff, SPLIT)).isEqualTo(0xff_ffff);
        assertThat(L1DescriptorLayout.l2Index(0xffff_ffff, SPLIT)).isEqualTo(0xff);
    }

    @Test
    void shouldEncodeTheBaseConfigOfTwoLevels() {
        assertThat(StreamTableBaseLayout.twoLevelConfig(16, SPLIT)).isEqualTo(0x10210);
        assertThat(StreamTableBaseLayout.twoLevelConfig(25, SPLIT)).isEqualTo(0x10219);
    }

    @Test
    void shouldEncodeTheBaseConfigOfALinearTable() {
        assertThat(StreamTableBaseLayout.linearConfig(16)).isEqualTo(0x10);
    }

    @Test
    void shouldEncodeTheBaseWithItsHint() {
        assertThat(StreamTableBaseLayout.base(0x9000_0000L, true)).isEqualTo(0x4000000090000000L);
        assertThat(StreamTableBaseLayout.base(0x9000_0000L, false)).isEqualTo(0x90000000L);
        assertThatThrownBy(() -> StreamTableBaseLayout.base(1L << 52, false))
            .isInstanceOf(IllegalArgumentException.class);
    }
}
