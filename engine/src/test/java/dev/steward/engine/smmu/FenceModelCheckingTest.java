package dev.steward.engine.smmu;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.engine.Explorer;
import dev.steward.engine.event.EventRecord;
import dev.steward.engine.iommufd.BoundDevice;
import dev.steward.engine.iommufd.FaultQueue;
import dev.steward.engine.iommufd.VIommu;
import dev.steward.engine.stream.StreamTable;
import java.util.List;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The fence at detach, under the interleavings of the model checker. Not how the handler sleeps: a lost wake-up was not
 * found here.
 */
@Tag("slow")
public class FenceModelCheckingTest {
    private static final List<List<String>> HANDLER_AND_DETACH = List.of(List.of("stall", "stall"), List.of("detach"));

    @ParameterizedTest
    @ValueSource(classes = {Fenced.class, Drained.class})
    void shouldLetNoFaultPassTheFence(Class<?> fence) {
        Explorer.explore(fence, FenceModel.class, HANDLER_AND_DETACH, List.of("late", "left"));
    }

    @Test
    void shouldFindFaultThroughFreedHandleWhereThereIsNoFence() {
        assertThatThrownBy(() -> Explorer.explore(
            Unfenced.class, FenceModel.class, HANDLER_AND_DETACH, List.of("late", "left")))
            .isInstanceOf(AssertionError.class).hasMessageContaining("Invalid execution results");
    }

    private static EventRecord record() {
        return new EventRecord();
    }

    /** A handler beside the detach of its device. */
    public abstract static class Fence {
        private static final int STREAM = 0x100;
        private static final long STALLED_WORD_0 = 0x0000_0100_0000_0010L;
        private static final long STALLED_WORD_1 = 0x0000_0208_8000_0007L;

        private final Machine machine;
        private final BoundDevice device;
        private final FaultQueue queue;
        private final EventHandler handler;

        Fence(FaultFence fence) {
            machine = new Machine(StreamTable.linear(9), fence);
            device = machine.probed(1, STREAM);
            VIommu viommu = machine.viommu(device);
            queue = machine.context.allocateFaultQueue(0, () -> { });
            handler = machine.smmu.openHandler(EventProbe.NONE);
            machine.context.allocateVdevice(viommu.id(), device.id(), Machine.VIRTUAL_STREAM);
            device.attach(machine.context.allocateFaultableDomain(
                device.id(), viommu.id(), queue.id(), Machine.GUEST_WORD_0, Machine.GUEST_WORD_1));
        }

        /** Whether the stall was queued; else it was answered at once. */
        @Operation
        public boolean stall() {
            EventRecord event = record();
            event.word0 = STALLED_WORD_0;
            event.word1 = STALLED_WORD_1;
            handler.runBegins();
            try {
                return handler.handle(event) == EventOutcome.STALL_QUEUED;
            } finally {
                handler.quiesce();
                handler.runEnds();
            }
        }

        @Operation
        public void detach() {
            device.detach();
        }

        /** Faults through a handle that had been freed. */
        @Operation
        public long late() {
            return queue.reportedLate();
        }

        /** Faults that nobody answered, though their attachment has ended. */
        @Operation
        public long left() {
            return queue.reported() - queue.answered() - queue.answeredAutomatically();
        }
    }

    public static class Fenced extends Fence {
        public Fenced() {
            super(FaultFence.SOFTWARE);
        }
    }

    public static class Drained extends Fence {
        public Drained() {
            super(FaultFence.DRAIN);
        }
    }

    public static class Unfenced extends Fence {
        public Unfenced() {
            super(FaultFence.NONE);
        }
    }

    /** A stall is queued while the device is attached, and answered by the detach. */
    public static class FenceModel {
        private boolean detached;

        public boolean stall() {
            return !detached;
        }

        public void detach() {
            detached = true;
        }

        public long late() {
            return 0;
        }

        public long left() {
            return 0;
        }
    }
}
