package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.steward.loadgen.log.KernelMessages;
import dev.steward.reports.read.ForeignFigure;
import dev.steward.reports.read.ForeignResult;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each kind of log in each shape in which people hand logs on: what the plain text says is what must be read, whatever
 * stands before or around its lines. {@code %d} counts the lines.
 */
class LogShapeTest {
    private static final String SMMU = "arm-smmu-v3 arm-smmu-v3.0.auto: ";
    private static final String DMAR = "DMAR: [DMA Write NO_PASID] Request device [01:00.0] fault addr 0xbdd1a000 "
        + "[fault reason 0x05] PTE Write access is not set";
    private static final String AMD = "nvme 0000:01:00.0: AMD-Vi: Event logged [IO_PAGE_FAULT domain=0x000a "
        + "address=0xdf800000 flags=0x0020]";
    private static final Map<String, List<String>> EVENTS = Map.of(
        "intel-dmar", List.of(DMAR, DMAR),
        "intel-dmar on two lines", List.of("DMAR: DRHD: handling fault status reg 2",
            "DMAR:[DMA Read] Request device [03:00.0] fault addr fffff000 ",
            "DMAR:[fault reason 06] PTE Read access is not set", DMAR),
        "amd-vi", List.of(AMD, AMD),
        "iommu-group", List.of("vfio-pci 0000:01:00.0: Adding to iommu group 10",
            "vfio-pci 0000:01:00.0: Removing from iommu group 10"),
        "iommu-group before 5.1", List.of("iommu: Adding device 0000:01:00.0 to group 10",
            "iommu: Removing device 0000:01:00.0 from group 10"),
        "smmuv3-raw", List.of(SMMU + "event 0x10 received:", SMMU + "\t0x0000010000000010",
            SMMU + "\t0x0000020a00000000", SMMU + "\t0x000000009b0cc000", SMMU + "\t0x0000000000000000",
            SMMU + "event 0x04 received:", SMMU + "\t0x0000010000000004", SMMU + "\t0x0000000000000000",
            SMMU + "\t0x0000000000000000", SMMU + "\t0x0000000000000000"),
        "smmuv3-new", List.of(
            SMMU + "event: F_CD_FETCH client: 0000:01:00.0 sid: 0x100 ssid: 0x1 fetch_addr: 0x2080a41fc0",
            SMMU + "event: F_TRANSLATION client: 0000:01:00.0 sid: 0x100 ssid: 0x0 iova: 0x9b0cc000 ipa: 0x0",
            SMMU + "priv data read s1 \"Input address caused fault\" stag: 0x0"));
    private static final Map<String, List<String>> TESTS = Map.of(
        "spin_lock, run 1: writes 4000 700 1000 1300", List.of(
            "spin_lock-torture:--- Start of test [debug]: nwriters_stress=4 nreaders_stress=0 verbose=1",
            "Writes:  Total: 1000  Max/Min: 300/200   Fail: 0 ",
            "spin_lock-torture: Writes:  Total: 4000  Max/Min: 1300/700   Fail: 0 ",
            "spin_lock-torture:--- End of test: SUCCESS: nwriters_stress=4 nreaders_stress=0 verbose=1"),
        "rcu: read, mean of each run 2 12 12 13", List.of(
            "rcu-ref-scale:--- Start of test:  verbose=0 nreaders=4 loops=1000 nruns=2",
            "rcu-ref-scale: END OF TEST. Calculating average duration per loop (nanoseconds)...",
            "Runs\tTime(ns)", "1\t12.500", "2\t11.500"),
        "rcu: grace period, all writers 2 28003582 36003772 44003961", List.of(
            "rcu-scale:--- Start of test: gp_exp=0 nreaders=1 nwriters=1", "rcu-scale: writer 0 gps: 2",
            "rcu-scale:    0 writer-duration:     0 44003961", "rcu-scale:    0 writer-duration:     1 28003582"));

    private static final Map<String, String> WRAPPED = Map.of(
        "in backticks", "`[    1.0000%02d] LINE`", "in quotes", "'[    1.0000%02d] LINE'",
        "as bytes", "b'<3>[    1.0000%02d] LINE\\n'", "in bold", "**[    1.0000%02d] LINE**",
        "in a frame", "│ [    1.0000%02d] LINE │", "in braces", "{noformat}[    1.0000%02d] LINE{noformat}",
        "in brackets", "[code][    1.0000%02d] LINE[/code]", "broken by hand", "[    1.0000%02d] LINE\\",
        "in capitals", "<FONT COLOR=red>[    1.0000%02d] LINE</FONT><BR>",
        "with a semicolon", "[    1.0000%02d] LINE;");

    @TempDir
    Path folder;

    private static Map<String, UnaryOperator<String>> shapes() {
        Map<String, UnaryOperator<String>> shapes = new LinkedHashMap<>();
        for (String prefix : List.of(
            "", "[    1.0000%02d] ", "[    1.0000%02d][  T123] ", "<3>[    1.0000%02d] ", "[  +0.0000%02d] ",
            "[<    0.0000%02d>] ", "[Thu Sep 26 09:24:%02d 2019] ", "kern  :alert : [    1.0000%02d] ",
            "[2024-05-02T12:00:00,0000%02d+02:00] ", "2024-05-02T12:00:00,0000%02d+02:00 ",
            "3,10%02d,1000001,-;", "3,10%02d,1000001,-,caller=T12;", "May 01 12:00:%02d box kernel: ",
            "<3>1 2024-05-01T12:00:00.0000%02d+02:00 box kernel - - - ", "May 01 12:00:%02d [    1.000001] ",
            "2024-05-01T12:00:00.0000%02d+02:00 box kernel: [    1.000001] ", "2024-05-01T12:00:00.12345%02dZ ",
            "2024-05-01T12:00:00.1234567%02dZ stderr F ", "[12:00:%02d] ", "[12:00:%02d.123] [    1.000001] ",
            "> > [    1.0000%02d] ", "\t[    1.0000%02d] ", "    [    1.0000%02d] ", "| [    1.0000%02d] ",
            "* [    1.0000%02d] ", "* ", "- ", "(qemu) [    1.0000%02d] ", "root@box:~# [    1.0000%02d] ",
            "05-01 12:00:%02d.123     0     0 I kernel  : ", "12%02d:[    1.000001] ", "12%02d:",
            "dmesg.txt:12%02d:[    1.000001] ", "dmesg.txt-12%02d-[    1.000001] ",
            "[    1.0000%02d][   T123][ kworker/1:1] ", "[    1.0000%02d][ T123@C1] ", "[    1.0000%02d] 001: ",
            "<3>[    1.0000%02d]  [2:   kworker/u16:1:  123] ", "[    1.0000%02d] I[0:      swapper/0:    1] ",
            "<3>[    1.0000%02d]  (1)[123:kworker/1:1]", "<3>-(1)[    1.0000%02d][123:irq/5-smmu]",
            "<3>[    1.0000%02d / 05-01 12:00:10.123][1] ", "<6>[    1.0000%02d] c0      1 (swapper/0) ",
            "[    1.0000%02ds][2024:05:01 12:00:10][pid:1,cpu0,swapper/0]", "[    1.0000%02d] <3>",
            "05-01 12:00:%02d.123  root     0     0 I kernel  : ",
            "2024-05-01 12:00:%02d.123 +0200     0     0 I kernel: ",
            "1714557610.1%02d     0     0 I kernel  : ", "[Wed May  1 12:00:%02d CEST 2024] ",
            "[mer. mai  1 12:00:%02d 2024] ", "[Ср мая  1 12:00:%02d 2024] ", "mai 01 12:00:%02d box kernel: ",
            "Wed 2024-05-01 12:00:%02d CEST box kernel[-]: ", "May  1 12:00:%02d box kernel[0]: ",
            "Wed May  1 12:00:%02d 2024 kern.err kernel: [    1.000001] ", "2024-05-01T12:00:%02d.123Z cpu3:2098)",
            "6.4.0-rc1,3,10%02d,1000001,-,caller=T12;", "2024-05-01 12:00:%02d 10.0.0.1:6665 3,1010,1000001,-;",
            "(XEN) [2024-05-01 12:00:%02d] (d0) ", "12:00:%02d ", "[1.0000%02d 0.000010] ", "dut1 [    1.000001] ",
            "[32m[    1.0000%02d] [0m[31m", "^[[32m[    1.0000%02d] ^[[0m^[[31m", "\\x1b[32m[    1.0000%02d] \\x1b[0m",
            "#033[32m[    1.0000%02d] #033[0m", "-- quoted: ", "12%02d │ [    1.000001] ", "+[    1.0000%02d] ",
            "\u001b[32m[    1.0000%02d] \u001b[0m\u001b[31m")) {
            shapes.put("behind '" + prefix + "'", line -> prefix + line + "\n");
        }
        shapes.put("CRLF", line -> "[    1.0000%02d] " + line + "\r\n");
        shapes.put("CR", line -> "[    1.0000%02d] " + line + "\r");
        shapes.put("page",
            line -> "[    1.0000%02d] " + line.replace("\t", "&#9;").replace("\"", "&quot;") + "<br/>\n");
        shapes.put("marked up", line -> "<span class=\"l\">[    1.0000%02d]</span> <b>" + line + "</b>\n");
        shapes.put("quoted-printable",
            line -> "[    1.0000%02d] " + line.replace("=", "=3D").replace("\t", "=09") + "\n");
        WRAPPED.forEach((name, around) -> shapes.put(name, line -> around.replace("LINE", line) + "\n"));
        shapes.put("escaped",
            line -> "write(1, \"[    1.0000%02d] " + escaped(line) + "\\n\", 80) = 80\n");
        shapes.put("list of texts", line -> "        \"" + escaped(line) + "\",\n");
        shapes.put("table", line -> "12,\"[    1.0000%02d] " + line.replace("\"", "\"\"") + "\"\n");
        shapes.put("collected", line -> "2024-05-01 12:00:%02d +0000 kern: {\"host\":\"box\",\"short_message\":\""
            + escaped(line) + "\"}\n");
        shapes.put("nested", line -> "{\"_source\":{\"@timestamp\":\"2024-05-01T12:00:%02d.123Z\",\"message\":\""
            + escaped(line) + "\"},\"sort\":[1]}\n");
        shapes.put("side by side", line -> "[    1.0000%02d] " + line + " ");
        shapes.put("journal",
            line -> "{\"_SOURCE_MONOTONIC_TIMESTAMP\":\"10000%02d\",\"MESSAGE\":\"" + escaped(line) + "\"}\n");
        shapes.put("container", line -> "{\"log\":\"[    1.0000%02d] " + escaped(line)
            + "\\n\",\"stream\":\"stdout\",\"time\":\"2024-01-01T12:00:00.1234567Z\"}\n");
        shapes.put("export", line -> "__MONOTONIC_TIMESTAMP=10000%02d\nMESSAGE=" + line + "\n\n");
        return shapes;
    }

    private static String escaped(String line) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(line));
    }

    @TestFactory
    Stream<DynamicTest> shouldReadEventsAndAttachesInEachShape() {
        return shapes().entrySet().stream().flatMap(shape -> EVENTS.entrySet().stream().map(
            kind -> DynamicTest.dynamicTest(kind.getKey() + " " + shape.getKey(), () -> {
                ScannedLog log = ScannedLog.of(write(kind.getValue(), shape.getValue()));

                assertThat(records(log)).isEqualTo(records(ScannedLog.of(write(kind.getValue(), line -> line + "\n"))));
                assertThat(log.records()).hasSize(2).extracting(record -> record.kind().label())
                    .containsOnly(kind.getKey().split(" ")[0]);
                assertThat(log.losses()).isEmpty();
            })));
    }

    @TestFactory
    Stream<DynamicTest> shouldReadKernelTestsInEachShape() {
        return shapes().entrySet().stream().flatMap(shape -> TESTS.entrySet().stream().map(
            test -> DynamicTest.dynamicTest(test.getKey() + " " + shape.getKey(), () -> {
                List<ForeignResult> results =
                    ForeignResult.read(write(test.getValue(), shape.getValue()), KernelMessages::read);

                assertThat(results).hasSize(1);
                assertThat(results.get(0).figures()).extracting(LogShapeTest::words).containsExactly(test.getKey());
            })));
    }

    @TestFactory
    Stream<DynamicTest> shouldReadEachEncoding() {
        return Stream.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE).map(
            charset -> DynamicTest.dynamicTest(charset.name(), () -> {
                for (List<String> lines : EVENTS.values()) {
                    Path file = write(lines, line -> "[    1.0000%02d] " + line + "\r\n");
                    Files.writeString(file, "\ufeff" + Files.readString(file), charset);
                    assertThat(ScannedLog.of(file).records()).hasSize(2);
                }
                for (Map.Entry<String, List<String>> test : TESTS.entrySet()) {
                    Path file = write(test.getValue(), line -> line + "\r\n");
                    Files.writeString(file, "\ufeff" + Files.readString(file), charset);
                    assertThat(ForeignResult.read(file, KernelMessages::read).get(0).figures())
                        .extracting(LogShapeTest::words).containsExactly(test.getKey());
                }
            }));
    }

    /** The right values were worked out by hand, from the kernels' formats and the layout of an event. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '$', value = {
        "iommu ivhd0: AMD-Vi: INVALID_DEVICE_REQUEST device=00:14.5 pasid=0x00000 address=0xfdf80000 flags=0x0a00]"
            + "|00:14.5 EVENT 1 0 0",
        "iommu ivhd0: AMD-Vi: Event logged [UNKNOWN event[0]=0x00000001 event[1]=0x00000002 event[2]=0x00000003 "
            + "event[3]=0x00000004|1: amd-vi: event of the IOMMU itself, not of a device",
        "iommu ivhd0: AMD-Vi: Event logged [INVALID_PPR_REQUEST device=0000:01:00.0 pasid=0x00001 address=0x1000 "
            + "flags=0x0000 tag=0x001]|1: amd-vi: event of the IOMMU itself, not of a device",
        "AMD-Vi: Event logged [RMP_PAGE_FAULT device=0000:01:00.0 vmg_tag=0x0001, gpa=0x1234000, flags_rmp=0x0001, "
            + "flags=0x0020]|0000:01:00.0 EVENT 13 20000000000 1234000",
        "snd_hda_intel 0000:0b:00.1: AMD-Vi: Event logged [IO_PAGE_FAULT domain=0x0000 address=0xfee00000 "
            + "flags=0x0008]|1: amd-vi: fault of an interrupt request, not of an address",
        "DMAR: [DMA Write PASID 0x1] Request device [6a:01.0] fault addr 0xffffffffff000 [fault reason 0x71] SM: "
            + "Present bit in first-level paging entry is clear|6a:01.0 EVENT 1810 20000000000 ffffffffff000",
        "DMAR: [DMA Read] Request device [00:02.0] PASID 3 fault addr 7f000 [fault reason 06] PTE Read access is not "
            + "set|00:02.0 EVENT 3810 20800000000 7f000",
        "DMAR: [DMA Write NO_PASID] Request device [10000:e1:00.0] fault addr 0x1000 [fault reason 0x02] Present bit "
            + "in context entry is clear|10000:e1:00.0 EVENT 4 0 0",
        "DMAR4: pci0:31:2 sid fa fault acc 0 adt 0x0 reason 0x2 addr 0"
            + "|1: other: names an IOMMU, and is no fault and no attach that is known",
        "3w-9xxx 0000:02:00.0: Adding to iommu group 3|0000:02:00.0 ADD 0 0 0",
        "pci 10000:e0:1d.0: Adding to iommu group 9|10000:e0:1d.0 ADD 0 0 0",
        "vfio-pci 0000:01:00.0: Failed to add to iommu group 3: -16"
            + "|1: other: names an IOMMU, and is no fault and no attach that is known",
        "x-1 [001] ..... 1714557610.456804: io_page_fault: IOMMU:nvme 0000:01:00.0 iova=0x00000000fffe0000 "
            + "flags=0x0001|0000:01:00.0 EVENT 10 20000000000 fffe0000",
        "x-1 [001] ..... 44123: attach_device_to_domain: IOMMU: device=0000:01:00.0|0000:01:00.0 ATTACH 0 0 0"})
    void shouldReadWhatKernelsOfOtherVersionsPrint(String line, String right) throws IOException {
        ScannedLog log = ScannedLog.of(Files.writeString(folder.resolve("some.log"), line + "\n"));

        assertThat(Stream.concat(log.records().stream().map(record -> String.format("%s %s %x %x %x", record.device(),
            record.action(), record.words()[0], record.words()[1], record.words()[2])), log.losses().stream()))
            .containsExactly(right);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Benchmark  Mode  Cnt  Score   Error  Units|: JMH writes JSON with -rf json",
        "rcu-torture: rtc: 00000000abcdef ver: 3433 tfle: 0|: rcutorture tests, and measures no time",
        "goos: linux|nor an HdrHistogram interval log"})
    void shouldSayWhatToDoWithOtherResults(String line, String advice) throws IOException {
        Path file = Files.writeString(folder.resolve("some.txt"), line + "\n");

        assertThatThrownBy(() -> ForeignResult.read(file, KernelMessages::read)).hasMessageEndingWith(advice);
    }

    @Test
    void shouldReadAgainWhatALogDaemonSaysCameAgain() throws IOException {
        Path log = Files.writeString(folder.resolve("some.log"), String.join("\n",
            "May  1 12:00:10 box kernel: " + SMMU + "event 0x02 received:",
            "May  1 12:00:10 box kernel: " + SMMU + "\t0x0000010000000002",
            "May  1 12:00:10 box kernel: " + SMMU + "\t0x0000000000000000",
            "May  1 12:00:10 box last message repeated 2 times",
            "May  1 12:00:11 box kernel: " + DMAR,
            "May  1 12:00:12 box kernel: message repeated 3 times: [ [    1.000001] " + DMAR + "]",
            "May  1 12:00:13 box last message repeated 999999999 times", ""));

        ScannedLog scanned = ScannedLog.of(log);

        assertThat(scanned.records().subList(0, 5)).extracting(record -> record.line() + " " + record.kind().label())
            .containsExactly("1 smmuv3-raw", "5 intel-dmar", "6 intel-dmar", "6 intel-dmar", "6 intel-dmar");
        assertThat(scanned.records()).hasSize(5 + 10_000);
        assertThat(scanned.losses())
            .containsExactly("7: says that a line came 999999999 times more: 10000 are read");
    }

    /** Two lines of 1 May, a second apart; a date without a year counts as one of 1972. */
    @ParameterizedTest
    @ValueSource(strings = {
        "May  1 12:00:%02d box kernel: ", "Mai 01 12:00:%02d box kernel: ", "mai 01 12:00:%02d box kernel: ",
        "maj 01 12:00:%02d box kernel: ", "\u043c\u0430\u044f 01 12:00:%02d box kernel: ",
        "5\u6708 01 12:00:%02d box kernel: ", " 5\u6708  1 12:00:%02d box kernel: ",
        "[mi\u00e9 may  1 12:00:%02d 1972] ", "[mer. mai  1 12:00:%02d 1972] ", "1972-05-01T12:00:%02d,000000+02:00 ",
        "05-01 12:00:%02d.000  root 0 0 I : "})
    void shouldTellTheTimeInEachLanguage(String prefix) throws IOException {
        ScannedLog log = ScannedLog.of(write(EVENTS.get("intel-dmar"), line -> prefix + line + "\n"));

        assertThat(log.records()).extracting(record -> record.stamp().ns()).containsExactly(
            LocalDateTime.of(1972, 5, 1, 12, 0, 10).toEpochSecond(ZoneOffset.UTC) * 1_000_000_000,
            LocalDateTime.of(1972, 5, 1, 12, 0, 11).toEpochSecond(ZoneOffset.UTC) * 1_000_000_000);
    }

    /** As a program for writing letters saves it on an old system. */
    @Test
    void shouldReadQuotesAndBlanksOfAnEncodingWithAByteALetter() throws IOException {
        Path file = write(EVENTS.get("smmuv3-new"), line -> "[    1.0000%02d]\u00a0" + line + "\n");
        String text = Files.readString(file).replaceAll("\"([^\"]*)\"", "\u201c$1\u201d");
        Files.writeString(file, text, Charset.forName("windows-1252"));

        assertThat(ScannedLog.of(file).records()).hasSize(2);
    }

    private Path write(List<String> lines, UnaryOperator<String> shape) throws IOException {
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            log.append(shape.apply(lines.get(i)).replace("%02d", String.format("%02d", 10 + i)));
        }
        // A last line without its end may be cut.
        return Files.writeString(folder.resolve("some.log"), log.charAt(log.length() - 1) == '\n' ? log : log + "\n");
    }

    private static List<String> records(ScannedLog log) {
        return log.records().stream().map(
            record -> record.device() + " " + record.action() + " " + Arrays.toString(record.words())).toList();
    }

    private static String words(ForeignFigure figure) {
        return String.format(Locale.ROOT, "%s %d %.0f %.0f %.0f",
            figure.subject(), figure.count(), figure.min(), figure.mean(), figure.max());
    }
}
