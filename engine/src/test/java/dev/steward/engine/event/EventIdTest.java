package dev.steward.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventIdTest {
    @ParameterizedTest
    @CsvSource({
        "0x01,F_UUT", "0x02,C_BAD_STREAMID", "0x03,F_STE_FETCH", "0x04,C_BAD_STE", "0x05,F_BAD_ATS_TREQ",
        "0x06,F_STREAM_DISABLED", "0x07,F_TRANSL_FORBIDDEN", "0x08,C_BAD_SUBSTREAMID", "0x09,F_CD_FETCH",
        "0x0a,C_BAD_CD", "0x0b,F_WALK_EABT", "0x10,F_TRANSLATION", "0x11,F_ADDR_SIZE", "0x12,F_ACCESS",
        "0x13,F_PERMISSION", "0x20,F_TLB_CONFLICT", "0x21,F_CFG_CONFLICT", "0x24,E_PAGE_REQUEST", "0x25,F_VMS_FETCH",
        "0xe0,IMPLEMENTATION_DEFINED", "0xef,IMPLEMENTATION_DEFINED",
        "0x00,UNKNOWN", "0x0c,UNKNOWN", "0x14,UNKNOWN", "0xdf,UNKNOWN", "0xf0,UNKNOWN", "0xff,UNKNOWN",
    })
    void shouldFindIdWhenCodeIsGiven(String code, EventId expected) {
        assertThat(EventId.of(Integer.decode(code))).isEqualTo(expected);
    }

    @Test
    void shouldReturnItsOwnCodeForEveryId() {
        for (EventId id : EventId.values()) {
            assertThat(EventId.of(id.code())).isEqualTo(id);
        }
    }

    @Test
    void shouldForwardExactlyTheIdsOfTheDriver() {
        assertThat(Arrays.stream(EventId.values()).filter(EventId::forwarded).collect(Collectors.toSet()))
            .isEqualTo(EnumSet.of(
                EventId.C_BAD_STE, EventId.F_STREAM_DISABLED, EventId.C_BAD_SUBSTREAMID, EventId.C_BAD_CD,
                EventId.F_TRANSLATION, EventId.F_ADDR_SIZE, EventId.F_ACCESS, EventId.F_PERMISSION));
    }

    @Test
    void shouldStallOnlyTranslationFaultsAndWalkAborts() {
        assertThat(Arrays.stream(EventId.values()).filter(EventId::canStall).collect(Collectors.toSet()))
            .isEqualTo(EnumSet.of(
                EventId.F_WALK_EABT, EventId.F_TRANSLATION, EventId.F_ADDR_SIZE, EventId.F_ACCESS,
                EventId.F_PERMISSION));
    }

    @Test
    void shouldNamePayloadOfAnId() {
        assertThat(EventId.F_TRANSLATION.hasInputAddress()).isTrue();
        assertThat(EventId.F_TRANSL_FORBIDDEN.hasRead()).isTrue();
        assertThat(EventId.F_TLB_CONFLICT.hasStageAndClass()).isTrue();
        assertThat(EventId.F_STREAM_DISABLED.hasSubstreamId()).isFalse();
        assertThat(EventId.C_BAD_CD.hasSubstreamId()).isTrue();
    }
}
