package dev.steward.engine.iommufd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.stream.CommandLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VIommuTest {
    private static final int OP_CFGI_STE = 0x03;
    private final Machine machine = new Machine();
    private final VIommu viommu = machine.viommu;

    @Test
    void shouldTranslateInBothDirections() {
        BoundDevice wide = machine.bind(8, 0xffff_0001, 0xffff_0002);
        machine.context.allocateVdevice(viommu.id(), machine.device.id(), 0x10);
        VDevice vdevice = machine.context.allocateVdevice(viommu.id(), wide.id(), 0xffff_fff0L);

        assertThat(viommu.virtualStreamIdOf(machine.device)).isEqualTo(0x10);
        assertThat(viommu.virtualStreamIdOf(wide)).isEqualTo(0xffff_fff0L);
        assertThat(viommu.physicalStreamIdOf(0x10)).isEqualTo(0x40);
        assertThat(viommu.physicalStreamIdOf(0xffff_fff0)).isEqualTo(0xffff_0001L);
        assertThat(viommu.deviceOf(0xffff_fff0)).isSameAs(wide);
        assertThat(viommu.vdevices()).isEqualTo(2);

        machine.context.destroy(vdevice.id());
        assertThat(viommu.virtualStreamIdOf(wide)).isEqualTo(-Errno.ENOENT);
        assertThat(viommu.physicalStreamIdOf(0xffff_fff0)).isEqualTo(-Errno.EIO);
        assertThat(viommu.deviceOf(0xffff_fff0)).isNull();
    }

    @Test
    void shouldConvertTheCommandsThatNameAStreamAndRefuseTheOthers() {
        machine.context.allocateVdevice(viommu.id(), machine.bind(8, 0xffff_0001, 0xffff_0002).id(), 0xffff_fff0L);
        long[] commands = {
            CommandLayout.invalidateAtcWord0(0xffff_fff0), 0x1234_5003L,
            CommandLayout.withStreamId(CommandLayout.OP_CFGI_CD, 0xffff_fff0), 0,
            CommandLayout.withStreamId(CommandLayout.OP_CFGI_CD_ALL, 0xffff_fff0), 0,
            CommandLayout.invalidateAtcWord0(0xffff_0001), 7,
            CommandLayout.withStreamId(OP_CFGI_STE, 0xffff_fff0), 1};
        long[] before = commands.clone();

        assertThat(viommu.convertCommand(commands, 0)).isZero();
        assertThat(viommu.convertCommand(commands, 2)).isZero();
        assertThat(viommu.convertCommand(commands, 4)).isZero();
        assertThat(viommu.convertCommand(commands, 6)).as("a guest has no physical StreamID").isEqualTo(-Errno.EIO);
        assertThat(viommu.convertCommand(commands, 8)).as("not for a guest").isEqualTo(-Errno.EIO);

        assertThat(commands).containsExactly(
            CommandLayout.invalidateAtcWord0(0xffff_0001), 0x1234_5003L,
            CommandLayout.withStreamId(CommandLayout.OP_CFGI_CD, 0xffff_0001), 0,
            CommandLayout.withStreamId(CommandLayout.OP_CFGI_CD_ALL, 0xffff_0001), 0,
            before[6], 7, before[8], 1);
    }

    @Test
    void shouldFindDeviceAgainWhenItIsBoundAnew() {
        HostDevice host = new HostDevice(8, Machine.SMMU, 0x41);
        BoundDevice first = machine.context.bind(host, machine.driver);
        assertThat(first.unbind(WaitLimit.NEVER)).isZero();
        BoundDevice second = machine.context.bind(host, machine.driver);
        machine.context.allocateVdevice(viommu.id(), second.id(), 6);
        assertThat(viommu.virtualStreamIdOf(first)).as("the kernel compares devices, not binds").isEqualTo(6);
    }

    @Test
    void shouldAgreeWithSortedMapOverManyChanges() {
        Random random = new Random(42);
        TreeMap<Integer, VDevice> model = new TreeMap<>(Integer::compareUnsigned);
        List<BoundDevice> idle = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            idle.add(machine.bind(100 + i, 1000 + i));
        }
        for (int step = 0; step < 2000; step++) {
            if (!idle.isEmpty() && random.nextInt(40) >= model.size()) {
                int virtualId = random.nextInt();
                if (!model.containsKey(virtualId)) {
                    BoundDevice device = idle.remove(idle.size() - 1);
                    model.put(virtualId, machine.context.allocateVdevice(
                        viommu.id(), device.id(), virtualId & 0xffff_ffffL));
                }
            } else {
                List<Integer> keys = new ArrayList<>(model.keySet());
                VDevice gone = model.remove(keys.get(random.nextInt(keys.size())));
                assertThat(machine.context.destroy(gone.id())).isZero();
                idle.add(gone.device());
                assertThat(viommu.deviceOf(gone.virtualStreamId())).isNull();
            }
            assertThat(viommu.vdevices()).isEqualTo(model.size());
        }
        model.forEach((virtualId, vdevice) -> {
            assertThat(viommu.deviceOf(virtualId)).isSameAs(vdevice.device());
            assertThat(viommu.virtualStreamIdOf(vdevice.device())).isEqualTo(virtualId & 0xffff_ffffL);
        });
    }

    @Test
    void shouldCountAndRefuseReportAfterDestroy() {
        machine.context.destroy(viommu.id());
        assertThat(viommu.destroyed()).isTrue();
        assertThat(viommu.report(VEventLayout.TYPE_ARM_SMMUV3, Records.event(1, 2, 3, 4, 5, 6)))
            .isEqualTo(VIommu.USE_AFTER_DESTROY);
        assertThat(viommu.reportsAfterDestroy()).isEqualTo(1);
        assertThat(viommu.reportsOverlappedByDestroy()).isZero();
        assertThat(machine.iommufd.viommu(viommu.id())).as("a dangling pointer leads somewhere").isSameAs(viommu);
    }

    @Test
    void shouldCountReportThatDestroyOvertook() throws InterruptedException {
        AtomicInteger destroyResult = new AtomicInteger(1);
        Thread[] destroyer = new Thread[1];
        VEventQueue queue = machine.veventq(2, 0, woken -> {
            // Inside the report, and no guard in sight. The queue goes as soon as this read side is left, so the
            // destroy of both is done by hand: the poison is what the report must notice on its way out.
            destroyer[0] = new Thread(() -> {
                viommu.onDestroy();
                destroyResult.set(0);
            });
            destroyer[0].start();
            try {
                destroyer[0].join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(Records.report(queue, 1)).isEqualTo(VEventQueue.QUEUED);
        assertThat(destroyResult).hasValue(0);
        assertThat(viommu.reportsOverlappedByDestroy()).isEqualTo(1);
        assertThat(viommu.reportsAfterDestroy()).isZero();
    }

    @Test
    void shouldFindViommusOfAllContextsByIdOnly() {
        Machine other = new Machine();
        assertThat(machine.iommufd.viommu(viommu.id())).isSameAs(viommu);
        assertThat(machine.iommufd.viommu(machine.parent.id())).isNull();
        assertThat(machine.iommufd.viommu(Integer.MAX_VALUE)).isNull();
        assertThat(other.iommufd.viommu(other.viommu.id())).isSameAs(other.viommu);
    }

    @Test
    void shouldGrowAndShrinkTableOverManyContexts() {
        Iommufd iommufd = machine.iommufd;
        int last = 0;
        for (int vm = 0; vm < 2000; vm++) {
            Context context = iommufd.open();
            BoundDevice device = context.bind(new HostDevice(1, 0, 1), machine.driver);
            ParentDomain parent = context.allocateParentDomain(
                device.id(), context.allocateIoas().id(), ParentDomain.FLAG_NEST_PARENT);
            VIommu each = context.allocateViommu(device.id(), parent.id(), VIommu.TYPE_ARM_SMMUV3, 0);
            assertThat(iommufd.viommu(each.id())).isSameAs(each);
            last = each.id();
            device.unbind(WaitLimit.NEVER);
            context.close();
            assertThat(iommufd.viommu(last)).isNull();
            assertThat(each.destroyed()).isTrue();
        }
        assertThat(last).isGreaterThan(4 * 1024);
        assertThat(iommufd.viommu(viommu.id())).isSameAs(viommu);
    }
}
