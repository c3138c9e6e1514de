package dev.steward.loadgen.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.loadgen.load.Setups;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.machine.Cpus;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RigCheckTest {
    /** The last CPU that a kernel can have, which no machine that runs tests does. */
    @ParameterizedTest
    @ValueSource(strings = {"storm", "handler", "churn", "vmm", "jvm"})
    void shouldRefuseACpuThatThisMachineDoesNotHave(String role) {
        assertThatThrownBy(() -> RigCheck.check(Setups.scenario("pin." + role + "=8191"), null))
            .isInstanceOf(ScenarioException.class).message()
            .matches("pin\\." + role + ": CPU 8191 (does not exist|is not one that this process may use).*"
                + "|pin: this system does not say which CPUs there are");
    }

    @Test
    void shouldPlaceBothThreadsOfAVmmThatAnswersFaults() {
        Assumptions.assumeFalse(Cpus.allowed().isEmpty());
        int cpu = Cpus.allowed().get(0);

        assertThat(RigCheck.placement(Setups.scenario("stalls=queue", "pin.vmm=" + cpu), CellSpec.RING))
            .contains("vmm CPU " + cpu, "vmm-faults CPU " + cpu);
    }

    @Test
    void shouldTakeWhatEveryMachineHas() {
        RigCheck.check(Setups.scenario("sched.handler=other", "pin.handler=none", "pin.jvm=none"), null);

        assertThat(RigCheck.waiting(Setups.scenario("sched.handler=other"), CellSpec.RING)).endsWith(", handler other");
        assertThat(RigCheck.waiting(Setups.scenario(), CellSpec.RING)).containsPattern(", handler (other: )?fifo:50");
        assertThat(RigCheck.placement(Setups.scenario(), CellSpec.INLINE)).isNotBlank();
    }
}
