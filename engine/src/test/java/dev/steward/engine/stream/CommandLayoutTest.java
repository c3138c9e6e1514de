package dev.steward.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class CommandLayoutTest {
    private static final int SID = 0x100;

    @Test
    void shouldEncodeAtcInvalidation() {
        assertThat(CommandLayout.invalidateAtcWord0(SID)).isEqualTo(0x0000010000000040L);
        assertThat(CommandLayout.invalidateAtcWord1(0, 52)).isEqualTo(0x34);
        assertThat(CommandLayout.invalidateAtcWord1(0x1234_5000L, 3)).isEqualTo(0x1234_5003L);
        assertThatThrownBy(() -> CommandLayout.invalidateAtcWord1(0x800, 0))
            .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldPutAnotherStreamIntoACommandAndLeaveTheRest() {
        assertThat(CommandLayout.withStreamId(CommandLayout.OP_CFGI_CD, SID)).isEqualTo(0x0000010000000005L);
        assertThat(CommandLayout.withStreamId(CommandLayout.OP_CFGI_CD_ALL, SID)).isEqualTo(0x0000010000000006L);
        assertThat(CommandLayout.withStreamId(0x00000100_12345a40L, 0xffff_fffe)).isEqualTo(0xfffffffe_12345a40L);
        assertThat(CommandLayout.withStreamId(0xffffffff_ffffffffL, 0)).isEqualTo(0x00000000_ffffffffL);
    }

    @Test
    void shouldDecodeOpcodeAndTheWidestStreamId() {
        long word0 = CommandLayout.invalidateAtcWord0(0xffff_ffff);

        assertThat(word0).isEqualTo(0xffffffff00000040L);
        assertThat(CommandLayout.opcode(word0)).isEqualTo(CommandLayout.OP_ATC_INV);
        assertThat(CommandLayout.streamId(word0)).isEqualTo(0xffff_ffff);
    }
}
