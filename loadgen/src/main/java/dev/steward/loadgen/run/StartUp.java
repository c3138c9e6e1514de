package dev.steward.loadgen.run;

import dev.steward.loadgen.cell.CellSpec;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.results.CellRecord;
import dev.steward.results.Folders;
import dev.steward.results.SelfTestFinding;
import dev.steward.results.Temporary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How long a cell takes from the start of its JVM to its first event, the rehearsal included. */
public final class StartUp {
    private static final int CELLS = 3;
    private static final long GOAL_MS = 2_000;

    private StartUp() {
    }

    /**
     * Starts a few cells with the settings of a scenario that says nothing, but for a short window.
     *
     * @throws IOException          if a cell cannot be started, or failed.
     * @throws InterruptedException if this thread was interrupted.
     */
    public static SelfTestFinding measure() throws IOException, InterruptedException {
        Path folder = Temporary.folder(null, "selftest");
        try {
            long[] startupMs = new long[CELLS];
            for (int i = 0; i < CELLS; i++) {
                startupMs[i] = startupMs(folder, "cell-" + i);
            }
            Arrays.sort(startupMs);
            long median = startupMs[CELLS / 2];
            return SelfTestFinding.speed(
                "JVM start to first event of a cell", "at most 2 s",
                String.format(Locale.ROOT, "%.2f s", median / 1e3), median <= GOAL_MS);
        } finally {
            Folders.remove(folder);
        }
    }

    private static long startupMs(Path folder, String id) throws IOException, InterruptedException {
        Scenario scenario = new ScenarioBuilder().override("warmup=0").override("duration=100ms").build();
        CellSpec spec = new CellSpec(id, "mutex", CellSpec.RING, 1, scenario.settings(), null, null, folder.toString());
        Optional<String> failure = new CellProcess().run(spec);
        if (failure.isPresent()) {
            throw new IOException("a cell failed: " + failure.get());
        }
        return CellRecord.read(folder.resolve(id + ".json")).startupMs();
    }
}
