package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DecodeCommandTest {
    private static final String SAMPLE = Cli.checkout("samples/smmuv3-events.log").toString();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void shouldPrintOneObjectPerEventWhenLogIsTheSample() throws IOException {
        Cli.Outcome outcome = Cli.run("decode", SAMPLE);

        assertThat(outcome.code()).isZero();
        assertThat(outcome.dataLines()).isNotEmpty();
        int lastLine = 0;
        for (String line : outcome.dataLines()) {
            JsonNode event = JSON.readTree(line);
            assertThat(event.path("file").asText()).isEqualTo(SAMPLE);
            assertThat(event.path("line").asInt()).isGreaterThanOrEqualTo(lastLine);
            assertThat(event.path("raw").size()).isBetween(0, 4);
            lastLine = event.path("line").asInt();
        }
        assertThat(outcome.err()).contains(SAMPLE + ": " + outcome.dataLines().size() + " events, ");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void shouldGoOnWithTheNextFileWhenOneIsMissing() {
        String missing = folder.resolve("no.log").toString();

        Cli.Outcome outcome = Cli.run("decode", missing, SAMPLE);

        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err())
            .startsWith("steward: " + missing + ": no such file: expected a kernel log" + System.lineSeparator());
        assertThat(outcome.dataLines()).hasSameSizeAs(Cli.run("decode", SAMPLE).dataLines());
    }

    @Test
    void shouldRefuseWhenFileIsBinary() throws IOException {
        Path log = Files.write(folder.resolve("binary.log"), new byte[4096]);

        assertRefused(
            log, log + ":1: not a text file (NUL byte): "
                + "expected a kernel log as text, plain or packed with gzip or zstd");
    }

    @Test
    void shouldRefuseWhenFileIsAFolder() {
        assertRefused(folder, folder + ": is a folder: expected a kernel log");
    }

    @Test
    void shouldPrintNoEventWhenFileIsEmpty() throws IOException {
        Path log = Files.createFile(folder.resolve("empty.log"));

        Cli.Outcome outcome = Cli.run("decode", log.toString());

        assertThat(outcome.code()).isZero();
        assertThat(outcome.data()).isEmpty();
        assertThat(outcome.err()).isEqualTo(log
            + ": 0 events, 0 of them incomplete, 0 overflows, 0 messages suppressed" + System.lineSeparator());
    }

    @Test
    void shouldSayWhereElseToLookWhenNoSmmuIsNamed() throws IOException {
        Path log = Files.writeString(folder.resolve("amd.log"), "AMD-Vi: Event logged [IO_PAGE_FAULT device=05:00.0 "
            + "domain=0x0012 address=0xff6101b0 flags=0x0000]\nfoo\n");

        assertRefused(log, log + ": no line of an SMMUv3 in 2 lines; './steward replay --dry-run FILE' reads other "
            + "IOMMUs, too");
    }

    @Test
    void shouldPrintIncompleteEventWhenNoneIsUsable() throws IOException {
        Path log = Files.writeString(
            folder.resolve("cut.log"),
            "[   12.000000] arm-smmu-v3 arm-smmu-v3.0.auto: event 0x10 received:\n"
                + "[   12.000001] arm-smmu-v3 arm-smmu-v3.0.auto: \t0x0000000800000010\n");

        Cli.Outcome outcome = Cli.run("decode", log.toString());

        assertThat(outcome.code()).isZero();
        assertThat(outcome.dataLines()).hasSize(1);
        assertThat(JSON.readTree(outcome.data()).path("complete").asBoolean(true)).isFalse();
    }

    @Test
    void shouldEndQuietlyWhenReaderHasGone() throws IOException {
        Cli.Outcome outcome = Cli.runInto(new FailingStream("Broken pipe"), "decode", longLog().toString());

        assertThat(outcome.code()).isZero();
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void shouldSayWhyWhenOutputCannotBeWritten() throws IOException {
        Cli.Outcome outcome = Cli.runInto(new FailingStream("No space left on device"), "decode", longLog().toString());

        assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
        assertThat(outcome.err())
            .isEqualTo("steward: standard output: No space left on device" + System.lineSeparator());
    }

    /** Events enough to overflow the writer's buffer in the middle of the file, of a log without problems. */
    private Path longLog() throws IOException {
        String event = """
            arm-smmu-v3 arm-smmu-v3.0.auto: event 0x10 received:
            arm-smmu-v3 arm-smmu-v3.0.auto: \t0x0000000800000010
            arm-smmu-v3 arm-smmu-v3.0.auto: \t0x0000020800000000
            arm-smmu-v3 arm-smmu-v3.0.auto: \t0x00000000fe100000
            arm-smmu-v3 arm-smmu-v3.0.auto: \t0x0000000000000000
            """;
        return Files.writeString(folder.resolve("long.log"), String.join("", Collections.nCopies(200, event)));
    }

    private static void assertRefused(Path log, String message) {
        Cli.Outcome outcome = Cli.run("decode", log.toString());

        assertThat(outcome.err()).isEqualTo("steward: " + message + System.lineSeparator());
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.data()).isEmpty();
    }

    private static final class FailingStream extends OutputStream {
        private final String reason;

        FailingStream(String reason) {
            this.reason = reason;
        }

        @Override
        public void write(int octet) throws IOException {
            throw new IOException(reason);
        }
    }
}
