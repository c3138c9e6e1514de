package dev.steward.loadgen.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mailers break lines at blanks, terminals break them anywhere. */
final class WrappedLineTest {
    private static final String DEVICE = "9050000.smmuv3";
    private static final long[] WALK = {0x0000010800000012L, 0x0000110000000000L, 0x1000L, 0x00000000fffef000L};

    private final List<String> whole = new SampleLog(1_000_000)
        .raw(DEVICE, SampleLog.STALLED).decoded(DEVICE, "0000:75:00.1", SampleLog.STALLED)
        .raw(DEVICE, WALK).decoded(DEVICE, "(unassigned sid)", WALK)
        .lines();

    @ParameterizedTest
    @ValueSource(strings = {"\n", " \n", "\n> ", "=\n"})
    void shouldMendALineWhereverABlankWasBroken(String lineBreak) {
        List<DecodedEvent> expected = Decoding.ofLines(whole).events();
        int wraps = 0;
        for (int line = 0; line < whole.size(); line++) {
            String text = whole.get(line);
            for (int at = text.indexOf("arm-smmu-v3"); at < text.length(); at++) {
                boolean softBreak = lineBreak.startsWith("=");
                if (Character.isWhitespace(text.charAt(at))) {
                    List<String> wrapped = new ArrayList<>(whole);
                    String head = softBreak ? text.substring(0, at + 1) : text.substring(0, at);
                    wrapped.set(line, head + lineBreak + text.substring(at + 1));
                    assertSame(wrapped, expected, lineBreak + " in " + line + " at " + at);
                    wraps++;
                }
            }
        }
        assertThat(wraps).isGreaterThan(50);
    }

    @Test
    void shouldNeverMisreadALineThatIsBrokenAnywhere() {
        List<DecodedEvent> expected = Decoding.ofLines(whole).events();
        for (int line = 0; line < whole.size(); line++) {
            String text = whole.get(line);
            for (int at = 1; at < text.length(); at++) {
                List<String> wrapped = new ArrayList<>(whole);
                wrapped.set(line, text.substring(0, at) + "\n" + text.substring(at));
                for (DecodedEvent event : Decoding.ofLines(wrapped).events()) {
                    if (event.complete()) {
                        assertThat(expected).extracting(WrappedLineTest::key)
                            .as("line %d at %d", line, at).contains(key(event));
                    }
                }
            }
        }
    }

    @Test
    void shouldMendAWordThatATerminalBroke() {
        List<String> lines = new SampleLog(0).raw(DEVICE, WALK).lines();
        for (int at = lines.get(1).indexOf("0x") + 1; at < lines.get(1).length(); at++) {
            List<String> wrapped = new ArrayList<>(lines);
            wrapped.set(1, lines.get(1).substring(0, at) + "\n" + lines.get(1).substring(at));
            DecodedEvent event = Decoding.ofLines(wrapped).only();
            assertThat(event.complete()).as("break at %d", at).isTrue();
            assertThat(event.toWords()).isEqualTo(WALK);
        }
    }

    @Test
    void shouldMendALineBrokenTwice() {
        List<String> wrapped = new ArrayList<>();
        for (String line : whole) {
            wrapped.add(line
                .replace("event: F_TRANSLATION client: 0000:75:00.1 ", "event:\nF_TRANSLATION client:\n0000:75:00.1 ")
                .replace("write s1 \"Input address caused", "write\ns1 \"Input address\ncaused"));
        }
        assertSame(wrapped, Decoding.ofLines(whole).events(), "twice");
    }

    @Test
    void shouldAcceptJunkBehindAWrappedHeader() {
        List<String> wrapped = new ArrayList<>(whole);
        wrapped.set(0, whole.get(0).replace(" received:", " \nreceived:iops] [eta 23m:39s]"));
        assertSame(wrapped, Decoding.ofLines(whole).events(), "junk");
    }

    @Test
    void shouldNotTakeAForeignLineForAContinuation() {
        List<String> lines = new ArrayList<>(whole.subList(0, 5));
        lines.set(3, lines.get(3).substring(0, lines.get(3).length() - 4));
        lines.add(4, "dh: Party A: generate public key test failed. err -22");
        DecodedEvent event = Decoding.ofLines(lines).only();
        assertThat(event.complete()).isFalse();
        assertThat(event.rawWords()).containsExactly(
            SampleLog.STALLED[0], SampleLog.STALLED[1], null, SampleLog.STALLED[3]);
        assertThat(event.problems()).containsExactly("word 2 does not have 16 hex digits");
    }

    private static List<Object> key(DecodedEvent event) {
        EventFields fields = event.fields();
        return List.of(
            fields.id(), fields.streamId(), fields.inputAddress(), fields.wordThree(), fields.stallTag(),
            fields.stall(), fields.read());
    }

    private static void assertSame(
        List<String> lines, List<DecodedEvent> expected, String description) {
        Decoding decoding = Decoding.ofLines(lines);
        assertThat(decoding.events()).as(description).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            DecodedEvent event = decoding.events().get(i);
            assertThat(event.complete()).as("%s: %s", description, event).isTrue();
            assertThat(event.fields()).as(description).isEqualTo(expected.get(i).fields());
            assertThat(event.client()).as(description).isEqualTo(expected.get(i).client());
            assertThat(event.source()).as(description).isEqualTo(EventSource.RAW_AND_DECODED);
        }
    }
}
