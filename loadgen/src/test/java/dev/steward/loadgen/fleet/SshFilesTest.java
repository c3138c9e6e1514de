package dev.steward.loadgen.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.sweep.SweepGrid;
import dev.steward.results.FleetPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshFilesTest {
    private static final long LIMIT_S = 120;

    @TempDir
    private Path folder;

    private void write(List<String> hosts) throws IOException {
        Path file = FleetPlannerTest.grid(folder, 5);
        SweepGrid grid = SweepGrid.read(file);
        FleetPlan plan = FleetPlanner.plan(grid, new FleetRequest(FleetPlan.Kind.SSH, hosts.size(), 0, 0, 1, 6), 100,
            "./steward sweep", null);
        new FleetWriter(folder.resolve("plan"), folder)
            .write(Files.readAllBytes(file), grid, plan, false, new SshFiles(hosts));
    }

    private int run() throws Exception {
        Process process = new ProcessBuilder(folder.resolve("plan").resolve("sweep.sh").toString())
            .redirectErrorStream(true).redirectOutput(folder.resolve("out").toFile()).start();
        assertThat(process.waitFor(LIMIT_S, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Test
    void shouldListTheHosts() throws IOException {
        write(List.of("one", "me@two"));

        assertThat(folder.resolve("plan").resolve("hosts")).hasContent("one\nme@two");
        assertThat(Files.readString(folder.resolve("plan").resolve("sweep.sh"))).doesNotContain("@{")
            .contains("--joblog", "--resume-failed", "::: $(seq 5)");
    }

    /** With the real one, on this machine: a task that fails is tried again, and a second start runs what is left. */
    @Test
    void shouldRunWhatIsLeftWhenStartedAgain() throws Exception {
        assumeThat(new ProcessBuilder("sh", "-c", "parallel --version | grep -q GNU").start().waitFor()).isZero();
        Path steward = Files.writeString(folder.resolve("steward"), "#!/bin/sh\necho \"$5\" >>" + folder
            + "/calls\n[ \"$5\" != 3 ] || [ -e " + folder + "/healed ]\n");
        assertThat(steward.toFile().setExecutable(true)).isTrue();
        write(List.of(":"));

        assertThat(run()).as("number of tasks that failed").isEqualTo(1);
        assertThat(Files.readAllLines(folder.resolve("calls"))).containsExactly("1", "2", "3", "3", "3", "4", "5");
        Files.delete(folder.resolve("calls"));
        Files.writeString(folder.resolve("healed"), "");
        assertThat(run()).isZero();
        assertThat(Files.readAllLines(folder.resolve("calls"))).containsExactly("3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-oProxyCommand=x", "a b", "a;b", "$(x)", ""})
    void shouldRefuseWhatIsNoHost(String host) {
        assertThatThrownBy(() -> new SshFiles(List.of(host))).isInstanceOf(ScenarioException.class)
            .hasMessageStartingWith("--hosts: ");
        assertThatThrownBy(() -> new SshFiles(List.of())).isInstanceOf(ScenarioException.class)
            .hasMessageContaining("--hosts");
    }
}
