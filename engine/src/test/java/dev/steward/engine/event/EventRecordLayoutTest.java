package dev.steward.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class EventRecordLayoutTest {
    private static final long TRANSLATION_WORD_0 = 0x0000010000000010L;
    private static final long TRANSLATION_WORD_1 = 0x0000020800000000L;

    @Test
    void shouldBuildTerminatedTranslationFaultAsTheTablesSay() {
        assertThat(EventRecordLayout.word0(0x10, 0x100)).isEqualTo(TRANSLATION_WORD_0);
        assertThat(EventRecordLayout.word1(0, false, false, false, true, false, 2, false))
            .isEqualTo(TRANSLATION_WORD_1);
    }

    @Test
    void shouldBuildStalledFaultWithSubstream() {
        assertThat(EventRecordLayout.word0(0x10, 0x100, 5)).isEqualTo(0x0000010000005810L);
        assertThat(EventRecordLayout.word1(7, true, false, false, true, false, 2, false))
            .isEqualTo(0x0000020880000007L);
    }

    @Test
    void shouldBuildStageTwoPermissionFault() {
        assertThat(EventRecordLayout.word0(0x13, 0x108)).isEqualTo(0x0000010800000013L);
        assertThat(EventRecordLayout.word1(0, false, false, false, false, true, 2, false))
            .isEqualTo(0x0000028000000000L);
    }

    @Test
    void shouldBuildBadSte() {
        assertThat(EventRecordLayout.word0(0x04, 0x100)).isEqualTo(0x0000010000000004L);
    }

    @Test
    void shouldReplaceOnlyTheStreamIdWhenForwarded() {
        assertThat(EventRecordLayout.withStreamId(TRANSLATION_WORD_0, 8)).isEqualTo(0x0000000800000010L);
        assertThat(EventRecordLayout.withStreamId(0x00000100fffff810L, 0xffff_ffff)).isEqualTo(0xfffffffffffff810L);
        assertThat(EventRecordLayout.withStreamId(0xfffffffffffff810L, 0)).isEqualTo(0x00000000fffff810L);
    }

    @Test
    void shouldReadEveryFieldOfWordZero() {
        long w0 = 0x0000010000005810L;
        assertThat(EventRecordLayout.id(w0)).isEqualTo(0x10);
        assertThat(EventRecordLayout.ssv(w0)).isTrue();
        assertThat(EventRecordLayout.substreamId(w0)).isEqualTo(5);
        assertThat(EventRecordLayout.streamId(w0)).isEqualTo(0x100);
        assertThat(EventRecordLayout.ssv(TRANSLATION_WORD_0)).isFalse();
        assertThat(EventRecordLayout.streamId(-1L)).isEqualTo(-1);
        assertThat(EventRecordLayout.substreamId(-1L)).isEqualTo(EventRecordLayout.MAX_SUBSTREAM_ID);
    }

    @Test
    void shouldReadEachBitOfWordOneAlone() {
        assertThat(EventRecordLayout.stallTag(0xffffL)).isEqualTo(EventRecordLayout.MAX_STALL_TAG);
        assertThat(EventRecordLayout.stallTag(~0xffffL)).isZero();
        assertThat(EventRecordLayout.withStallTag(-1L, 0)).isEqualTo(~0xffffL);
        assertThat(EventRecordLayout.withStallTag(0x8000_1234L, 0xffff)).isEqualTo(0x8000_ffffL);
        assertThat(EventRecordLayout.withStallTag(0, 0x1_0001)).as("the tag alone").isEqualTo(1);
        assertThat(EventRecordLayout.stall(1L << 31)).isTrue();
        assertThat(EventRecordLayout.stall(~(1L << 31))).isFalse();
        assertThat(EventRecordLayout.privileged(1L << 33)).isTrue();
        assertThat(EventRecordLayout.privileged(~(1L << 33))).isFalse();
        assertThat(EventRecordLayout.instruction(1L << 34)).isTrue();
        assertThat(EventRecordLayout.instruction(~(1L << 34))).isFalse();
        assertThat(EventRecordLayout.read(1L << 35)).isTrue();
        assertThat(EventRecordLayout.read(~(1L << 35))).isFalse();
        assertThat(EventRecordLayout.stage2(1L << 39)).isTrue();
        assertThat(EventRecordLayout.stage2(~(1L << 39))).isFalse();
        assertThat(EventRecordLayout.faultClass(3L << 40)).isEqualTo(3);
        assertThat(EventRecordLayout.faultClass(~(3L << 40))).isZero();
        assertThat(EventRecordLayout.tableWalkRead(1L << 44)).isTrue();
        assertThat(EventRecordLayout.tableWalkRead(~(1L << 44))).isFalse();
    }

    @Test
    void shouldKeepAddressBitsInPlace() {
        assertThat(EventRecordLayout.inputAddress(-1L)).isEqualTo(-1L);
        assertThat(EventRecordLayout.ipa(-1L)).isEqualTo(0x000ffffffffff000L);
        assertThat(EventRecordLayout.fetchAddress(-1L)).isEqualTo(0x000ffffffffffff8L);
    }

    @Test
    void shouldReturnWhatWasBuilt() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 10_000; i++) {
            int id = random.nextInt(256);
            int sid = random.nextInt();
            int ssid = random.nextInt(1 << 20);
            long w0 = EventRecordLayout.word0(id, sid, ssid);
            assertThat(new int[] {
                EventRecordLayout.id(w0), EventRecordLayout.streamId(w0), EventRecordLayout.substreamId(w0)
            }).containsExactly(id, sid, ssid);
            long w1 = random.nextLong();
            long rebuilt = EventRecordLayout.word1(
                EventRecordLayout.stallTag(w1), EventRecordLayout.stall(w1), EventRecordLayout.privileged(w1),
                EventRecordLayout.instruction(w1), EventRecordLayout.read(w1), EventRecordLayout.stage2(w1),
                EventRecordLayout.faultClass(w1), EventRecordLayout.tableWalkRead(w1));
            assertThat(rebuilt).isEqualTo(w1 & 0x0000138e8000ffffL);
        }
    }

    @Test
    void shouldPlaceFourWordsInThirtyTwoBytes() {
        assertThat(EventRecordLayout.LENGTH).isEqualTo(32);
    }
}
