package dev.steward.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.steward.loadgen.log.KernelMessages;
import dev.steward.reports.DiffReport;
import dev.steward.reports.read.ForeignResult;
import dev.steward.reports.verdict.Diff;
import dev.steward.reports.verdict.Rules;
import dev.steward.results.UnreadableResultsException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Results of other tools: JSON of JMH, interval logs, logs of the kernel's tests; or anything else. */
@Tag("slow")
final class ForeignFuzzTest {
    @TempDir
    private static Path folder;

    @FuzzTest
    void shouldTakeOrRefuseInOneLine(byte[] content) throws IOException {
        Path file = Input.write(folder.resolve("result.json"), content);

        try {
            for (ForeignResult result : ForeignResult.read(file, KernelMessages::read)) {
                result.remarks().forEach(remark -> assertThat(remark.lines()).hasSize(1));
            }
        } catch (IOException e) {
            Refusal.check(e, file);
        }
        try {
            DiffReport.of(Diff.of(file, file, Rules.DEFAULT, false));
        } catch (UnreadableResultsException e) {
            Refusal.check(e, file);
        }
    }
}
