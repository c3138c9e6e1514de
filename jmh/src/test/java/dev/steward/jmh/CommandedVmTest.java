package dev.steward.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.jmh.cmdqv.RegisterWatch;
import dev.steward.engine.iommufd.VIommu;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandedVmTest {
    /** 17 vDEVICEs are one too many for slots: the VM goes without, and none of its devices is lost. */
    @ParameterizedTest
    @CsvSource({"true, 1, 1", "true, 16, 16", "true, 17, 0", "true, 64, 0", "false, 1, 0", "false, 64, 0"})
    void shouldFallBackToTrapWhenSlotsRunOut(boolean asked, int vdevices, int slots) {
        try (CommandedVm vm = CommandedVm.boot(asked, vdevices, RegisterWatch.NONE)) {
            assertThat(vm.slots() == null).isEqualTo(slots == 0);
            for (int i = 0; i < slots; i++) {
                assertThat(vm.slots().physicalStreamIdOf(CommandedVm.virtualStreamId(i)))
                    .isEqualTo(CommandedVm.physicalStreamId(i));
            }
            assertThat(vm.viommu().type())
                .isEqualTo(slots > 0 ? VIommu.TYPE_TEGRA241_CMDQV : VIommu.TYPE_ARM_SMMUV3);
            for (int i = 0; i < vdevices; i++) {
                assertThat(vm.viommu().physicalStreamIdOf(CommandedVm.virtualStreamId(i)))
                    .isEqualTo(CommandedVm.physicalStreamId(i));
            }
        }
    }

    @Test
    void shouldLeaveNothingBehind() {
        CommandedVm vm = CommandedVm.boot(true, 16, RegisterWatch.NONE);
        VIommu viommu = vm.viommu();
        vm.close();
        assertThat(viommu.destroyed()).isTrue();
        assertThat(vm.slots()).isNull();
    }

    @Test
    void shouldWriteFourRegistersForEachReplug() {
        AtomicInteger writes = new AtomicInteger();
        try (CommandedVm vm = CommandedVm.boot(true, 16, (offset, value) -> writes.incrementAndGet())) {
            assertThat(writes).hasValue(2 * 16);
            for (int i = 1; i <= 3; i++) {
                vm.replug();
                assertThat(writes).hasValue(2 * 16 + 4 * i);
            }
            assertThat(vm.slots().physicalStreamIdOf(CommandedVm.virtualStreamId(15)))
                .isEqualTo(CommandedVm.physicalStreamId(15));
        }
    }
}
