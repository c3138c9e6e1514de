package dev.steward.engine.iommufd;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.steward.engine.stream.CommandLayout;
import java.lang.management.ManagementFactory;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class AllocationFreeTest {
    private static final int ROUNDS = 200_000;

    private final Machine machine = new Machine();
    private long sum;

    @Test
    void shouldNotAllocateInReportPollReadAndLookUps() {
        VEventQueue queue = machine.veventq(2);
        machine.context.allocateVdevice(machine.viommu.id(), machine.device.id(), 5);
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
        RecordHandler handler = (flags, sequence, w0, w1, w2, w3, s0, s1) -> sum += w0 + s1;

        rounds(queue, buffer, handler);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        rounds(queue, buffer, handler);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        // One object of the smallest size for each round would be sixteen times this many bytes.
        assertThat(allocated).isLessThan(ROUNDS);
        assertThat(sum).isNotZero();
    }

    private void rounds(VEventQueue queue, UnsafeBuffer buffer, RecordHandler handler) {
        VIommu viommu = machine.viommu;
        long[] commands = {CommandLayout.invalidateAtcWord0(5), 0};
        VEvent event = new VEvent();
        for (int i = 0; i < ROUNDS; i++) {
            event.word0 = i;
            for (int reported = 0; reported < 3; reported++) {
                viommu.report(VEventLayout.TYPE_ARM_SMMUV3, event);
            }
            queue.poll(handler, 1);
            sum += queue.read(buffer, 0, 256, 0);
            sum += viommu.virtualStreamIdOf(machine.device) + viommu.physicalStreamIdOf(5);
            sum += viommu.convertCommand(commands, 0) + commands[0];
            commands[0] = CommandLayout.withStreamId(commands[0], 5);
        }
    }
}
