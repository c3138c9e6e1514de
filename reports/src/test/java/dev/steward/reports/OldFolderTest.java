package dev.steward.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.reports.read.ResultFolder;
import dev.steward.reports.summary.RunSet;
import dev.steward.results.CellRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders that commit 1031f34 wrote, with the figures that it gave for them. */
class OldFolderTest {
    private static final String LATENESS = ",lateness,";

    @ParameterizedTest
    @ValueSource(strings = {"compare", "stalls"})
    void shouldGiveTheFiguresOfTheCommitThatWroteIt(String name) throws IOException, URISyntaxException {
        Path folder = Path.of(OldFolderTest.class.getResource("/commit-1031f34/" + name).toURI());
        List<String> expected = Files.readAllLines(folder.resolve("report.csv"));

        assertThat(folder.resolve("cells/mutex-ring-r1.json")).content().contains("\"version\":1");
        assertThat(CellRecord.VERSION).as("older than what is written today").isGreaterThan(1);
        // That commit cut figures at three decimals, and did not mark the generator's lateness.
        List<String> now = CsvExport.of(RunSet.read(List.of(folder))).lines().toList();
        assertThat(now.stream().map(OldFolderTest::cut).toList())
            .isEqualTo(expected.stream().map(OldFolderTest::cut).toList());
        assertThat(now).anyMatch(row -> row.contains(LATENESS));
        assertThat(expected).hasSizeGreaterThan(200);
    }

    /** It wrote no digest of a log; what a cut one held is told by the threads of the cell. */
    @ParameterizedTest
    @CsvSource({"attach, 249, 297", "event.enqueue, 3216, 3850"})
    void shouldLeaveOutALogThatIsCutAtTheEndOfALine(String tag, int left, int counted, @TempDir Path folder)
        throws IOException, URISyntaxException {
        Path old = Path.of(OldFolderTest.class.getResource("/commit-1031f34/compare").toURI());
        Files.createDirectory(folder.resolve("cells"));
        for (String file : List.of("run.json", "cells/mutex-inline-r1.json", "cells/mutex-inline-r1.hlog")) {
            Files.copy(old.resolve(file), folder.resolve(file));
        }
        Path log = folder.resolve("cells/mutex-inline-r1.hlog");
        List<String> lines = Files.readAllLines(log);
        int last = lines.indexOf(lines.stream().filter(line -> line.startsWith("Tag=" + tag + ",")).reduce(
            (first, second) -> second).orElseThrow());
        Files.write(log, lines.subList(0, last));

        assertThat(ResultFolder.read(folder).missing()).filteredOn(cell -> cell.id().equals("mutex-inline-r1"))
            .singleElement().satisfies(cell -> assertThat(cell.reasons()).containsExactly(
                "cells/mutex-inline-r1.hlog: holds " + left + " values of " + tag
                    + " where the cell's threads counted " + counted));
    }

    private static String cut(String row) {
        Matcher decimals = Pattern.compile("(?<=,)\\d+\\.\\d+(?=,)").matcher(row);
        return decimals.replaceAll(figure ->
            new BigDecimal(figure.group()).setScale(2, RoundingMode.DOWN).stripTrailingZeros().toPlainString())
            .replaceAll(LATENESS + "|,few,", ",enough,");
    }
}
