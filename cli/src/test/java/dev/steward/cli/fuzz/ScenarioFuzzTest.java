package dev.steward.cli.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.sweep.SweepGrid;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Any YAML is a scenario, or a grid, or refused in one line. */
@Tag("slow")
final class ScenarioFuzzTest {
    @TempDir
    private static Path folder;

    @FuzzTest
    void shouldTakeOrRefuseInOneLine(byte[] yaml) throws IOException {
        Path file = Input.write(folder.resolve("some.yaml"), yaml);

        try {
            new ScenarioBuilder().file(file).build();
        } catch (ScenarioException e) {
            Refusal.check(e, file);
        }
        try {
            SweepGrid.read(file);
        } catch (ScenarioException e) {
            Refusal.check(e, file);
        }
    }
}
