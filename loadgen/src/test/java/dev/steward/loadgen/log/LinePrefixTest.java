package dev.steward.loadgen.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same event behind everything that people and daemons put in front of it. */
final class LinePrefixTest {
    private static final String DEVICE = "arm-smmu-v3.2.auto";
    private static final String LINUX = "arm-smmu-v3 " + DEVICE + ": ";

    static Stream<Arguments> prefixes() {
        return Stream.of(
            Arguments.of(LINUX, DEVICE, null),
            Arguments.of("[    1.966934] " + LINUX, DEVICE, "1.966934"),
            Arguments.of("<6>[    1.966934] " + LINUX, DEVICE, "1.966934"),
            Arguments.of("[    1.966934][    T1] " + LINUX, DEVICE, "1.966934"),
            Arguments.of("[    1.966934] [  T123] " + LINUX, DEVICE, "1.966934"),
            Arguments.of("[12345.966934] [pid:134,cpu0,irq/13-arm-smmu]" + LINUX, DEVICE, "12345.966934"),
            Arguments.of("kern  :info  : [  196.747107] " + LINUX, DEVICE, "196.747107"),
            Arguments.of("kern  :err   : [Mon Jan  1 12:00:00 2024] " + LINUX, DEVICE, null),
            Arguments.of("[Mon Jan  1 12:00:00 2024] " + LINUX, DEVICE, null),
            Arguments.of("2024-01-01T12:00:00,123456+01:00 " + LINUX, DEVICE, null),
            Arguments.of("<6>1 2024-01-01T12:00:00.123456Z host kernel - - - " + LINUX, DEVICE, null),
            Arguments.of("<6>1 2024-01-01T12:00:00Z host kernel - - [a b=\"c\"] [ 9.000001] "
                + LINUX, DEVICE, "9.000001"),
            Arguments.of("01-31 12:00:00.123     0     0 I kernel  : " + LINUX, DEVICE, null),
            Arguments.of("11-24 10:01:40.000     0     0 E " + LINUX, DEVICE, null),
            Arguments.of("11-24 10:01:40.000     0     0 E : [    1.966934] " + LINUX, DEVICE, "1.966934"),
            Arguments.of("11-24 10:01:40.000     0     0 E kernel: " + LINUX, DEVICE, null),
            Arguments.of("[  +0.000021] " + LINUX, DEVICE, null),
            Arguments.of("host kernel:     8.490171] " + LINUX, DEVICE, null),
            Arguments.of("[  196.747107 <    0.000002>] " + LINUX, DEVICE, "196.747107"),
            Arguments.of("Jan  1 12:00:00 host kernel: [    1.000001] " + LINUX, DEVICE, "1.000001"),
            Arguments.of("Jan 01 12:00:00 host kernel: " + LINUX, DEVICE, null),
            Arguments.of("6,1234,5678901,-;" + LINUX, DEVICE, "5.678901"),
            Arguments.of("> > [    1.966934] " + LINUX, DEVICE, "1.966934"),
            Arguments.of(">[    1.966934] " + LINUX, DEVICE, "1.966934"),
            Arguments.of("\t  [    1.966934] " + LINUX, DEVICE, "1.966934"),
            Arguments.of("N[    1.966934] " + LINUX, DEVICE, "1.966934"),
            Arguments.of("Jobs: 1 (f=1)\r[    1.966934] " + LINUX, DEVICE, "1.966934"),
            Arguments.of("[2024-01-01 12:00:00.123] [    1.966934] " + LINUX, DEVICE, "1.966934"),
            Arguments.of("\u001b[32m[    1.966934] \u001b[0m\u001b[33m" + LINUX + "\u001b[0m", DEVICE, "1.966934"),
            Arguments.of("# [    1.966934] " + LINUX, DEVICE, "1.966934"),
            Arguments.of("[    1.966934@3]d " + LINUX, DEVICE, "1.966934"),
            Arguments.of("[ 1700000000.123456] [    1.966934] " + LINUX, DEVICE, "1.966934"),
            Arguments.of("[<    0.000012>] " + LINUX, DEVICE, null),
            Arguments.of("966934] " + LINUX, DEVICE, null),
            Arguments.of("(XEN) SMMUv3: /soc/iommu@fc900000: ", "/soc/iommu@fc900000", null),
            Arguments.of("(XEN) [   12.345678] SMMUv3: /soc/iommu@fc900000: ", "/soc/iommu@fc900000", "12.345678"),
            Arguments.of("(XEN) [2024-05-01 12:00:00] SMMUv3: /iommu@9: ", "/iommu@9", null),
            Arguments.of("[    1.966934] arm-smmu-v3 9050000.smmuv3: ", "9050000.smmuv3", "1.966934"),
            Arguments.of("[    1.966934] arm-smmu-v3 ARMH0600:00: ", "ARMH0600:00", "1.966934"),
            Arguments.of("[    1.966934] arm-smmu-v3 2b400000.smmu: ", "2b400000.smmu", "1.966934"));
    }

    static Stream<String> gaps() {
        return Stream.of("", "\t", "      ", "#011", "\\t", "\\x09", "^I", " \t ");
    }

    @ParameterizedTest
    @MethodSource("prefixes")
    void shouldReadTheEventBehindAnyPrefix(String prefix, String device, String timestamp) {
        for (String lineEnd : List.of("\n", "\r\n", "\r\r\n")) {
            DecodedEvent event = Decoding.of(text(prefix, "\t", lineEnd)).only();
            assertThat(event.complete()).isTrue();
            assertThat(event.device()).isEqualTo(device);
            assertThat(event.timestamp()).isEqualTo(timestamp);
            assertThat(event.toWords()).isEqualTo(SampleLog.STALLED);
        }
    }

    @ParameterizedTest
    @MethodSource("gaps")
    void shouldReadWordsBehindAnyGap(String gap) {
        DecodedEvent event = Decoding.of(text("[    1.966934] " + LINUX, gap, "\n")).only();
        assertThat(event.complete()).isTrue();
        assertThat(event.toWords()).isEqualTo(SampleLog.STALLED);
    }

    @Test
    void shouldReadTheJournalAsJsonWithItsClock() {
        StringBuilder json = new StringBuilder();
        String bytes = "event 0x10 received:".chars().mapToObj(Integer::toString).collect(Collectors.joining(","));
        String name = LINUX.chars().mapToObj(Integer::toString).collect(Collectors.joining(","));
        json.append("{\"_TRANSPORT\":\"kernel\",\"_SOURCE_MONOTONIC_TIMESTAMP\":\"1966934\",")
            .append("\"MESSAGE\":[").append(name).append(',').append(bytes).append("]}\n");
        for (long word : SampleLog.STALLED) {
            json.append("{\"MESSAGE\":\"").append(LINUX).append(String.format("\\t0x%016x\"", word))
                .append(",\"__MONOTONIC_TIMESTAMP\":\"1966999\",\"__REALTIME_TIMESTAMP\":\"1700000000000000\"}\n");
        }
        DecodedEvent event = Decoding.of(json.toString()).only();
        assertThat(event.complete()).isTrue();
        assertThat(event.timestamp()).isEqualTo("1.966934");
        assertThat(event.toWords()).isEqualTo(SampleLog.STALLED);
    }

    /** Each record as a program writes it that gives every field a line; the message stands for {@code @}. */
    @ParameterizedTest
    @ValueSource(strings = {
        "         \"pri\": 3,\n         \"time\":     1.966934,\n         \"msg\": \"@\"\n      },{\n",
        "{\n\t\"__REALTIME_TIMESTAMP\" : \"1700000000000000\",\n\t\"__MONOTONIC_TIMESTAMP\" : \"1966934\",\n"
            + "\t\"MESSAGE\" : \"@\",\n\t\"_HOSTNAME\" : \"host\"\n}\n",
        "__REALTIME_TIMESTAMP=1700000000000000\n__MONOTONIC_TIMESTAMP=1966934\nMESSAGE=@\nPRIORITY=3\n\n",
        "- {\"dt\": \"2024-01-01T12:00:00.123456\", \"lvl\": \"target\", \"msg\": \"[    1.966934] @\"}\n",
        "{\"log\":\"[    1.966934] @\\n\",\"stream\":\"stdout\",\"time\":\"2024-01-01T12:00:00.123456789Z\"}\n"})
    void shouldReadTheMessageOfARecordWithItsTime(String record) {
        String decoded = LINUX + "event: F_PERMISSION client: 0000:01:00.0 sid: 0x100 ssid: 0x0 iova: 0x1000 ipa: 0x0";
        String quote = record.contains("MESSAGE=") ? "\"" : "\\\"";
        String attributes = LINUX + "unpriv data read s1 @Input address caused fault@ stag: 0x0".replace("@", quote);
        DecodedEvent event =
            Decoding.of(record.replace("@", decoded) + record.replace("@", attributes)).only();

        assertThat(event.complete()).isTrue();
        assertThat(event.timestamp()).isEqualTo("1.966934");
    }

    /** The time of one record is not that of the next, which has none. */
    @Test
    void shouldNotKeepTheTimeOfARecord() {
        String text = text("MESSAGE=" + LINUX, "", "\n").replaceAll("(?m)$", "\n");
        DecodedEvent event = Decoding.of("MESSAGE=usb 1-1: new\n" + text).only();
        assertThat(event.timestamp()).isNull();
        event = Decoding.of("__MONOTONIC_TIMESTAMP=1966934\nMESSAGE=usb 1-1: new\n" + text).only();
        assertThat(event.timestamp()).isNull();
    }

    @Test
    void shouldReadWhatABrowserEscaped() {
        DecodedEvent event = Decoding.of(LINUX + "event: F_ACCESS client: a sid: 0x1 ssid: 0x0 iova: 0x1 ipa: 0x0\n"
            + LINUX + "unpriv data read s1 &quot;Input address caused fault&quot; stag: 0x0\n").only();
        assertThat(event.complete()).isTrue();
    }

    @Test
    void shouldAcceptUpperCaseHex() {
        String text = text(LINUX, " ", "\n").replace("0x0000AAAADA7AF000", "0X0000AAAADA7AF000");
        String upper = text.lines()
            .map(line -> line.contains(": 0x") || line.contains(":  0x")
                ? line.substring(0, LINUX.length()) + line.substring(LINUX.length()).toUpperCase() : line)
            .reduce("", (a, b) -> a + b + "\n");
        assertThat(upper).contains("0X0000AAAADA7AF040");
        assertThat(Decoding.of(upper).only().toWords()).isEqualTo(SampleLog.STALLED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[12345678]", "[.123456]", "[0x12]", "[pid:134]"})
    void shouldNotTakeOtherBracketsForATimeStamp(String brackets) {
        assertThat(Stamp.find(brackets + " [    7.471032]", 0, brackets.length())).isNull();
        assertThat(Stamp.find(brackets + " [    7.471032]", 0, Integer.MAX_VALUE).stamp().seconds())
            .isEqualTo("7.471032");
    }

    /** It stands where a time stamp stands, so it ends what came before; a time it does not say. */
    @Test
    void shouldNotReadATimeFromFourDigits() {
        assertThat(Stamp.find("[1.1234] x", 0, 1).stamp()).isEqualTo(Stamp.NONE);
    }

    @Test
    void shouldReadBothMessagesWhenALineEndIsLost() {
        List<String> lines = new SampleLog(0).raw(DEVICE, SampleLog.STALLED).lines();
        for (int lost = 0; lost < lines.size() - 1; lost++) {
            List<String> damaged = new ArrayList<>(lines);
            damaged.set(lost, damaged.get(lost) + damaged.remove(lost + 1));
            DecodedEvent event = Decoding.ofLines(damaged).only();
            assertThat(event.complete()).as("line end %d", lost).isTrue();
            assertThat(event.toWords()).isEqualTo(SampleLog.STALLED);
        }
    }

    @Test
    void shouldIgnoreOtherMessagesOfTheDriver() {
        Decoding decoding = Decoding.of("""
            [    1.0] arm-smmu-v3 arm-smmu-v3.0.auto: option mask 0x0
            [    1.000001] arm-smmu-v3 arm-smmu-v3.0.auto: ias 48-bit, oas 48-bit (features 0x00000fef)
            [    1.000002] arm-smmu-v3 arm-smmu-v3.0.auto: allocated 32768 entries for evtq
            [    1.000003] arm-smmu-v3 arm-smmu-v3.0.auto: msi_domain absent - falling back to wired irqs
            [    1.000004] arm-smmu-v3 arm-smmu-v3.0.auto: unexpected PRI request received:
            [    1.000005] arm-smmu-v3 arm-smmu-v3.0.auto: PRIQ overflow detected -- requests lost
            SMMUv3 is on, arm-smmu-v3
            """);
        assertThat(decoding.events()).isEmpty();
        assertThat(decoding.diagnostics()).isEmpty();
        assertThat(decoding.summary()).isEqualTo(new LogSummary(7, 7, 0, 0, 0, 0));
    }

    private static String text(String prefix, String gap, String lineEnd) {
        StringBuilder text = new StringBuilder(prefix).append("event 0x10 received:").append(lineEnd);
        for (long word : SampleLog.STALLED) {
            text.append(prefix).append(gap).append(String.format("0x%016x", word)).append(lineEnd);
        }
        return text.toString();
    }
}
