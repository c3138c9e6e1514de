package dev.steward.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class CommandLayoutTest {
    private static final int SID = 0x100;

    @Test
    void shouldEncodeCfgiSte() {
        assertThat(CommandLayout.invalidateEntryWord0(SID)).isEqualTo(0x0000010000000003L);
        assertThat(CommandLayout.invalidateEntryWord1(true)).isEqualTo(1);
        assertThat(CommandLayout.invalidateEntryWord1(false)).isZero();
    }

    @Test
    void shouldEncodeCfgiAll() {
        assertThat(CommandLayout.invalidateAllWord0()).isEqualTo(0x04);
        assertThat(CommandLayout.invalidateAllWord1()).isEqualTo(0x1f);
    }

    @Test
    void shouldEncodeResume() {
        assertThat(CommandLayout.resumeWord0(SID, CommandLayout.RESUME_0_RESPONSE_RETRY))
            .isEqualTo(0x0000010000001044L);
        assertThat(CommandLayout.resumeWord0(SID, CommandLayout.RESUME_0_RESPONSE_ABORT))
            .isEqualTo(0x0000010000002044L);
        assertThat(CommandLayout.resumeWord0(SID, CommandLayout.RESUME_0_RESPONSE_TERMINATE))
            .isEqualTo(0x0000010000000044L);
        assertThat(CommandLayout.resumeWord1(7)).isEqualTo(7);
    }

    @Test
    void shouldRefuseAStallTagOf17Bits() {
        assertThat(CommandLayout.resumeWord1(0xffff)).isEqualTo(0xffff);
        assertThatThrownBy(() -> CommandLayout.resumeWord1(0x1_0000)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldEncodePrefetchAndSync() {
        assertThat(CommandLayout.prefetchConfigWord0(SID)).isEqualTo(0x0000010000000001L);
        assertThat(CommandLayout.syncWord0(CommandLayout.SYNC_0_SIGNAL_EVENT)).isEqualTo(0x2046);
        assertThat(CommandLayout.syncWord0(CommandLayout.SYNC_0_SIGNAL_NONE)).isEqualTo(0x46);
    }

    @Test
    void shouldEncodeAtcInvalidation() {
        assertThat(CommandLayout.invalidateAtcWord0(SID)).isEqualTo(0x0000010000000040L);
        assertThat(CommandLayout.invalidateAtcWord1(0, CommandLayout.ATC_1_SIZE_ALL)).isEqualTo(0x34);
        assertThat(CommandLayout.invalidateAtcWord1(0x1234_5000L, 3)).isEqualTo(0x1234_5003L);
        assertThatThrownBy(() -> CommandLayout.invalidateAtcWord1(0x800, 0))
            .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldPutAnotherStreamIntoACommandAndLeaveTheRest() {
        assertThat(CommandLayout.invalidateContextWord0(SID)).isEqualTo(0x0000010000000005L);
        assertThat(CommandLayout.invalidateContextsWord0(SID)).isEqualTo(0x0000010000000006L);
        assertThat(CommandLayout.withStreamId(0x00000100_12345a40L, 0xffff_fffe)).isEqualTo(0xfffffffe_12345a40L);
        assertThat(CommandLayout.withStreamId(0xffffffff_ffffffffL, 0)).isEqualTo(0x00000000_ffffffffL);
    }

    @Test
    void shouldDecodeOpcodeAndTheWidestStreamId() {
        long word0 = CommandLayout.invalidateEntryWord0(0xffff_ffff);

        assertThat(word0).isEqualTo(0xffffffff00000003L);
        assertThat(CommandLayout.opcode(word0)).isEqualTo(CommandLayout.OP_CFGI_STE);
        assertThat(CommandLayout.streamId(word0)).isEqualTo(0xffff_ffff);
    }
}
