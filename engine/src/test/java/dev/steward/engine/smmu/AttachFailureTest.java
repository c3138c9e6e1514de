package dev.steward.engine.smmu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.iommufd.Allocation;
import dev.steward.engine.iommufd.BoundDevice;
import dev.steward.engine.iommufd.Errno;
import dev.steward.engine.iommufd.KernelVersion;
import dev.steward.engine.iommufd.NestedDomain;
import dev.steward.engine.iommufd.ReportCosts;
import dev.steward.engine.iommufd.VIommu;
import dev.steward.engine.stream.StreamTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each allocation of an attach and of a replace fails in turn: hardware, guard and pins are as before. */
class AttachFailureTest {
    private static final int OTHER_VIRTUAL_STREAM = 9;

    private final List<Allocation> asked = new ArrayList<>();
    private int failing;
    private Machine machine;
    private BoundDevice device;
    private NestedDomain one;
    private NestedDomain other;

    private void build(KernelVersion kernel) {
        asked.clear();
        machine = new Machine(StreamTable.linear(8), FaultFence.NONE, kernel, new ReportCosts() {
            @Override
            public boolean allocation(Allocation of) {
                if (of == Allocation.ATTACH || of == Allocation.REPLACE) {
                    asked.add(of);
                    return asked.size() != failing;
                }
                return true;
            }
        });
        device = machine.probed(1, Machine.STREAM);
        VIommu viommu = machine.viommu(device);
        machine.context.allocateVdevice(viommu.id(), device.id(), OTHER_VIRTUAL_STREAM);
        one = machine.nested(device, viommu);
        other = machine.nested(device, viommu);
    }

    @ParameterizedTest
    @EnumSource
    void shouldLeaveWhatWasThereWhenMemoryIsShort(KernelVersion kernel) {
        for (failing = 1; failing <= 4; failing++) {
            build(kernel);
            int failures = 0;
            failures += triedTwice(() -> device.attach(one));
            failures += triedTwice(() -> device.replace(other));
            assertThat(failures).as("allocation %d", failing).isOne();
            assertThat(device.group().handle().domain()).isSameAs(other);
            assertThat(one.users()).as("the first domain can go").isEqualTo(other.users() - 1);
            machine.close();
        }
        build(kernel);
        triedTwice(() -> device.attach(one));
        triedTwice(() -> device.replace(other));
        assertThat(asked).as("the handle, then the driver").containsExactly(
            Allocation.ATTACH, Allocation.ATTACH, Allocation.REPLACE, Allocation.REPLACE);
        machine.close();
    }

    private int triedTwice(IntSupplier operation) {
        String before = state();
        int result = operation.getAsInt();
        if (result == 0) {
            return 0;
        }
        assertThat(result).isEqualTo(-Errno.ENOMEM);
        assertThat(state()).as("allocation %d failed", failing).isEqualTo(before);
        assertThat(operation.getAsInt()).isZero();
        return 1;
    }

    private String state() {
        return Arrays.toString(machine.entry(Machine.STREAM)) + Machine.name(machine.guard.attachmentOf(Machine.STREAM))
            + machine.log.size() + " steps, handle " + device.group().handle() + ", users " + one.users() + " "
            + other.users();
    }
}
