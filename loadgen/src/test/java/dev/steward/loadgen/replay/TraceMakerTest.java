package dev.steward.loadgen.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.github.luben.zstd.ZstdOutputStream;
import dev.steward.engine.event.EventId;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.loadgen.log.EventLogException;
import dev.steward.loadgen.log.LogAction;
import dev.steward.loadgen.log.LogKind;
import dev.steward.results.ReplaySummary;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From the text of a log to the records that a cell plays. */
class TraceMakerTest {
    private static final long MS = 1_000_000;
    private static final String DMAR =
        "[    1.000000] DMAR: [DMA Write] Request device [01:00.0] fault addr 7ee29000 [fault reason 05] not set\n"
            + "[    1.002000] DMAR: [DMA Read] Request device [02:00.1] fault addr 1000 [fault reason 06] not set\n";

    @TempDir
    private Path folder;

    static Stream<Arguments> kinds() {
        return Stream.of(
            arguments(LogKind.SMMUV3_RAW, LogAction.EVENT, 0x10, 0x1600,
                "[    2.000000] arm-smmu-v3 fc900000.iommu: event 0x10 received:\n"
                    + "[    2.000100] arm-smmu-v3 fc900000.iommu:      0x0000160000000010\n"
                    + "[    2.000200] arm-smmu-v3 fc900000.iommu:      0x0000020000000000\n"
                    + "[    2.000300] arm-smmu-v3 fc900000.iommu:      0x0000000012345000\n"
                    + "[    2.000400] arm-smmu-v3 fc900000.iommu:      0x0000000012345000\n"),
            arguments(LogKind.SMMUV3_NEW, LogAction.EVENT, EventId.C_BAD_STREAMID.code(), 0x1600,
                "[    2.000000] arm-smmu-v3 fc900000.iommu: event: C_BAD_STREAMID client: (unassigned sid) sid: 0x1600 "
                    + "ssid: 0x0\n"),
            arguments(LogKind.FTRACE_IOMMU, LogAction.EVENT, 0x10, 0x500,
                " irq/24-AMD-Vi-48 [002] .... 978.554289: io_page_fault: IOMMU:[drv] 0000:05:00.0 "
                    + "iova=0x0000000091482640 flags=0x0001\n"),
            arguments(LogKind.FTRACE_IOMMU, LogAction.ATTACH, 0, 0x500,
                " qemu-1234 [002] .... 978.554289: attach_device_to_domain: IOMMU: device=0000:05:00.0\n"),
            arguments(LogKind.FTRACE_IOMMU, LogAction.DETACH, 0, 0x500,
                " qemu-1234 [002] .... 978.554289: detach_device_from_domain: IOMMU: device=0000:05:00.0\n"),
            arguments(LogKind.INTEL_DMAR, LogAction.EVENT, 0x10, 0x2f01,
                "[    9.000000] DMAR: [DMA Read NO_PASID] Request device [2f:00.1] fault addr 0x7ebb0000 "
                    + "[fault reason 0x06] PTE Read access is not set\n"),
            arguments(LogKind.AMD_VI, LogAction.EVENT, EventId.F_PERMISSION.code(), 0x600,
                "[    3.958183] ahci 0000:06:00.0: AMD-Vi: Event logged [IO_PAGE_FAULT domain=0x0000 "
                    + "address=0x423d8d980 flags=0x0070]\n"),
            arguments(LogKind.IOMMU_GROUP, LogAction.ADD, 0, 0x8402,
                "[   21.794947] pci 0000:84:00.2: Adding to iommu group 50\n"),
            arguments(LogKind.IOMMU_GROUP, LogAction.REMOVE, 0, 0x8402,
                "[   21.794947] pci 0000:84:00.2: Removing from iommu group 50\n"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldPlayWhatALineOfEachKindSays(LogKind kind, LogAction action, int id, int streamId, String text)
        throws IOException {
        ReplaySummary summary = make(log("a.log", text));
        ReplayTrace trace = ReplayTrace.open(trace());
        boolean event = action == LogAction.EVENT;

        assertThat(summary.used())
            .containsExactly(new ReplaySummary.Used(kind.label(), event ? 1 : 0, event ? 0 : 1));
        assertThat(summary.skipped()).isEmpty();
        assertThat(summary.timing().unstamped()).isZero();
        assertThat(trace.records()).isEqualTo(1);
        assertThat(trace.action(0)).isEqualTo(action);
        assertThat(trace.streamIds()).containsExactly(streamId);
        assertThat(EventRecordLayout.id(trace.word(0, 0))).isEqualTo(id);
    }

    @Test
    void shouldKnowADeviceAgainWhateverOthersSpeakBetween() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 4_096; i++) {
            int device = i % 3 == 0 ? 7 : i / 2;
            text.append(String.format("[    1.%06d] pci 000%d:%02x:%02x.%d: Adding to iommu group 1%n",
                i, device >> 12, device >> 8, device >> 3 & 31, device & 7));
            text.append("[    2.000000] rk_iommu fd").append(i / 4).append(".iommu: Adding to iommu group 1\n");
        }

        make(log("a.log", text.toString()));

        assertThat(ReplayTrace.open(trace()).streamIds()).doesNotHaveDuplicates().hasSize(devices(text.toString()));
    }

    private static int devices(String log) {
        return (int) log.lines().map(line -> line.replaceAll("^\\[.*?\\] \\S+ (\\S+): .*", "$1")).distinct().count();
    }

    @Test
    void shouldKeepTheTimingOfTheLog() throws IOException {
        ReplaySummary summary = make(log("a.log", DMAR));
        ReplayTrace trace = ReplayTrace.open(trace());

        assertThat(summary.lengthNs()).isEqualTo(2 * MS);
        assertThat(trace.timeNs(0)).isZero();
        assertThat(trace.timeNs(1)).isEqualTo(2 * MS);
        assertThat(trace.streamIds()).containsExactly(0x100, 0x201);
        assertThat(trace.word(1, 2)).isEqualTo(0x1000);
    }

    @Test
    void shouldPlaySeveralLogsOneAfterTheOther() throws IOException {
        ReplaySummary summary = make(log("a.log", DMAR), log("b.log", DMAR));
        ReplayTrace trace = ReplayTrace.open(trace());

        assertThat(summary.logs()).extracting(ReplaySummary.Log::lines).containsExactly(2L, 2L);
        assertThat(trace.records()).isEqualTo(4);
        assertThat(trace.timeNs(2)).isEqualTo(3 * MS);
        assertThat(summary.devices()).isEqualTo(2);
    }

    @Test
    void shouldSayWhenTheClockGoesBackAndGoOnBehind() throws IOException {
        ReplaySummary summary = make(log("a.log", DMAR + DMAR));
        ReplayTrace trace = ReplayTrace.open(trace());

        assertThat(summary.timing().restarts()).isEqualTo(1);
        assertThat(trace.timeNs(2)).isGreaterThan(trace.timeNs(1));
    }

    @Test
    void shouldGiveRecordsWithoutATimeTheGap() throws IOException {
        ReplaySummary summary = make(log("a.log", DMAR.replaceAll("(?m)^\\[.*?\\] DMAR", "DMAR")));

        assertThat(summary.timing().unstamped()).isEqualTo(2);
        assertThat(summary.lengthNs()).isEqualTo(MS);
    }

    @Test
    void shouldCountWhatItSkipsWithItsReasonAndItsFirstLine() throws IOException {
        Path log = log("a.log", DMAR
            + "[    1.003000] DMAR: [DMA Read] Request device [02:00.1] fault addr\n"
            + "[    1.004000] dmar_fault: 191 callbacks suppressed\n"
            + " qemu-1 [008] ....... 438.3: unmap: IOMMU: iova=0x0 - 0x1000 size=4096 unmapped_size=4096\n"
            + "[    1.005000] usb 1-1: new device\n");

        ReplaySummary summary = make(log);

        assertThat(summary.suppressed()).isEqualTo(191);
        assertThat(summary.skipped()).containsExactlyInAnyOrder(
            new ReplaySummary.Skipped("intel-dmar", "damaged or cut short", 1, log + ":3"),
            new ReplaySummary.Skipped("ftrace-iommu", "map and unmap: no attach and no fault", 1, log + ":5"));
    }

    @Test
    void shouldTellWhatALogIsPackedWithByItsFirstBytes() throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(gzip)) {
            out.write(DMAR.getBytes(StandardCharsets.US_ASCII));
        }
        ByteArrayOutputStream zstd = new ByteArrayOutputStream();
        try (OutputStream out = new ZstdOutputStream(zstd)) {
            out.write(DMAR.getBytes(StandardCharsets.US_ASCII));
        }

        ReplaySummary summary = make(
            Files.write(folder.resolve("a"), gzip.toByteArray()), Files.write(folder.resolve("b"), zstd.toByteArray()));

        assertThat(summary.logs()).extracting(ReplaySummary.Log::bytes).containsOnly((long) DMAR.length());
        assertThat(summary.events()).isEqualTo(4);
    }

    @Test
    void shouldPlayWhatComesBeforeTheEndOfATruncatedPackedLog() throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(gzip)) {
            Random random = new Random(3);
            for (int i = 0; i < 20_000; i++) {
                out.write(("[ " + i + ".000000] DMAR: [DMA Read] Request device [02:00.1] fault addr "
                    + Integer.toHexString(random.nextInt(1 << 30)) + " [fault reason 06] x\n").getBytes(
                    StandardCharsets.US_ASCII));
            }
        }
        byte[] half = Arrays.copyOf(gzip.toByteArray(), gzip.size() / 2);

        ReplaySummary summary = make(Files.write(folder.resolve("half.gz"), half));

        assertThat(summary.events()).isBetween(1_000L, 19_000L);
        assertThat(summary.notes()).hasSize(1).allMatch(note -> note.contains("half.gz:"));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 10})
    void shouldCallAZstdLogThatIsCutShortSo(int part) throws IOException {
        Random random = new Random(5);
        ByteArrayOutputStream zstd = new ByteArrayOutputStream();
        try (OutputStream out = new ZstdOutputStream(zstd)) {
            for (int i = 0; i < 10_000; i++) {
                out.write(DMAR.replace("7ee29000", Integer.toHexString(random.nextInt(1 << 30))).getBytes(
                    StandardCharsets.US_ASCII));
            }
        }
        byte[] whole = zstd.toByteArray();

        ReplaySummary summary = make(
            Files.write(folder.resolve("cut.zst"), Arrays.copyOf(whole, whole.length - whole.length / part)));

        assertThat(summary.notes()).hasSize(1).allMatch(note -> note.contains(" is cut short here"));
        assertThat(summary.events()).isPositive();
        assertRefused(Files.write(folder.resolve("six.zst"), Arrays.copyOf(whole, 6)), "is cut short at its start");
        whole[5] ^= 0x5a;
        whole[20] ^= 0x5a;
        assertRefused(Files.write(folder.resolve("damaged.zst"), whole), "is damaged at its start");
    }

    /** A pipe has no position, which a stream must not ask it for. */
    @Test
    void shouldReadANamedPipe() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        try {
            assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
        } catch (IOException e) {
            assumeTrue(false, "no mkfifo here");
        }
        Thread writer = new Thread(() -> {
            try (OutputStream out = new FileOutputStream(pipe.toFile())) {
                out.write(DMAR.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        writer.setDaemon(true);
        writer.start();

        assertThat(make(pipe).events()).isEqualTo(2);
        writer.join();
    }

    @Test
    void shouldSayWhyALogOfOneEndlessLineHasNothing() throws IOException {
        assertRefused(log("endless.log", DMAR.replace("\n", " ").repeat(1_000)),
            ": nothing to play in 1 lines; ");
        assertRefused(log("return.log", DMAR.replace("\n", "\r").repeat(1_000)), ":1: log: line of more than 65536 b");
    }

    @Test
    void shouldPlayLinesThatEndInACarriageReturn() throws IOException {
        StringBuilder text = new StringBuilder(DMAR);
        // A decoded line behind the words of another event would put both into doubt.
        kinds().forEach(kind -> text.insert(0, (String) kind.get()[4]));

        ReplaySummary plain = make(log("a.log", text.toString()));
        ReplaySummary returned = make(log("b.log", text.toString().replace("\n", "\r\n")));

        assertThat(returned.used()).isEqualTo(plain.used()).hasSize(LogKind.values().length);
        assertThat(returned.skipped()).isEqualTo(plain.skipped());
    }

    @Test
    void shouldRefuseInOneLineWhatCannotBePlayed() throws IOException {
        assertRefused(log("empty.log", ""), ": empty: expected a kernel log");
        assertRefused(log("other.log", "hello\n"), ": nothing to play in 1 lines; known kinds of lines: smmuv3-raw, ");
        assertRefused(Files.write(folder.resolve("binary"), new byte[4_096]), "not a text file");
        assertRefused(Files.write(folder.resolve("a.xz"), new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z'}), "with xz");
        assertRefused(Files.write(folder.resolve("not.gz"), new byte[] {0x1f, (byte) 0x8b, 0, 0}), "gzip");
        assertRefused(folder, ": is a folder: expected a kernel log");
        assertRefused(folder.resolve("none.log"), ": no such file: expected a kernel log");
    }

    @Test
    void shouldPlayALogWithAFewNulBytesAndNameTheLineOfTheFirstOfMany() throws IOException {
        String four = DMAR + DMAR.replace("[    1.", "[    2.");

        assertThat(make(log("few.log", four.replaceFirst("(?s)\\[    2", "\0\0\0\n[    2"))).events()).isEqualTo(4);
        assertRefused(log("many.log", DMAR + "x\n" + "\0".repeat(200)), ":4: not a text file (NUL byte)");
        assertRefused(log("bell.log", DMAR + "\7".repeat(200)), ":3: not a text file (control characters)");
    }

    @Test
    void shouldTellAPackedLogThatIsCutShortFromOneThatIsNone() throws IOException {
        // The second has a flag that promises a file name, and ends within it.
        byte[] header = {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 3, 'a', '.'};

        assertRefused(Files.write(folder.resolve("cut.gz"), Arrays.copyOf(header, 6)), "is cut short at its start");
        assertRefused(Files.write(folder.resolve("name.gz"), header), "is cut short at its start");
    }

    /** Whatever the bytes are, there is an end: a trace, or one line of complaint. */
    @Test
    void shouldEndWhateverTheBytesAre() throws IOException {
        Random random = new Random(20_261_124);
        List<String> texts = new ArrayList<>(kinds().map(kind -> (String) kind.get()[4]).toList());
        texts.add(DMAR);
        String all = String.join("", texts);
        int played = 0;
        for (int round = 0; round < 500; round++) {
            byte[] bytes = all.getBytes(StandardCharsets.ISO_8859_1);
            for (int damage = random.nextInt(20); damage > 0; damage--) {
                bytes[random.nextInt(bytes.length)] = (byte) (random.nextInt(4) == 0 ? '\n' : 1 + random.nextInt(255));
            }
            byte[] cut = Arrays.copyOfRange(bytes, random.nextInt(40), bytes.length - random.nextInt(400));
            try {
                played += make(Files.write(folder.resolve("damaged.log"), cut)).events() > 0 ? 1 : 0;
            } catch (EventLogException e) {
                assertThat(e.getMessage()).doesNotContain("\n").contains("damaged.log");
            }
        }
        assertThat(played).isGreaterThan(400);
    }

    private void assertRefused(Path log, String message) {
        assertThatThrownBy(() -> make(log)).isInstanceOf(EventLogException.class)
            .hasMessageStartingWith(log.toString()).hasMessageContaining(message).hasMessageNotContaining("\n");
    }

    private ReplaySummary make(Path... logs) throws IOException {
        return TraceMaker.make(List.of(logs), MS, 0, trace());
    }

    private Path trace() {
        return folder.resolve("trace");
    }

    private Path log(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, StandardCharsets.ISO_8859_1);
    }
}
