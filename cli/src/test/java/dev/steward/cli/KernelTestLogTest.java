package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.loadgen.log.KernelMessages;
import dev.steward.reports.read.ForeignResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results of the kernel's lock tests in logs as users have them: whatever stands before a message is taken off. */
class KernelTestLogTest {
    private static final String TABLE = """
        @srcu-ref-scale: --- Start of test:  nreaders=4 nruns=3
        @srcu-ref-scale: END OF TEST. Calculating average duration
        @Runs\tTime(ns)
        @1\t20.125
        @2\t19.875
        """;

    @TempDir
    Path folder;

    @Test
    void shouldReadRefscaleThroughPrefixesQuotesAndLinesInBetween() throws IOException {
        ForeignResult result = read("""
            <6>[    0.000000] DMI: Example Board/X1, BIOS 1.0 01/01/2024
            > [   12.546587][    T1] srcu-ref-scale: --- Start of test:  nreaders=4 nruns=3
            May  1 10:00:00 host kernel: [   13.0] srcu-ref-scale: END OF TEST. Calculating average duration
            [   13.000001] Runs\tTime(ns)
            [   13.000002] 1\t20.125
            [   13.000002] usb 1-1: new device
            2\t19.875
            [   13.000004] 3\t2x.1
            [   13.000004] 3\t
            """.getBytes(StandardCharsets.UTF_8));

        assertThat(result.tool()).isEqualTo("refscale");
        assertThat(result.machine()).isEqualTo("kernel: Example Board/X1, BIOS 1.0 01/01/2024");
        assertThat(result.figures()).hasSize(1);
        assertThat(result.figures().get(0).subject()).isEqualTo("srcu: read, mean of each run");
        assertThat(result.figures().get(0).mean()).isEqualTo(20.0);
        assertThat(result.figures().get(0).min()).isEqualTo(19.875);
        assertThat(result.remarks()).contains("srcu: nreaders=4 nruns=3",
            "line 9 of the table cannot be read and is skipped");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "    ", "[   12.345678] ", "[Thu Sep 26 09:24:21 2019] ", "[  +0.000021] ", "[   12.345678][  T123] ",
        "kern  :info  : [   12.345678] ", "6,1234,12345678,-;", "May  1 10:00:00 host kernel: ", "> > [    1.000000] ",
        "2024-05-01T10:00:00.123456+02:00 host kernel: [   12.345678] ", "<6>", "[   12.345678 <    0.000002>] ",
        "<6>1 2024-05-01T10:00:00Z host kernel - - - ", "05-01 10:00:00.123     0     0 I kernel  : ",
        "[   12.345678] host kernel: ", "1714557600.123456 host kernel: ", "[Nov20 10:11] ",
        "Wed 2024-05-01 10:00:00 CEST host kernel: ", "MESSAGE=",
        "2024-05-01T10:00:00,123456+02:00 ", "\u001b[32m[   12.345678] \u001b[0m\u001b[33m", "\u00a0 "})
    void shouldTakeOffWhatStandsBeforeAMessage(String prefix) throws IOException {
        ForeignResult result = read(TABLE.replace("@", prefix).getBytes(StandardCharsets.UTF_8));

        assertThat(result.figures()).hasSize(1);
        assertThat(result.figures().get(0).mean()).isEqualTo(20.0);
        assertThat(result.remarks()).containsExactly("srcu: nreaders=4 nruns=3");
    }

    @Test
    void shouldReadAPackedLogAndRefuseABinaryOneInOneLine() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(TABLE.replace("@", "[    1.000000] ").getBytes(StandardCharsets.UTF_8));
        }
        Path binary = Files.write(folder.resolve("core"), new byte[4096]);

        assertThat(read(packed.toByteArray()).figures()).hasSize(1);
        assertThatThrownBy(() -> ForeignResult.read(binary, KernelMessages::read)).hasMessage(binary
            + ":1: not a text file (NUL byte): expected a kernel log as text, plain or packed with gzip or zstd");
    }

    /** What stands before is shown, and nobody takes it for all. */
    @Test
    void shouldSayWhatOfALogIsNotRead() throws IOException {
        assertThat(read(("x".repeat(70_000) + "\n" + TABLE.replace("@", "[    1.000000] "))
            .getBytes(StandardCharsets.UTF_8)).remarks()).contains("line 1: line of more than 65536 bytes skipped");
    }

    private ForeignResult read(byte[] log) throws IOException {
        return ForeignResult.read(Files.write(folder.resolve("kernel.log"), log), KernelMessages::read).get(0);
    }
}
