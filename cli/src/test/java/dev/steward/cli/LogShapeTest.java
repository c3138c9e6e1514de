package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.steward.loadgen.log.KernelMessages;
import dev.steward.reports.read.ForeignFigure;
import dev.steward.reports.read.ForeignResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

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
        "amd-vi", List.of(AMD, AMD),
        "iommu-group", List.of("vfio-pci 0000:01:00.0: Adding to iommu group 10",
            "vfio-pci 0000:01:00.0: Removing from iommu group 10"),
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
                    .containsOnly(kind.getKey());
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
