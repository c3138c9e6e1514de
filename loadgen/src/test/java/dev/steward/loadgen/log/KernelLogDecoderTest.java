package dev.steward.loadgen.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import dev.steward.engine.event.EventRecordLayout;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KernelLogDecoderTest {
    private static final String DEVICE = "arm-smmu-v3.0.auto";

    @TempDir
    private Path folder;

    @Test
    void shouldFindNothingInAnEmptyLog() {
        Decoding decoding = Decoding.of("");
        assertThat(decoding.summary()).isEqualTo(new LogSummary(0, 0, 0, 0, 0, 0));
        assertThat(decoding.diagnostics()).isEmpty();
    }

    @Test
    void shouldNameTheFileAsItWasGiven() throws IOException {
        Path file = Files.write(
            folder.resolve("boot.log"), new SampleLog(0).raw(DEVICE, SampleLog.READ).lines());
        List<DecodedEvent> events = new ArrayList<>();
        LogSummary summary = KernelLogDecoder.decode(file, events::add, diagnostic -> { });
        assertThat(summary).isEqualTo(new LogSummary(5, 5, 1, 0, 0, 0));
        assertThat(events.get(0).file()).isEqualTo(file.toString());
    }

    @Test
    void shouldCountOverflowsAndSuppressedCallsOfTheEventQueueOnly() {
        LogSummary summary = Decoding.of("""
            [ 3265.542672] arm-smmu-v3 8806000000.iommu: EVTQ overflow detected -- events lost
            [ 3265.549999] arm_smmu_evtq_thread: 25830 callbacks suppressed
            [ 3270.549999] arm_smmu_evtq_thread: 70 callbacks suppressed
            [ 3270.550000] arm_smmu_priq_thread: 5 callbacks suppressed
            [ 3270.560000] amd_iommu_int_thread: 5 callbacks suppressed
            [ 3270.570000] arm-smmu-v3 8806000000.iommu: PRIQ overflow detected -- requests lost
            (XEN) SMMUv3: /soc/iommu@9: EVTQ overflow detected -- events lost
            """).summary();
        assertThat(summary).isEqualTo(new LogSummary(7, 3, 0, 0, 2, 25900));
    }

    @Test
    void shouldRefuseABinaryFileByName() throws IOException {
        byte[] text = ("[    0.1] all is well\n" + "\0".repeat(20)).getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(folder.resolve("core.bin"), text);
        assertThatThrownBy(() -> KernelLogDecoder.decode(file, event -> { }, diagnostic -> { }))
            .isInstanceOf(EventLogException.class)
            .hasMessage(file + ":2: not a text file (NUL byte): "
                + "expected a kernel log as text, plain or packed with gzip or zstd");
    }

    @Test
    void shouldRefuseAPackedFileThatIsNoText() throws IOException {
        byte[] noise = new byte[4096];
        new Random(3).nextBytes(noise);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(noise);
        }
        Path file = Files.write(folder.resolve("kern.log.2.gz"), packed.toByteArray());
        assertThatThrownBy(() -> EventLog.load(file)).isInstanceOf(EventLogException.class)
            .hasMessageContaining("kern.log.2.gz:1: not a text file");
    }

    @Test
    void shouldDecodeAPackedLogAndNameTheLineWhereItIsCut() throws IOException {
        SampleLog log = new SampleLog(0);
        Random random = new Random(5);
        for (int i = 0; i < 2_000; i++) {
            log.raw(DEVICE, EventRecordLayout.word0(0x10, random.nextInt(1 << 20)), 0, random.nextLong(), 0);
        }
        byte[] text = (String.join("\n", log.lines()) + "\n").getBytes(StandardCharsets.UTF_8);
        List<DecodedEvent> plain = Decoding.of(new ByteArrayInputStream(text), "log").events();
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(text);
        }
        ByteArrayOutputStream zstd = new ByteArrayOutputStream();
        try (ZstdOutputStream out = new ZstdOutputStream(zstd)) {
            out.write(text);
        }
        for (byte[] packed : List.of(gzip.toByteArray(), zstd.toByteArray())) {
            assertThat(Decoding.of(new ByteArrayInputStream(packed), "log").events()).isEqualTo(plain).hasSize(2_000);

            Decoding cut = Decoding.of(new ByteArrayInputStream(packed, 0, packed.length - 100), "log");
            assertThat(cut.diagnostics()).extracting(Diagnostic::message)
                .contains("the packed file is cut short here: the rest is not read");
            assertThat(cut.events()).extracting(DecodedEvent::complete).first().isEqualTo(true);
        }
    }

    @Test
    void shouldDecodeAroundAFewNulBytesAndSayHowMany() {
        List<String> lines = new SampleLog(0).raw(DEVICE, SampleLog.READ).raw(DEVICE, SampleLog.STALLED).lines();
        lines.add(5, "\0\0\0");
        Decoding decoding = Decoding.ofLines(lines);
        assertThat(decoding.events()).allMatch(DecodedEvent::complete).hasSize(2);
        assertThat(decoding.diagnostics()).extracting(Diagnostic::toString)
            .containsExactly("test.log:6: 3 NUL bytes from here on, as a power loss leaves them: skipped");
    }

    @Test
    void shouldRefuseControlCharactersEvenWithoutANulByte() {
        byte[] noise = new byte[512];
        new Random(4).nextBytes(noise);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = noise[i] == 0 ? 1 : noise[i];
        }
        assertThatThrownBy(() -> KernelLogDecoder.decode(
            new ByteArrayInputStream(noise), "noise", event -> { }, diagnostic -> { }))
            .isInstanceOf(EventLogException.class)
            .hasMessageContaining("noise:1: not a text file (control characters)");
    }

    @Test
    void shouldReportAMissingFile() {
        assertThatThrownBy(() -> EventLog.load(folder.resolve("none.log"))).isInstanceOf(EventLogException.class)
            .hasMessageEndingWith("none.log: no such file: expected a kernel log");
    }

    @Test
    void shouldRefuseAFolder() {
        assertThatThrownBy(() -> EventLog.load(folder)).isInstanceOf(EventLogException.class)
            .hasMessage(folder + ": is a folder: expected a kernel log");
    }

    @Test
    void shouldDecodeTheSampleThatTheProjectShips() throws IOException {
        Path sample = Path.of(System.getProperty("basedir", "."), "..", "samples", "smmuv3-events.log");
        List<Diagnostic> diagnostics = new ArrayList<>();
        LogSummary summary = KernelLogDecoder.decode(sample, event -> { }, diagnostics::add);
        assertThat(diagnostics).isEmpty();
        assertThat(summary.completeEvents()).isEqualTo(15);
        assertThat(summary.incompleteEvents()).isZero();
        assertThat(EventLog.load(sample).size()).isEqualTo(15);
    }

    @Test
    void shouldLeaveOutALineWithoutEndAndGoOnBehindIt() {
        byte[] event = (String.join("\n", new SampleLog(0).raw(DEVICE, SampleLog.READ).lines()) + "\n")
            .getBytes(StandardCharsets.UTF_8);
        int longest = 40 * LineCutter.MAX_LINE_BYTES;
        for (int length : new int[] {LineCutter.MAX_LINE_BYTES + 1, longest}) {
            byte[] log = new byte[length + 1 + event.length];
            Arrays.fill(log, 0, length, (byte) 'x');
            log[length] = '\n';
            System.arraycopy(event, 0, log, length + 1, event.length);
            Decoding decoding = Decoding.of(new ByteArrayInputStream(log), "serial.log");
            assertThat(decoding.only().complete()).isTrue();
            assertThat(decoding.only().line()).isEqualTo(2);
            assertThat(decoding.diagnostics()).extracting(Diagnostic::toString)
                .containsExactly("serial.log:1: line of more than 65536 bytes skipped");
        }
    }

    @Test
    void shouldReadAcrossBufferBordersWhateverTheChunks() {
        SampleLog log = new SampleLog(0);
        for (int i = 0; i < 3000; i++) {
            log.raw(DEVICE, SampleLog.READ).line("random: crng init done")
                .decoded(DEVICE, "0000:01:00.0", SampleLog.READ);
        }
        byte[] bytes = (String.join("\n", log.lines()) + "\n").getBytes(StandardCharsets.UTF_8);
        InputStream drips = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1021));
            }
        };
        Decoding whole = Decoding.of(new ByteArrayInputStream(bytes), "log");
        assertThat(whole.events()).hasSize(3000).allMatch(DecodedEvent::complete);
        assertThat(Decoding.of(drips, "log").events()).isEqualTo(whole.events());
    }

    @Test
    void shouldLeaveTheStreamOpen() throws IOException {
        boolean[] closed = {false};
        InputStream in = new ByteArrayInputStream(new byte[] {'\n'}) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        LogSummary summary =
            KernelLogDecoder.decode(in, KernelLogDecoder.STANDARD_INPUT, event -> { }, diagnostic -> { });
        assertThat(summary.lines()).isOne();
        assertThat(closed[0]).isFalse();
    }
}
