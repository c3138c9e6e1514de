package dev.steward.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void shouldRefuseFewerThanNoViolations() throws IOException {
        Path figure = changed("transfer.json", "\"violations\"\\s*:\\s*0\\b", "\"violations\": -1");
        assertThatThrownBy(() -> TransferResult.read(figure)).hasMessageStartingWith("figures[")
            .hasMessageContaining("violations are 0 or more");

        Path control = changed("transfer.json", "(\"controls\"[^}]*\"violations\"\\s*:\\s*)[0-9]+", "$1-1");
        assertThatThrownBy(() -> TransferResult.read(control)).hasMessageStartingWith("controls[")
            .hasMessageContaining("violations are 0 or more");
    }

    private Path changed(String name, String pattern, String replacement) throws IOException {
        String text = Files.readString(GRIDS.resolve(name));
        String other = text.replaceFirst(pattern, replacement);
        assertThat(other).isNotEqualTo(text);
        return Files.writeString(folder.resolve(name), other);
    }
}
