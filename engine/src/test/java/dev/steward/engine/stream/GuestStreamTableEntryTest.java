package dev.steward.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GuestStreamTableEntryTest {
    private static final long STAGE_1 = 0xb;
    private static final long EATS_FULL = 0x10000000L;

    @Test
    void shouldIgnoreEverythingWhenNotValid() {
        GuestStreamTableEntry guest = GuestStreamTableEntry.of(-1L & ~1L, -1L);

        assertThat(guest.word0()).isZero();
        assertThat(guest.word1()).isZero();
        assertThat(guest.enableAts()).isFalse();
        assertThat(guest.config()).isEqualTo(StreamTableEntryLayout.STE_0_CONFIG_ABORT);
    }

    @Test
    void shouldAcceptEveryAllowedBit() {
        GuestStreamTableEntry guest = GuestStreamTableEntry.of(0xf80ffffffffffffbL, 0x180000ffL);

        assertThat(guest.word0()).isEqualTo(0xf80ffffffffffffbL);
        assertThat(guest.word1()).isEqualTo(0x080000ffL);
        assertThat(guest.enableAts()).isTrue();
    }

    @Test
    void shouldRefuseEveryBitOutsideTheMasks() {
        for (int bit = 0; bit < Long.SIZE; bit++) {
            long mask = 1L << bit;
            if ((0xf80fffffffffffffL & mask) == 0) {
                assertThatThrownBy(() -> GuestStreamTableEntry.of(STAGE_1 | mask, 0)).as("word 0 bit %d", bit)
                    .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("word 0 of a guest STE");
            }
            if ((0x00000000380000ffL & mask) == 0) {
                assertThatThrownBy(() -> GuestStreamTableEntry.of(STAGE_1, mask)).as("word 1 bit %d", bit)
                    .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("word 1 of a guest STE");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6, 7})
    void shouldRefuseConfigThatIsNotTheGuests(int config) {
        assertThatThrownBy(() -> GuestStreamTableEntry.of(1L | config << 1, 0))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("a guest STE is abort, bypass or stage 1, not Config " + config);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 5})
    void shouldAcceptConfigOfAGuest(int config) {
        assertThat(GuestStreamTableEntry.of(1L | config << 1, 0).config()).isEqualTo(config);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void shouldRefuseSplitAts(int eats) {
        assertThatThrownBy(() -> GuestStreamTableEntry.of(STAGE_1, (long) eats << 28))
            .isInstanceOf(IllegalArgumentException.class).hasMessage("a guest STE has EATS 0 or 1, not " + eats);
    }

    @Test
    void shouldStripEats() {
        GuestStreamTableEntry guest = GuestStreamTableEntry.of(STAGE_1, EATS_FULL | 0xd6);

        assertThat(guest.word1()).isEqualTo(0xd6);
        assertThat(guest.enableAts()).isTrue();
    }

    @Test
    void shouldLeaveAtsToTheHostWhenTheGuestBypasses() {
        assertThat(GuestStreamTableEntry.of(9, EATS_FULL).enableAts()).isFalse();
    }

    @Test
    void shouldShowItsWords() {
        assertThat(GuestStreamTableEntry.of(STAGE_1, EATS_FULL)).hasToString(
            "GuestStreamTableEntry{word0=0x000000000000000b, word1=0x0000000000000000, enableAts=true}");
    }
}
