package dev.steward.loadgen.cell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loadgen.load.Setups;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.machine.CpuList;
import dev.steward.machine.Cpus;
import dev.steward.results.CellRecord;
import dev.steward.results.ThreadRuns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the file of a whole cell says of its threads. */
@EnabledOnOs(OS.LINUX)
class WatchedCellTest {
    @TempDir
    private Path folder;

    private CellRecord run(String... settings) throws IOException {
        Scenario scenario = Setups.scenario(settings);
        CellMain.run(new CellSpec(
            "watched", "mutex", CellSpec.RING, 1, scenario.settings(), null, null, folder.toString()));
        return CellRecord.read(folder.resolve("watched.json"));
    }

    @Test
    void shouldStoreWhereItsThreadsRanAndWhatWasCounted() throws IOException {
        int cpu = Cpus.allowed().get(0);
        CellRecord cell = run(
            "rehearsal=0", "warmup=20ms", "duration=60ms", "pin.churn=" + cpu, "sched.churn=nice:3");
        ThreadRuns runs = cell.threadRuns();

        assertThat(runs.looks()).isGreaterThanOrEqualTo(2);
        assertThat(runs.hardware().equals(ThreadRuns.NONE)).isEqualTo(runs.hardwareError() != null);
        Set<String> roles = runs.threads().stream().map(ThreadRuns.OfThread::role).collect(Collectors.toSet());
        assertThat(roles).contains("handler", "storm", "churn", "vmm", "jvm", "other");
        assertThat(runs.threads()).allSatisfy(thread -> {
            assertThat(thread.seen()).isNotEmpty();
            assertThat(thread.voluntarySwitches()).isNotNegative();
            if (!thread.bound().equals("any")) {
                assertThat(CpuList.parse(thread.bound())).containsAll(thread.seen());
            }
        });
        assertThat(runs.threads()).filteredOn(thread -> thread.role().equals("churn")).singleElement()
            .extracting(ThreadRuns.OfThread::bound, ThreadRuns.OfThread::scheduling)
            .containsExactly(Integer.toString(cpu), "nice:3");
        assertThat(cell.placement()).extracting(CellRecord.Placement::when).contains("before", "after");
    }

    @Test
    void shouldNotWatchWhereNobodyAsks() throws IOException {
        assertThat(run("rehearsal=0", "warmup=20ms", "duration=20ms", "counters=no").threadRuns()).isNull();
    }
}
