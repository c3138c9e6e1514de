package dev.steward.loadgen.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Logs of real machines, each damaged in its own way. */
final class CorpusExcerptTest {
    @ParameterizedTest
    @CsvSource({
        "arm-reference-bad-streamid.log, 1, 0, 0, 0",
        "arm64-megaraid-vfio.log,        2, 0, 0, 0",
        "cix-sky1-event07-storm.log,     2, 1, 0, 0",
        "hisi-bad-cd-softlockup.log,     0, 1, 0, 0",
        "hisi-bad-ste-nested.log,        1, 0, 0, 0",
        "hisi-hpre-dh.log,               4, 0, 0, 0",
        "hisi-iopf-stall-ssid.log,       1, 0, 0, 0",
        "hisi-ixgbe-vf-msi.log,          1, 0, 0, 0",
        "hisi-nested-vf-translation.log, 1, 0, 0, 0",
        "hisi-sas-fio-burst.log,         3, 0, 0, 0",
        "hisi-zip-migration.log,         1, 0, 0, 0",
        "qemu-virtio-interleaved.log,    3, 0, 0, 0",
        "rk3588-doorbell.log,            1, 0, 0, 0",
        "rk3588-ep-bad-streamid.log,     1, 0, 0, 0",
        "rk3588-nvmet-msi.log,           1, 0, 0, 0",
        "rk3588-r8125-burst.log,         3, 0, 0, 0",
        "tegra-thor-evtq-overflow.log,   1, 0, 1, 25830",
    })
    void shouldCountWhatTheLogHolds(
        String name, long complete, long incomplete, long overflows, long suppressed) {
        LogSummary summary = Decoding.ofResource(name).summary();
        assertThat(summary.completeEvents()).as("complete").isEqualTo(complete);
        assertThat(summary.incompleteEvents()).as("incomplete").isEqualTo(incomplete);
        assertThat(summary.overflows()).as("overflows").isEqualTo(overflows);
        assertThat(summary.suppressedMessages()).as("suppressed").isEqualTo(suppressed);
    }

    static Stream<String> excerpts() {
        return Stream.of(
            "arm-reference-bad-streamid", "arm64-megaraid-vfio", "cix-sky1-event07-storm", "hisi-bad-cd-softlockup",
            "hisi-bad-ste-nested", "hisi-hpre-dh", "hisi-iopf-stall-ssid", "hisi-ixgbe-vf-msi",
            "hisi-nested-vf-translation", "hisi-sas-fio-burst", "hisi-zip-migration", "qemu-virtio-interleaved",
            "rk3588-doorbell", "rk3588-ep-bad-streamid", "rk3588-nvmet-msi", "rk3588-r8125-burst",
            "tegra-thor-evtq-overflow");
    }

    @ParameterizedTest
    @MethodSource("excerpts")
    void shouldWriteTheSealedJson(String name) throws IOException {
        assertThat(Decoding.ofResource(name + ".log").toJson()).isEqualTo(sealed(name + ".jsonl"));
    }

    @Test
    void shouldNameTheThreeWordEventByFileAndLine() {
        Decoding decoding = Decoding.ofResource("hisi-bad-cd-softlockup.log");
        assertThat(decoding.diagnostics()).extracting(Diagnostic::toString)
            .containsExactly("hisi-bad-cd-softlockup.log:2: only 3 of 4 words");
        assertThat(decoding.only().rawWords())
            .containsExactly(0x00007f220000280aL, 0x000010000000007eL, 0x00000000034e8670L, null);
    }

    @Test
    void shouldStaySilentAboutWhatIsWhole() {
        assertThat(Decoding.ofResource("qemu-virtio-interleaved.log").diagnostics()).isEmpty();
        assertThat(Decoding.ofResource("hisi-sas-fio-burst.log").diagnostics()).isEmpty();
        assertThat(Decoding.ofResource("hisi-iopf-stall-ssid.log").diagnostics()).isEmpty();
    }

    private static List<String> sealed(String name) throws IOException {
        InputStream in = CorpusExcerptTest.class.getResourceAsStream("/klog/golden/" + name);
        assertThat(in).as("sealed file %s", name).isNotNull();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }
}
