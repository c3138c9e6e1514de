package dev.steward.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a shipped file cannot hold: a field by itself is right there, and what it says is not. */
class RangesTest {
    private static final Path GRIDS = Path.of("..", "grids");

    @TempDir
    private Path folder;

    @Test
    void shouldRefuseAPointWithoutAnAxis() throws IOException {
        Path grid = changed("driver.json", "(\"at\"\\s*:\\s*\\{[^}]*)\"churn.rate\"", "$1\"other.rate\"");

        assertThatThrownBy(() -> GridData.read(grid)).isInstanceOf(IOException.class)
            .hasMessageMatching("points\\[0]\\.at: churn\\.rate is missing, which is an axis( \\(line \\d+\\))?");
    }

    @Test
    void shouldRefuseAnIntervalWithOneEnd() throws IOException {
        Path transfer = changed("transfer.json", "\"highNs\"\\s*:\\s*[0-9.]+\\s*,", "");

        assertThatThrownBy(() -> TransferResult.read(transfer)).isInstanceOf(IOException.class)
            .hasMessageStartingWith("figures[0]: lowNs and highNs stand together, or neither does");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "ns"\\s*:\\s*[0-9.]+ | "ns": 0 | figures[0].ns: is 0.0; allowed: above 0, at most 2^53
        "ns"\\s*:\\s*[0-9.]+ | "ns": 1e308 | figures[0].ns: is 1.0E308; allowed: above 0, at most 2^53
        "ns"\\s*:\\s*[0-9.]+ | "ns": "NaN" | figures[0].ns: is NaN; allowed: above 0, at most 2^53
        "repeatsNs"\\s*:\\s*\\[ | "repeatsNs": [-1, | figures[0].repeatsNs[0]: is -1.0; allowed: above 0
        "readers"\\s*:\\s*1 | "readers": 0 | figures[0].readers: is 0; allowed: above 0, at most 2^53
        "tookMs"\\s*:\\s*[0-9]+ | "tookMs": 9223372036854775807 | tookMs: is 9223372036854775807; allowed: 0 to 2^53
        "violations"\\s*:\\s*0\\b | "violations": -1 | figures[0].violations: is -1; allowed: 0 to 2^53
        ("controls"[^}]*"violations"\\s*:\\s*)[0-9]+ | $1-1 | controls[0].violations: is -1; allowed: 0 to 2^53
        """)
    void shouldRefuseANumberOutOfItsRange(String pattern, String replacement, String refusal) throws IOException {
        Path transfer = changed("transfer.json", pattern, replacement);

        assertThatThrownBy(() -> TransferResult.read(transfer)).hasMessageStartingWith(refusal);
    }

    /** Wall-clock stamps of a log may lie years apart. */
    @Test
    void shouldReadAReplayOfALongLog() throws IOException {
        ReplaySummary.Timing timing = new ReplaySummary.Timing(0, 0, 0, 1, Long.MAX_VALUE, 0);

        assertThat(JsonFile.ofLine(JsonFile.line(timing), ReplaySummary.Timing.class)).isEqualTo(timing);
    }

    /** It stands for what was not measured. */
    @ParameterizedTest
    @EnumSource(Within.Range.class)
    void shouldTakeWhatIsNotANumberForWhatWasNotMeasured(Within.Range range) {
        assertThat(range.allows(Double.NaN)).isEqualTo(range == Within.Range.COUNT);
    }

    private Path changed(String name, String pattern, String replacement) throws IOException {
        String text = Files.readString(GRIDS.resolve(name));
        String other = text.replaceFirst(pattern, replacement);
        assertThat(other).isNotEqualTo(text);
        return Files.writeString(folder.resolve(name), other);
    }
}
