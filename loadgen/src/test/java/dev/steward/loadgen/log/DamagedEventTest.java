package dev.steward.loadgen.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Raw events of which something is lost, doubled or foreign. */
final class DamagedEventTest {
    private static final String A = "arm-smmu-v3.0.auto";
    private static final String B = "arm-smmu-v3.1.auto";
    private static final long[] BAD_STE = {0x00007d1100000004L, 0x0000100800000080L, 0xfe040000L, 0x7e04c440L};

    private static List<String> two() {
        return new SampleLog(0).raw(A, SampleLog.READ).raw(A, SampleLog.STALLED).lines();
    }

    @Test
    void shouldReportMissingWordsWhenTheNextHeaderComesTooEarly() {
        List<String> lines = two();
        lines.remove(4);
        Decoding decoding = Decoding.ofLines(lines);
        assertThat(decoding.events()).extracting(DecodedEvent::complete).containsExactly(false, true);
        assertThat(decoding.events().get(0).problems()).containsExactly("only 3 of 4 words");
        assertThat(decoding.events().get(0).fields().streamId()).isEqualTo(0x100L);
        assertThat(decoding.diagnostics()).extracting(Diagnostic::toString)
            .containsExactly("test.log:1: only 3 of 4 words");
    }

    @Test
    void shouldReportAnEventThatTheFileCutsShort() {
        for (int kept = 1; kept < 5; kept++) {
            DecodedEvent event = Decoding.ofLines(two().subList(0, kept)).only();
            assertThat(event.complete()).isFalse();
            assertThat(event.fields().id()).isEqualTo(0x10);
            assertThat(event.rawWords()).filteredOn(word -> word == null).hasSize(5 - kept);
            assertThat(event.problems()).containsExactly("only " + (kept - 1) + " of 4 words");
        }
    }

    @Test
    void shouldTakeAWholeLastWordWhenTheFileEndsWithoutALineEnd() {
        assertThat(Decoding.of(String.join("\n", two())).events()).allMatch(DecodedEvent::complete).hasSize(2);
    }

    @Test
    void shouldNotCallAnEventCompleteWhenAWordHasTooManyOrTooFewDigits() {
        for (String word : List.of(
            "0x000002080000000", "0x00000208000000000", "0x000002080000000g", "0x00000208 0000000",
            "0x00000208 000000001", "0x00000208 0000000g", "00x0000020800000000", "0x", "0", "")) {
            List<String> lines = two();
            lines.set(2, lines.get(2).replace("0x0000020800000000", word));
            assertThat(Decoding.ofLines(lines).events()).extracting(DecodedEvent::complete)
                .as(word).containsExactly(false, true);
        }
    }

    @Test
    void shouldAcceptBlanksInsideAWordAndJunkBehindIt() {
        for (String word : List.of(
            "0x00000208 00000000", "0x 0000020800000000", "0x0000 0208 0000 0000", "0x0000020800000000$",
            "0x0000020800000000 [eta 23m]", "0x0000020800000000\"", "0x0000020800000000   ")) {
            List<String> lines = two();
            lines.set(2, lines.get(2).replace("0x0000020800000000", word));
            assertThat(Decoding.ofLines(lines).events().get(0).toWords()).as(word).isEqualTo(SampleLog.READ);
        }
    }

    @Test
    void shouldKeepTheRawWordsButNoFieldsWhenTheIdsDisagree() {
        List<String> lines = two();
        lines.set(0, lines.get(0).replace("0x10", "0x04"));
        DecodedEvent event = Decoding.ofLines(lines).events().get(0);
        assertThat(event.complete()).isFalse();
        assertThat(event.problems()).containsExactly("word 0 has id 0x10, the header 0x04");
        assertThat(event.fields()).isEqualTo(EventFields.ofId(4));
        assertThat(event.rawWords()).startsWith(SampleLog.READ[0]);
    }

    @Test
    void shouldDoubtAnEventThatSwallowedAWordOfTheNext() {
        List<String> lines = two();
        lines.subList(4, 6).clear();
        Decoding decoding = Decoding.ofLines(lines);
        assertThat(decoding.events()).noneMatch(DecodedEvent::complete).hasSize(2);
        assertThat(decoding.events().get(0).problems()).containsExactly("a fifth word follows: a line is lost");
        assertThat(decoding.events().get(1).problems()).startsWith("only 3 of 4 words", "words without a header");
    }

    @Test
    void shouldDoubtWordsWithoutAHeader() {
        DecodedEvent event = Decoding.ofLines(two().subList(1, 5)).only();
        assertThat(event.complete()).isFalse();
        assertThat(event.fields()).isEqualTo(EventFields.ofId(null));
        assertThat(event.rawWords()).containsExactly(
            SampleLog.READ[0], SampleLog.READ[1], SampleLog.READ[2], SampleLog.READ[3]);
    }

    @Test
    void shouldDoubtAnEventWhoseHeaderIsDamaged() {
        for (String header : List.of(
            "event 0x110 received:", "event 0x1 received:", "eevent 0x10 received:", "event 00x10 received:",
            "event 0x", "even", "event x10 received:")) {
            List<String> lines = two();
            lines.set(5, lines.get(5).replace("event 0x10 received:", header));
            assertThat(Decoding.ofLines(lines).events()).extracting(DecodedEvent::complete)
                .as(header).containsExactly(true, false);
        }
    }

    @Test
    void shouldAcceptAHeaderThatIsCutBehindItsId() {
        for (String header : List.of("event 0x10", "event 0x10 rec", "event 0x10 receeived:")) {
            List<String> lines = two();
            lines.set(0, lines.get(0).replace("event 0x10 received:", header));
            DecodedEvent event = Decoding.ofLines(lines).events().get(0);
            assertThat(event.complete()).as(header).isTrue();
            assertThat(event.problems()).containsExactly("header without \"received\"");
        }
    }

    @Test
    void shouldMatchWordsByDeviceWhenSmmusInterleave() {
        List<String> a = new SampleLog(0).raw(A, SampleLog.READ).raw(A, BAD_STE).lines();
        List<String> b = new SampleLog(5).raw(B, SampleLog.STALLED).raw(B, SampleLog.READ).lines();
        List<String> mixed = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) {
            Collections.addAll(mixed, a.get(i), "[    0.000009] random: crng init done", b.get(i));
        }
        Decoding decoding = Decoding.ofLines(mixed);
        assertThat(decoding.events()).extracting(DecodedEvent::toWords)
            .containsExactly(SampleLog.READ, SampleLog.STALLED, BAD_STE, SampleLog.READ);
        assertThat(decoding.events()).extracting(DecodedEvent::device).containsExactly(A, B, A, B);
        assertThat(decoding.diagnostics()).isEmpty();
    }

    @Test
    void shouldEmitEventsInTheOrderOfTheirFirstLines() {
        SampleLog log = new SampleLog(0).raw(A, SampleLog.READ);
        log.line("arm-smmu-v3 " + B + ": event 0x10 received:");
        log.raw(A, BAD_STE);
        List<DecodedEvent> events = Decoding.ofLines(log.lines()).events();
        assertThat(events).extracting(DecodedEvent::line).containsExactly(1L, 6L, 7L);
        assertThat(events).extracting(DecodedEvent::complete).containsExactly(true, false, true);
    }

    @Test
    void shouldNotMixTheWordsOfACommandIntoAnEvent() {
        SampleLog log = new SampleLog(0).raw(A, SampleLog.READ);
        log.line("arm-smmu-v3 " + A + ": skipping command in error state:");
        log.line("arm-smmu-v3 " + A + ": \t0x0000000000000046");
        log.line("arm-smmu-v3 " + A + ": \t0x0000000000000000");
        log.raw(A, BAD_STE);
        assertThat(Decoding.ofLines(log.lines()).events()).extracting(DecodedEvent::toWords)
            .containsExactly(SampleLog.READ, BAD_STE);

        List<String> inside = log.lines();
        List<String> dump = new ArrayList<>(inside.subList(5, 8));
        inside.subList(5, 8).clear();
        inside.addAll(3, dump);
        List<DecodedEvent> events = Decoding.ofLines(inside).events();
        assertThat(events.get(0).complete()).isFalse();
        assertThat(events).filteredOn(DecodedEvent::complete).extracting(DecodedEvent::toWords)
            .containsExactly(BAD_STE);
    }

    @Test
    void shouldNotJoinWordsAcrossAGap() {
        for (String gap : List.of(
            "[    0.000300] ** 12 printk messages dropped **", "[...]", "...", "# another run", "[snip]")) {
            List<String> lines = two();
            lines.subList(3, 8).clear();
            lines.add(3, gap);
            assertThat(Decoding.ofLines(lines).events()).as(gap).isNotEmpty().noneMatch(DecodedEvent::complete);
        }
    }

    @Test
    void shouldNotJoinWordsThatTheClockHoldsApart() {
        for (long otherBoot : new long[] {0, 60_000_000}) {
            List<String> lines = new SampleLog(30_000_000).raw(A, SampleLog.READ).lines().subList(0, 3);
            lines.addAll(new SampleLog(otherBoot).raw(A, SampleLog.READ).lines().subList(3, 5));
            assertThat(Decoding.ofLines(lines).events()).isNotEmpty().noneMatch(DecodedEvent::complete);
        }
    }

    @Test
    void shouldGiveUpAnEventThatStaysSilent() {
        List<String> lines = two().subList(0, 4);
        for (int i = 0; i <= EventAssembler.MAX_SILENT_LINES; i++) {
            lines.add("foreign line " + i);
        }
        lines.add(two().get(4));
        assertThat(Decoding.ofLines(lines).events()).hasSize(2).noneMatch(DecodedEvent::complete);
    }

    @Test
    void shouldDecodeIdsThatNobodyDefined() {
        long[] vendor = {0x00000001000000e3L, 1, 2, 3};
        long[] undefined = {0x00000001000000ffL, 1, 2, 3};
        List<DecodedEvent> events =
            Decoding.ofLines(new SampleLog(0).raw(A, vendor).raw(A, undefined).lines()).events();
        assertThat(events).allMatch(DecodedEvent::complete);
        assertThat(events).extracting(event -> event.eventId().name())
            .containsExactly("IMPLEMENTATION_DEFINED", "UNKNOWN");
        assertThat(events.get(1).fields().id()).isEqualTo(0xff);
    }
}
