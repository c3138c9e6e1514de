package dev.steward.reports;

import dev.steward.reports.folder.ResultFolder;
import dev.steward.reports.summary.Summary;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PeekTest {
    @Test
    void peek() throws Exception {
        final Path folder = Fixture.standard().write(Path.of("/tmp/reports-peek"));
        final Summary s = Summary.of(ResultFolder.read(folder));
        Reports.write(folder);
        Files.writeString(folder.resolve("short.txt"), ResultTable.of(s));
    }
}
