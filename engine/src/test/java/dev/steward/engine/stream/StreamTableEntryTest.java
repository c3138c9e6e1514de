package dev.steward.engine.stream;

import static dev.steward.engine.stream.Entries.GUEST;
import static dev.steward.engine.stream.Entries.PARENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class StreamTableEntryTest {
    @Test
    void shouldBuildAbort() {
        assertWords(StreamTableEntry.abort(), 1L, 0L, 0L, 0L);
    }

    @Test
    void shouldBuildBypass() {
        assertWords(Entries.bypass(), 0x9L, 0x0000100000000000L, 0L, 0L);
    }

    @Test
    void shouldBuildStage2() {
        assertWords(StreamTableEntry.stage2(PARENT, false),
            0xdL, 0x0000100002000000L, 0x044d359800000005L, 0x900000000L);
        assertThat(StreamTableEntry.stage2(PARENT, true).word(1)).isEqualTo(0x0000100012000000L);
    }

    @Test
    void shouldBuildStallingStage2WithoutAts() {
        assertThat(StreamTableEntry.stage2(Entries.stallingStage2(5), false).word(2)).isEqualTo(0x064d359800000005L);
        assertThatThrownBy(() -> StreamTableEntry.stage2(Entries.stallingStage2(5), true))
            .isInstanceOf(IllegalArgumentException.class).hasMessage("an STE with S2S = 1 and full ATS is bad");
    }

    @Test
    void shouldBuildStage1() {
        Stage1Configuration stage1 = new Stage1Configuration(
            Entries.CD_TABLE, 10, StreamTableEntryLayout.STE_0_S1FMT_64K_L2,
            StreamTableEntryLayout.STE_1_S1DSS_SSID0, true, true);

        assertWords(Entries.stage1(stage1, true), 0x500000081234002bL, 0x00000000980000d6L, 0L, 0L);
    }

    @Test
    void shouldUseIncomingAttributesWhereTrafficBypassesStage1() {
        StreamTableEntry entry = Entries.stage1(
            Entries.stage1(StreamTableEntryLayout.STE_1_S1DSS_BYPASS, false), false);

        assertThat(entry.word(1)).isEqualTo(0x00001000000000d5L);
    }

    @Test
    void shouldBuildNestedFromParentAndGuest() {
        assertWords(StreamTableEntry.nested(PARENT, GUEST, false),
            0x500000081234000fL, 0x00001000020800d6L, 0x044d359800000005L, 0x900000000L);
    }

    @Test
    void shouldLetTheHostDecideAboutAtsOfNested() {
        GuestStreamTableEntry asking = GuestStreamTableEntry.of(GUEST.word0(), GUEST.word1() | 0x10000000L);

        assertThat(asking.enableAts()).isTrue();
        assertThat(StreamTableEntry.nested(PARENT, asking, false)).isEqualTo(
            StreamTableEntry.nested(PARENT, GUEST, false));
        assertThat(StreamTableEntry.nested(PARENT, asking, true).word(1)).isEqualTo(0x00001000120800d6L);
    }

    @Test
    void shouldInstallAbortWhenTheGuestHasNoValidEntry() {
        assertThat(StreamTableEntry.nested(PARENT, GuestStreamTableEntry.of(0, 0), true))
            .isEqualTo(StreamTableEntry.abort());
    }

    @Test
    void shouldInstallAbortWhenTheGuestAborts() {
        assertThat(StreamTableEntry.nested(PARENT, GuestStreamTableEntry.of(1, 0), false))
            .isEqualTo(StreamTableEntry.abort());
    }

    @Test
    void shouldInstallPlainStage2WhenTheGuestBypasses() {
        assertThat(StreamTableEntry.nested(PARENT, GuestStreamTableEntry.of(9, 0), true))
            .isEqualTo(StreamTableEntry.stage2(PARENT, true));
    }

    @Test
    void shouldRefuseValuesThatDoNotFit() {
        assertThatThrownBy(() -> StreamTableEntry.stage2(Entries.stage2(0x1_0000), false))
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StreamTableEntry.stage2(new Stage2Configuration(1, 8, 0, false, false), false))
            .isInstanceOf(IllegalArgumentException.class);
        Stage1Configuration wide = new Stage1Configuration(1L << 52, 0, 0, 0, false, false);
        assertThatThrownBy(() -> Entries.stage1(wide, false))
            .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldCopyItsWords() {
        long[] copy = new long[8];
        Entries.bypass().copyTo(copy);
        copy[0] = 0;

        assertThat(Entries.bypass().word(0)).isEqualTo(9);
        assertThat(copy[1]).isEqualTo(0x0000100000000000L);
    }

    @Test
    void shouldDescribeTheFieldsInUse() {
        assertThat(describe(StreamTableEntry.abort())).isEqualTo("STE{V=1 Config=abort}");
        assertThat(describe(Entries.bypass())).isEqualTo("STE{V=1 Config=bypass SHCFG=1}");
        assertThat(describe(StreamTableEntry.nested(PARENT, GUEST, false))).isEqualTo(
            "STE{V=1 Config=nested S1Fmt=0 S1ContextPtr=0x812340000 S1CDMax=10 S1DSS=2 S1CIR=1 S1COR=1 S1CSH=3 MEV=1"
                + " S2FWB=1 S1STALLD=0 EATS=0 STRW=0 SHCFG=1 S2VMID=5 T0SZ=24 SL0=2 IR0=1 OR0=1 SH0=3 TG=0 PS=5"
                + " S2AA64=1 S2ENDI=0 S2PTW=1 S2S=0 S2R=1 S2TTB=0x900000000}");
    }

    @Test
    void shouldMarkFieldsThatAreSetButNotUsed() {
        assertThat(StreamTableEntryFormat.describe(new long[] {1, 0x80000L, 0, 0x10, 0, 0, 0, 0}))
            .isEqualTo("STE{V=1 Config=abort !MEV=1 !S2TTB=0x10}");
        assertThat(StreamTableEntryFormat.describe(new long[8])).isEqualTo("STE{V=0}");
    }

    @Test
    void shouldCompareByWords() {
        assertThat(StreamTableEntry.stage2(PARENT, false)).isEqualTo(StreamTableEntry.stage2(Entries.stage2(5), false))
            .hasSameHashCodeAs(StreamTableEntry.stage2(Entries.stage2(5), false))
            .isNotEqualTo(StreamTableEntry.stage2(Entries.stage2(6), false))
            .isNotEqualTo("another type");
    }

    private static void assertWords(StreamTableEntry entry, long... words) {
        for (int word = 0; word < StreamTableEntryLayout.STE_WORDS; word++) {
            assertThat(entry.word(word)).as("word %d", word).isEqualTo(word < words.length ? words[word] : 0);
        }
    }

    private static String describe(StreamTableEntry entry) {
        return StreamTableEntryFormat.describe(entry.words());
    }
}
