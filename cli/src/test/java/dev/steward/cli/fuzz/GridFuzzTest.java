package dev.steward.cli.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.steward.reports.GuideText;
import dev.steward.reports.guide.GridReader;
import dev.steward.reports.guide.Guide;
import dev.steward.reports.guide.Question;
import dev.steward.reports.transfer.Transfer;
import dev.steward.results.GridData;
import dev.steward.results.UnreadableResultsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** A grid that is read can be asked. */
@Tag("slow")
final class GridFuzzTest {
    @TempDir
    private static Path folder;

    @FuzzTest
    void shouldAnswerOrRefuseInOneLine(byte[] json) throws IOException {
        Path file = Input.write(folder.resolve("grid.json"), json);

        try {
            GridData grid = GridReader.read(file);
            Map<String, Double> middle = new LinkedHashMap<>();
            grid.axes().forEach(axis -> middle.put(axis.key(), (axis.least() + axis.greatest()) / 2));
            Guide guide = new Guide(grid);
            if (guide.outside(middle) == null) {
                GuideText.of(grid, file.toString(), guide.ask(Question.ofDriver(middle)), Transfer.NONE);
            }
        } catch (UnreadableResultsException e) {
            Refusal.check(e, file);
        }
    }
}
