package dev.steward.loadgen.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The decoded lines of newer kernels, with raw words and without. */
final class DecodedTextTest {
    private static final String DEVICE = "fc900000.iommu";
    private static final String CLIENT = "0000:75:00.1";
    private static final long[] WALK = {0x0000010800000012L, 0x0000118e00000000L, 0x1000L, 0x00000000fffef000L};
    private static final long[] STE_FETCH = {0x0000010800000003L, 0, 0, 0x0000000812345678L};

    private static List<String> both(long... words) {
        return new SampleLog(0).raw(DEVICE, words).decoded(DEVICE, CLIENT, words).lines();
    }

    private static List<String> textOnly(long... words) {
        return new SampleLog(0).decoded(DEVICE, CLIENT, words).lines();
    }

    @Test
    void shouldAddTheClientToTheRawEvent() {
        Decoding decoding = Decoding.ofLines(both(WALK));
        assertThat(decoding.only().client()).isEqualTo(CLIENT);
        assertThat(decoding.only().source()).isEqualTo(EventSource.RAW_AND_DECODED);
        assertThat(decoding.only().toWords()).isEqualTo(WALK);
        assertThat(decoding.diagnostics()).isEmpty();
    }

    @Test
    void shouldRebuildTheWordsFromDecodedLinesAlone() {
        for (long[] words : List.of(WALK, SampleLog.STALLED, STE_FETCH)) {
            DecodedEvent event = Decoding.ofLines(textOnly(words)).only();
            assertThat(event.complete()).isTrue();
            assertThat(event.source()).isEqualTo(EventSource.DECODED);
            assertThat(event.rawWords()).containsOnlyNulls().hasSize(4);
            long[] expected = words.clone();
            if (words == SampleLog.STALLED) {
                // Bit 44 is printed for table walks only, so nobody can know it here.
                expected[1] &= ~(1L << 44);
            }
            assertThat(event.toWords()).isEqualTo(expected);
        }
    }

    @Test
    void shouldLeaveOpenWhetherSubstreamZeroIsValid() {
        EventFields fields = Decoding.ofLines(textOnly(SampleLog.READ)).only().fields();
        assertThat(fields.ssv()).isNull();
        assertThat(fields.substreamId()).isZero();
        assertThat(fields.tableWalkRead()).isNull();
        assertThat(Decoding.ofLines(textOnly(SampleLog.STALLED)).only().fields().ssv()).isTrue();
    }

    @Test
    void shouldDoubtDecodedLinesThatAreNotAllThere() {
        String event = textOnly(WALK).get(0);
        String attributes = textOnly(WALK).get(1);
        for (int at = event.indexOf("event:"); at < event.indexOf("ipa:") + 4; at++) {
            assertThat(Decoding.ofLines(List.of(event.substring(0, at), attributes)).events())
                .as(event.substring(0, at)).noneMatch(DecodedEvent::complete);
        }
        for (int at = 0; at < attributes.indexOf("stag:") + 5; at++) {
            assertThat(Decoding.ofLines(List.of(event, attributes.substring(0, at))).events())
                .as(attributes.substring(0, at)).isNotEmpty().noneMatch(DecodedEvent::complete);
        }
        assertThat(Decoding.ofLines(List.of(attributes)).only().complete()).isFalse();
    }

    @Test
    void shouldDoubtADecodedNumberThatTheFileMayHaveCut() {
        String text = String.join("\n", textOnly(SampleLog.STALLED));
        assertThat(Decoding.of(text + "\n").only().complete()).isTrue();
        assertThat(Decoding.of(text).only().complete()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "sid: 0x007501", "sid: 0x175010000", "sid: 7501", "ssid: 0x100000", "ipa: 0xaaaada7af00",
        "ipa: 0xaaaada7af0000000f", "stag: 0x10176",
        "F_TRANSLATTION", "\"Input address\"", "unpriv dat write",
    })
    void shouldDoubtValuesThatTheKernelCannotPrint(String damage) {
        String key = damage.contains(":") ? " " + damage.substring(0, damage.indexOf(':') + 1) + " 0x[0-9a-f]+"
            : damage.startsWith("F_") ? "F_TRANSLATION" : damage.startsWith("\"") ? "\"[^\"]*\"" : "unpriv data write";
        String text = String.join("\n", textOnly(SampleLog.STALLED)) + "\n";
        String damaged = text.replaceFirst(key, damage.contains(":") ? " " + damage : damage);
        assertThat(damaged).isNotEqualTo(text);
        assertThat(Decoding.of(damaged).events()).isNotEmpty().noneMatch(DecodedEvent::complete);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "iova: 0x2000", "ipa: 0x1000", "ssid: 0x7", "stag: 0x9", "priv inst write", "unpriv inst read", "s1 ",
        "stall stag",
    })
    void shouldDoubtWordsThatTheDecodedLineContradicts(String other) {
        String key = other.endsWith("stag") ? " stag" : other.contains(":")
            ? " " + other.substring(0, other.indexOf(':') + 1) + " 0x[0-9a-f]+" : other.startsWith("s1") ? " s[12] "
            : "(un)?priv inst read";
        String text = String.join("\n", both(WALK)) + "\n";
        String changed = text.replaceFirst(key, (other.contains("priv") ? "" : " ") + other);
        assertThat(changed).isNotEqualTo(text);
        Decoding decoding = Decoding.of(changed);
        assertThat(decoding.only().complete()).isFalse();
        assertThat(decoding.only().problems()).hasSize(1).first().asString().startsWith("decoded ");
        assertThat(decoding.diagnostics()).hasSize(1);
        assertThat(decoding.only().rawWords()).containsExactly(WALK[0], WALK[1], WALK[2], WALK[3]);
    }

    @Test
    void shouldNotMergeTheDecodedLinesOfAnotherEvent() {
        List<String> lines = new SampleLog(0)
            .raw(DEVICE, WALK).decoded(DEVICE, CLIENT, SampleLog.STALLED).lines();
        Decoding decoding = Decoding.ofLines(lines);
        assertThat(decoding.events()).hasSize(2).noneMatch(DecodedEvent::complete);
        assertThat(decoding.events().get(0).client()).isNull();
        assertThat(decoding.events().get(1).fields().streamId()).isEqualTo(0x7501L);
    }

    @Test
    void shouldUnmaskTheLossOfOneWholeEventAcrossTwo() {
        List<String> lines = new SampleLog(0)
            .raw(DEVICE, WALK).decoded(DEVICE, CLIENT, WALK)
            .raw(DEVICE, WALK[0], 0, 0x7000, 0x9000).decoded(DEVICE, CLIENT, WALK[0], 0, 0x7000, 0x9000).lines();
        lines.subList(3, 10).clear();
        assertThat(Decoding.ofLines(lines).only().complete()).isFalse();
    }

    @Test
    void shouldLetTheDecodedLinesStandForALostHeader() {
        List<String> lost = both(WALK);
        lost.remove(0);
        List<String> damaged = both(WALK);
        damaged.set(0, damaged.get(0).replace("0x12", "0x1"));
        for (List<String> lines : List.of(lost, damaged)) {
            DecodedEvent event = Decoding.ofLines(lines).only();
            assertThat(event.complete()).isTrue();
            assertThat(event.toWords()).isEqualTo(WALK);
            assertThat(event.problems()).hasSize(1);
            assertThat(Decoding.ofLines(lines.subList(0, lines.size() - 1)).only().complete()).isFalse();
        }
    }

    @Test
    void shouldFillMissingWordsFromTheTextButStayIncomplete() {
        List<String> lines = both(WALK);
        lines.subList(2, 5).clear();
        DecodedEvent event = Decoding.ofLines(lines).only();
        assertThat(event.complete()).isFalse();
        assertThat(event.source()).isEqualTo(EventSource.RAW_AND_DECODED);
        assertThat(event.fields().inputAddress()).isEqualTo(0x1000L);
        assertThat(event.fields().faultClass()).isEqualTo(1);
        assertThatThrownBy(event::toWords).isInstanceOf(IllegalStateException.class)
            .hasMessage("test.log:1: an incomplete event has no record");
    }

    @Test
    void shouldKeepTheRawEventWhenItsAttributeLineIsLost() {
        List<String> lines = both(WALK);
        lines.remove(6);
        DecodedEvent event = Decoding.ofLines(lines).only();
        assertThat(event.complete()).isTrue();
        assertThat(event.problems()).containsExactly("attribute line is missing");
    }

    @Test
    void shouldAcceptANameThatTheKernelDoesNotKnow() {
        SampleLog log = new SampleLog(0).raw(DEVICE, 0x0000010000000007L, 0, 0, 0);
        log.line("arm-smmu-v3 " + DEVICE + ": event: UNKNOWN client: 0000:01:00.0 sid: 0x100 ssid: 0x0");
        assertThat(Decoding.ofLines(log.lines()).only().complete()).isTrue();
        assertThat(Decoding.ofLines(log.lines().subList(5, 6)).only().complete()).isFalse();
    }
}
