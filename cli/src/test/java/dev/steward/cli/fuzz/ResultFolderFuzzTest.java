package dev.steward.cli.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.steward.reports.ReportFormat;
import dev.steward.reports.Reports;
import dev.steward.reports.summary.RunSet;
import dev.steward.results.UnreadableResultsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** A folder in which one file holds anything is reported in every format, or refused in one line. */
@Tag("slow")
final class ResultFolderFuzzTest {
    private static final Path GOOD = Path.of("../reports/src/test/resources/commit-1031f34/stalls");
    /** Which file it is, says the first byte. */
    private static final List<String> FILES = List.of(
        "run.json", "cells/mutex-ring-r1.json", "cells/mutex-ring-r1.hlog", "cells/hazard-slot-ring-r1.hlog");
    private static final Set<ReportFormat> FORMATS = EnumSet.complementOf(EnumSet.of(ReportFormat.HTML));

    @TempDir
    private static Path folder;

    @FuzzTest
    void shouldReportOrRefuseInOneLine(byte[] content) throws IOException {
        int first = content.length == 0 ? 0 : content[0] & 0xff;
        String damaged = FILES.get(first % FILES.size());
        Files.createDirectories(folder.resolve("cells"));
        for (String file : List.of("run.json", "cells/mutex-ring-r1.json", "cells/mutex-ring-r1.hlog",
            "cells/hazard-slot-ring-r1.json", "cells/hazard-slot-ring-r1.hlog")) {
            Input.write(folder.resolve(file), file.equals(damaged)
                ? Arrays.copyOfRange(content, Math.min(1, content.length), content.length)
                : Files.readAllBytes(GOOD.resolve(file)));
        }

        try {
            Reports.write(RunSet.read(List.of(folder)), folder, FORMATS);
        } catch (UnreadableResultsException e) {
            Refusal.check(e, folder);
        }
    }
}
