package dev.steward.cli.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.steward.reports.verdict.HistoryException;
import dev.steward.reports.verdict.HistoryStore;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Any file is a history or refused in one line. */
@Tag("slow")
final class HistoryFuzzTest {
    @TempDir
    private static Path folder;

    @FuzzTest
    void shouldListOrRefuseInOneLine(byte[] database) throws IOException {
        Path file = Input.write(folder.resolve("history.db"), database);

        try (HistoryStore history = HistoryStore.open(file)) {
            history.runs();
            history.series();
        } catch (HistoryException e) {
            Refusal.check(e, file);
        }
    }
}
