package dev.steward.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class L1DescriptorLayoutTest {
    private static final int SPLIT = 8;

    @Test
    void shouldEncodeTheL1DescriptorOfABlock() {
        long descriptor = L1DescriptorLayout.encode(0x8000_4000L, SPLIT);

        assertThat(descriptor).isEqualTo(0x0000000080004009L);
        assertThat(L1DescriptorLayout.isValid(descriptor)).isTrue();
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
}
