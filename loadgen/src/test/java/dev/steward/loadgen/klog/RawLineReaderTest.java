package dev.steward.loadgen.klog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.event.EventRecordLayout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The short way must find what the long way finds, or leave the line to it. */
class RawLineReaderTest {
    private static final int EVENTS = 20;
    private static final String DEVICE = "arm-smmu-v3.0.auto";
    private static final String FITTING = "0123456789abcdefxX[]:. \t=event#-\r\u001b\u00e4\"smuprivatgl()";
    private int taken;

    @ParameterizedTest
    @ValueSource(strings = {
        "[    7.471032] [pid:134,cpu0,irq/13-arm-smmu]arm-smmu-v3 arm-smmu-v3.0.auto:",
        "[12345.471032] arm-smmu-v3 fc900000.iommu:",
        "Feb  6 12:00:00 host kernel: [    7.471032] arm-smmu-v3 arm-smmu-v3.5.auto:",
        "arm-smmu-v3 arm-smmu-v3.5.auto:"})
    void shouldTakeAllLinesOfAStormButTheFirst(String prefix) {
        List<String> log = storm(prefix);

        assertThat(shortWay(log)).isEqualTo(longWay(log)).hasSize(EVENTS);
        assertThat(taken).isEqualTo(log.size() - 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldTakeDecodedLinesOfAStormButTheFirst(boolean withWords) {
        List<String> log = decoded(withWords, new Random(1), DEVICE);

        assertThat(shortWay(log)).isEqualTo(longWay(log)).hasSize(EVENTS)
            .allMatch(event -> event.contains("complete=true"));
        assertThat(taken).isEqualTo(log.size() - 1);
    }

    @Test
    void shouldTakeTheLinesOfSeveralSmmusThatTakeTurns() {
        Random random = new Random(2);
        List<List<String>> logs = List.of(
            decoded(true, random, "arm-smmu-v3.0.auto"), decoded(true, random, "arm-smmu-v3.1.auto"),
            decoded(false, random, "arm-smmu-v3.2.auto"));
        List<String> log = new ArrayList<>();
        int longest = logs.stream().mapToInt(List::size).max().orElseThrow();
        for (int i = 0; i < longest; i++) {
            for (List<String> one : logs) {
                if (i < one.size()) {
                    log.add(one.get(i));
                }
            }
        }

        assertThat(shortWay(log)).isEqualTo(longWay(log)).hasSize(3 * EVENTS);
        assertThat(taken).isEqualTo(log.size() - 3);
    }

    @Test
    void shouldTakeLinesThatEndInACarriageReturn() {
        List<String> log = decoded(true, new Random(3), DEVICE).stream().map(line -> line + "\r").toList();

        assertThat(shortWay(log)).isEqualTo(longWay(log)).hasSize(EVENTS);
        assertThat(taken).isEqualTo(log.size() - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "event: C_BAD_STREAMID client: (unassigned sid) sid: 0x1600 ssid: 0x0",
        "event: C_BAD_STE client: 0000:7d:02.1 sid: 0xffffffff ssid: 0xfffff",
        "event: F_STE_FETCH client: fe2b0000.mmc sid: 0x16 ssid: 0x0 fetch_addr: 0xfffffffff000",
        "event: F_TRANSLATION client: a sid: 0x0 ssid: 0x1 iova: 0xffffffffffffffff ipa: 0x0",
        "priv inst read s2 \"CD fetch\" stall stag: 0xffff",
        "unpriv data write s1 \"Stage 1 translation table fetch\" ttd_write stag: 0x0",
        "unpriv data write s1 \"Stage 1 translation table fetch\" ttd_read stall stag: 0x17",
        "unpriv data write s1 \"Reserved\" stag: 0x0"})
    void shouldTakeEachForm(String content) {
        assertThat(takes(content)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "event: NO_SUCH_NAME client: a sid: 0x1600 ssid: 0x0",
        "event: C_BAD_STE client: (some thing) sid: 0x1600 ssid: 0x0",
        "event: C_BAD_STE client: a sid: 0x01600 ssid: 0x0",
        "event: C_BAD_STE client: a sid: 0x123456789 ssid: 0x0",
        "event: C_BAD_STE client: a sid: 0x ssid: 0x0",
        "event: C_BAD_STE client: a sid: 1600 ssid: 0x0",
        "event: C_BAD_STE client: a sid: 0x1600 ssid: 0x100000",
        "event: C_BAD_STE client: a sid: 0x1600 ssid: 0x0 ",
        "event: C_BAD_STE client: a sid: 0x1600 ssid: 0x0=",
        "event: C_BAD_STE client: sid: sid: 0x1600 ssid: 0x0",
        "event: C_BAD_STE client: x.smmu sid: 0x1600 ssid: 0x0",
        "event: C_BAD_STE client: a  sid: 0x1600 ssid: 0x0",
        "event: F_STE_FETCH client: a sid: 0x16 ssid: 0x0",
        "event: F_TRANSLATION client: a sid: 0x0 ssid: 0x1 iova: 0x10",
        "event: F_TRANSLATION client: a sid: 0x0 ssid: 0x1 iova: 0x10000000000000000 ipa: 0x0",
        "priv inst read s2 \"CD fetch\" ttd_read stag: 0x0",
        "priv inst read s2 \"Stage 1 translation table fetch\" stag: 0x0",
        "priv inst read s2 \"CD fetch\"  stag: 0x0",
        "priv inst read s2 \"CD fetch\" stag: 0x10000",
        "priv inst read s2 \"CD fetched\" stag: 0x0",
        "priv inst read s2 \"CD fetch\" stag: 0x0 stall"})
    void shouldLeaveToTheLongWayWhatDiffersInOneByte(String content) {
        assertThat(takes(content)).isFalse();
        List<String> log = List.of(line(DEVICE, "event 0x02 received:"), line(DEVICE, content), "x", "x");
        assertThat(shortWay(log)).isEqualTo(longWay(log));
    }

    /** Without a blank the colon does not end the name, so this is no line of that SMMU. */
    @Test
    void shouldNotTakeAttributesThatFollowTheColonAtOnce() {
        String whole = line(DEVICE, "priv inst read s2 \"CD fetch\" stag: 0x0");
        List<String> log = List.of(line(DEVICE, "event 0x02 received:"), whole.replace(": priv", ":priv"));

        assertThat(shortWay(log)).isEqualTo(longWay(log));
        assertThat(taken).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldFindInADamagedLogWhatTheLongWayFinds(boolean withText) {
        Random random = new Random(20_261_125);
        int incomplete = 0;
        for (int round = 0; round < 1_000; round++) {
            List<String> log = withText
                ? decoded(round % 3 > 0, random, DEVICE)
                : storm("[    7.471032] [irq]arm-smmu-v3 arm-smmu-v3.0.auto:");
            for (int damage = random.nextInt(8); damage > 0; damage--) {
                damage(log, random);
            }
            List<String> found = shortWay(log);
            assertThat(found).isEqualTo(longWay(log));
            incomplete += found.toString().contains("complete=false") ? 1 : 0;
        }
        assertThat(incomplete).isGreaterThan(250);
        assertThat(taken).isGreaterThan(25_000);
    }

    static List<String> excerpts() {
        return CorpusExcerptTest.excerpts().toList();
    }

    @ParameterizedTest
    @MethodSource("excerpts")
    void shouldFindInDamagedExcerptsOfRealLogsWhatTheLongWayFinds(String name) throws IOException {
        String text;
        try (InputStream in = getClass().getResourceAsStream("/klog/" + name + ".log")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Random random = new Random(name.hashCode());
        for (int round = 0; round < 50; round++) {
            // Twice, so that what was learned in the first half is met again.
            List<String> log = new ArrayList<>((text + text).lines().toList());
            for (int damage = round == 0 ? 0 : random.nextInt(6); damage > 0; damage--) {
                damage(log, random);
            }
            assertThat(shortWay(log)).isEqualTo(longWay(log));
        }
    }

    /** What a replay is told of an event is what a reader of the log is told. */
    @Test
    void shouldTellOfARecordWhatItTellsOfTheEvent() {
        Random random = new Random(4);
        int certain = 0;
        for (int round = 0; round < 300; round++) {
            List<String> log = decoded(round % 2 > 0, random, DEVICE);
            for (int damage = random.nextInt(8); damage > 0; damage--) {
                damage(log, random);
            }
            List<DecodedEvent> events = new ArrayList<>();
            List<FoundRecord> records = new ArrayList<>();
            read(new EventLines("a.log", events::add, diagnostic -> { }), log, true);
            read(EventLines.ofRecords("a.log", records::add), log, true);

            assertThat(records).hasSameSizeAs(events);
            for (int i = 0; i < events.size(); i++) {
                DecodedEvent event = events.get(i);
                FoundRecord record = records.get(i);
                assertThat(record.line()).isEqualTo(event.line());
                assertThat(record.source()).isEqualTo(event.source());
                assertThat(record.micros()).isEqualTo(event.timestamp() == null
                    ? -1 : Long.parseLong(event.timestamp().replace(".", "")));
                assertThat(record.words()).isEqualTo(event.complete() ? event.toWords() : null);
                certain += event.complete() ? 1 : 0;
            }
        }
        assertThat(certain).isGreaterThan(1_000);
    }

    private static void damage(List<String> log, Random random) {
        int at = random.nextInt(log.size());
        StringBuilder line = new StringBuilder(log.get(at));
        int column = random.nextInt(Math.max(1, line.length()));
        int letter = random.nextInt(FITTING.length());
        switch (random.nextInt(6)) {
            case 0 -> line.setLength(Math.min(column, line.length()));
            case 1 -> line.insert(Math.min(column, line.length()), FITTING.charAt(letter));
            case 2 -> line.append(log.get(random.nextInt(log.size())));
            case 3 -> line.setLength(0);
            case 4 -> {
                String other = log.get(random.nextInt(log.size()));
                line.setLength(0);
                line.append(other);
            }
            default -> line.replace(
                Math.min(column, line.length()), Math.min(column + 1, line.length()),
                FITTING.substring(letter, letter + 1));
        }
        log.set(at, line.toString());
    }

    private static List<String> decoded(boolean withWords, Random random, String device) {
        SampleLog log = new SampleLog(7_000_000L + random.nextInt(1_000));
        int[] ids = {0x10, 0x11, 0x12, 0x13, 0x02, 0x03, 0x0a, 0x25};
        for (int event = 0; event < EVENTS; event++) {
            int id = ids[random.nextInt(ids.length)];
            long stall = random.nextInt(4) == 0 ? 0x80000000L | random.nextInt(1 << 16) : 0;
            long[] words = {
                random.nextInt(3) == 0
                    ? EventRecordLayout.word0(id, random.nextInt(1 << 16), 1 + random.nextInt(1 << 19))
                    : EventRecordLayout.word0(id, random.nextInt(1 << 16)),
                stall | (random.nextInt(16) << 1 & 0xeL) << 32 | (long) random.nextInt(4) << 40
                    | (long) random.nextInt(2) << 39,
                random.nextLong(), random.nextLong() & 0x000f_ffff_ffff_f000L};
            if (withWords) {
                log.raw(device, words);
            }
            log.decoded(device, random.nextBoolean() ? "0000:7d:0" + event % 8 + ".1" : "(unassigned sid)", words);
        }
        return log.lines();
    }

    private static List<String> storm(String prefix) {
        List<String> lines = new ArrayList<>();
        int micros = 471_032;
        for (int event = 0; event < EVENTS; event++) {
            int id = event % 2 == 0 ? 0x10 : 0x2;
            lines.add(prefix + " event 0x" + String.format("%02x", id) + " received:");
            for (int word = 0; word < 4; word++) {
                long value = word == 0 ? id | event * 0x100L << 32 : event * 0xabcdefL;
                lines.add(prefix + String.format("\t0x%016x", value));
            }
            for (int line = lines.size() - 5; line < lines.size(); line++) {
                lines.set(line, lines.get(line).replaceFirst("\\.\\d{6}\\]", "." + micros++ + "]"));
            }
        }
        return lines;
    }

    private boolean takes(String content) {
        List<String> log = List.of(line(DEVICE, "event 0x02 received:"), line(DEVICE, content));
        assertThat(shortWay(log)).isEqualTo(longWay(log));
        return taken == 1;
    }

    private static String line(String device, String content) {
        return "[    7.471032] arm-smmu-v3 " + device + ": " + content;
    }

    private List<String> shortWay(List<String> log) {
        return read(log, true);
    }

    private List<String> longWay(List<String> log) {
        return read(log, false);
    }

    private List<String> read(List<String> log, boolean tryBytes) {
        List<String> found = new ArrayList<>();
        EventLines lines = new EventLines(
            "a.log", event -> found.add(event.toString()), diagnostic -> found.add(diagnostic.toString()));
        read(lines, log, tryBytes);
        return found;
    }

    private void read(EventLines lines, List<String> log, boolean tryBytes) {
        for (int i = 0; i < log.size(); i++) {
            byte[] bytes = ("x\n" + log.get(i) + "\nx").getBytes(StandardCharsets.UTF_8);
            if (tryBytes && lines.onRawLine(i + 1, bytes, 2, bytes.length - 2)) {
                taken++;
            } else {
                lines.onLine(i + 1, log.get(i), true);
            }
        }
        lines.end(log.size());
    }
}
