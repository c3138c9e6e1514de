package dev.steward.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StreamTableEntryLayoutTest {
    @ParameterizedTest
    @CsvSource({"5, 0xb", "6, 0xd", "7, 0xf", "0, 0x1", "4, 0x9"})
    void shouldPlaceConfigNextToValid(int config, String word0) {
        long actual = StreamTableEntryLayout.withField(
            StreamTableEntryLayout.STE_0_V_MASK, StreamTableEntryLayout.STE_0_CONFIG_MASK, config);

        assertThat(actual).isEqualTo(Long.decode(word0));
        assertThat(StreamTableEntryLayout.isValid(actual)).isTrue();
        assertThat(StreamTableEntryLayout.config(actual)).isEqualTo(config);
    }

    @Test
    void shouldMatchTheSingleBitsOfWord1() {
        assertThat(StreamTableEntryLayout.STE_1_MEV_MASK).isEqualTo(0x80000L);
        assertThat(StreamTableEntryLayout.STE_1_S2FWB_MASK).isEqualTo(0x2000000L);
        assertThat(StreamTableEntryLayout.STE_1_S1STALLD_MASK).isEqualTo(0x8000000L);
        assertThat(eats(StreamTableEntryLayout.STE_1_EATS_FULL)).isEqualTo(0x10000000L);
        assertThat(eats(StreamTableEntryLayout.STE_1_EATS_S1CHK)).isEqualTo(0x20000000L);
        assertThat(StreamTableEntryLayout.withField(
            0, StreamTableEntryLayout.STE_1_STRW_MASK, StreamTableEntryLayout.STE_1_STRW_EL2)).isEqualTo(0x80000000L);
    }

    @Test
    void shouldComposeTheGuestMasksFromTheFields() {
        assertThat(StreamTableEntryLayout.STE_0_GUEST_MASK).isEqualTo(0xf80fffffffffffffL);
        assertThat(StreamTableEntryLayout.STE_1_GUEST_MASK).isEqualTo(0x00000000380000ffL);
    }

    @Test
    void shouldComposeVtcrFromItsFields() {
        assertThat(StreamTableEntryLayout.vtcr(24, 2, 1, 1, 3, 0, 5)).isEqualTo(0x53598);
        assertThat(StreamTableEntryLayout.vtcr(63, 3, 3, 3, 3, 3, 7)).isEqualTo(0x7ffff);
    }

    @Test
    void shouldTileVtcrWithItsSubFields() {
        long[] parts = {
            StreamTableEntryLayout.STE_2_VTCR_T0SZ_MASK, StreamTableEntryLayout.STE_2_VTCR_SL0_MASK,
            StreamTableEntryLayout.STE_2_VTCR_IR0_MASK, StreamTableEntryLayout.STE_2_VTCR_OR0_MASK,
            StreamTableEntryLayout.STE_2_VTCR_SH0_MASK, StreamTableEntryLayout.STE_2_VTCR_TG_MASK,
            StreamTableEntryLayout.STE_2_VTCR_PS_MASK};
        long together = 0;
        for (long part : parts) {
            assertThat(together & part).isZero();
            together |= part;
        }
        assertThat(together).isEqualTo(StreamTableEntryLayout.STE_2_VTCR_MASK).isEqualTo(0x7ffffL << 32);
    }

    @Test
    void shouldNotLetTwoFieldsOfAWordOverlap() throws IllegalAccessException {
        long[] taken = new long[4];
        for (Field field : StreamTableEntryLayout.class.getFields()) {
            String name = field.getName();
            if (field.getType() == long.class && Modifier.isStatic(field.getModifiers()) && name.endsWith("_MASK")
                && !name.contains("GUEST") && !isPartOfVtcr(name)) {
                int word = name.charAt("STE_".length()) - '0';
                long mask = field.getLong(null);
                assertThat(taken[word] & mask).as(name).isZero();
                taken[word] |= mask;
            }
        }
        assertThat(taken[0]).isEqualTo(0xf80fffffffffffffL);
        assertThat(taken[1]).isEqualTo(0x00003000fa0800ffL);
        assertThat(taken[2]).isEqualTo(0x065fffff0000ffffL);
        assertThat(taken[3]).isEqualTo(0x000ffffffffffff0L);
    }

    @Test
    void shouldKeepTheNeighboursWhenAFieldIsReplaced() {
        long word = StreamTableEntryLayout.withField(-1L, StreamTableEntryLayout.STE_0_S1FMT_MASK, 2);

        assertThat(word).isEqualTo(~0x10L);
        assertThat(StreamTableEntryLayout.field(word, StreamTableEntryLayout.STE_0_S1FMT_MASK)).isEqualTo(2);
    }

    @Test
    void shouldReadAFieldThatReachesBit63WithoutSign() {
        assertThat(StreamTableEntryLayout.field(-1L, StreamTableEntryLayout.STE_0_S1CDMAX_MASK)).isEqualTo(31);
    }

    @Test
    void shouldRefuseAValueThatDoesNotFit() {
        assertThatThrownBy(() -> StreamTableEntryLayout.withField(0, StreamTableEntryLayout.STE_0_CONFIG_MASK, 8))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("value 0x8 does not fit the field with the mask 0x000000000000000e");
        assertThatThrownBy(() -> StreamTableEntryLayout.withField(0, StreamTableEntryLayout.STE_0_CONFIG_MASK, -1))
            .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldTellTheStagesFromConfig() {
        assertThat(StreamTableEntryLayout.usesStage1(StreamTableEntryLayout.STE_0_CONFIG_NESTED)).isTrue();
        assertThat(StreamTableEntryLayout.usesStage1(StreamTableEntryLayout.STE_0_CONFIG_S2)).isFalse();
        assertThat(StreamTableEntryLayout.usesStage2(StreamTableEntryLayout.STE_0_CONFIG_NESTED)).isTrue();
        assertThat(StreamTableEntryLayout.usesStage2(StreamTableEntryLayout.STE_0_CONFIG_S1)).isFalse();
        assertThat(StreamTableEntryLayout.usesStage1(StreamTableEntryLayout.STE_0_CONFIG_BYPASS)).isFalse();
        assertThat(StreamTableEntryLayout.usesStage2(StreamTableEntryLayout.STE_0_CONFIG_BYPASS)).isFalse();
    }

    @Test
    void shouldMeasureEightWordsOf64Bytes() {
        assertThat(StreamTableEntryLayout.STE_LENGTH).isEqualTo(64)
            .isEqualTo(StreamTableEntryLayout.wordOffset(StreamTableEntryLayout.STE_WORDS));
    }

    private static boolean isPartOfVtcr(String name) {
        return name.startsWith("STE_2_VTCR_") && !name.equals("STE_2_VTCR_MASK");
    }

    private static long eats(int value) {
        return StreamTableEntryLayout.withField(0, StreamTableEntryLayout.STE_1_EATS_MASK, value);
    }
}
