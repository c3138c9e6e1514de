package dev.steward.engine.iommufd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The n-th allocation fails, for each n, in the manner of the kernel's fail-nth (Documentation/fault-injection): a step
 * that answers -ENOMEM has changed nothing, and succeeds when it is tried again.
 */
class MemoryFailureTest {
    /** A parent, two vIOMMUs, a vDEVICE, two queues, three domains; the handles of two attaches and two replaces. */
    private static final int STEPS_THAT_ALLOCATE = 13;

    private final Failing memory = new Failing();

    @Test
    void shouldLeaveNoTraceOfStepThatFoundNoMemory() {
        List<String> rightly = run(0);
        int failures = 0;
        for (int n = 1; ; n++) {
            List<String> answers = run(n);
            if (memory.failed == 0) {
                break;
            }
            failures++;
            // Each step says what it says without a failure, once it has been tried again.
            assertThat(answers).as("allocation %d failed", n).isEqualTo(rightly);
        }
        assertThat(failures).as("objects and attach handles of the steps").isEqualTo(STEPS_THAT_ALLOCATE);
    }

    private List<String> run(int failing) {
        memory.reset(failing);
        return new Steps(memory).run();
    }

    @ParameterizedTest
    @EnumSource
    void shouldLoseEventThatFindsNoMemoryAndTellTheReader(KernelVersion kernel) {
        Machine machine = new Machine(kernel, memory);
        VEventQueue queue = machine.veventq(4);
        memory.resetReports(2);
        VEvent event = new VEvent();
        assertThat(List.of(queue.report(event), queue.report(event))).containsExactly(0, -Errno.ENOMEM);
        List<String> read = new ArrayList<>();
        RecordHandler handler = (flags, sequence, word0, word1, word2, word3, stamp0, stamp1) ->
            read.add(flags + " " + sequence);
        queue.poll(handler, 9);
        assertThat(read).as("the marker is the last").containsExactly("0 0", VEventLayout.FLAG_LOST_EVENTS + " 1");
        assertThat(queue.report(event)).isZero();
        queue.poll(handler, 9);
        assertThat(read).hasSize(3).last().isEqualTo("0 2");
        assertThat(List.of(queue.queued(), queue.lost(), queue.delivered(), (long) queue.unread()))
            .containsExactly(2L, 1L, 2L, 0L);
    }

    @Test
    void shouldNotQueueFaultThatFindsNoMemory() {
        Machine machine = new Machine(KernelVersion.NEWEST, memory);
        FaultQueue faults = machine.context.allocateFaultQueue(0, () -> { });
        machine.device.attach(machine.context.allocateFaultableDomain(
            machine.device.id(), machine.viommu.id(), faults.id(), 0x11L, 0x22L));
        AttachHandle handle = machine.device.group().handle();
        memory.resetReports(1);
        assertThat(faults.report(handle, 0x40, 1, 0, 0, 1, 0, 0)).isFalse();
        assertThat(faults.readable()).isFalse();
        assertThat(faults.reported()).isZero();
        assertThat(faults.report(handle, 0x40, 2, 0, 0, 1, 0, 0)).isTrue();
        assertThat(faults.reported()).isOne();
    }

    /** What a VMM does with one device, each step tried again once if there was no memory for it. */
    private static final class Steps {
        private final Machine machine;
        private final Context context;
        private final BoundDevice device;
        private final Failing memory;
        private final List<String> answers = new ArrayList<>();
        private ParentDomain parent;
        private VIommu first;
        private VIommu second;
        private NestedDomain one;
        private NestedDomain other;
        private NestedDomain faultable;
        private FaultQueue faults;
        private VEventQueue events;

        Steps(Failing memory) {
            this.memory = memory;
            machine = new Machine(KernelVersion.NEWEST, memory);
            context = machine.context;
            device = machine.device;
        }

        List<String> run() {
            memory.begin();
            make("parent", any -> parent = context.allocateParentDomain(
                device.id(), machine.ioas.id(), ParentDomain.FLAG_NEST_PARENT));
            make("vIOMMU", any -> first = viommu());
            make("second vIOMMU", any -> second = viommu());
            make("vDEVICE", any -> context.allocateVdevice(first.id(), device.id(), 8));
            make("vEVENTQ", any -> events = context.allocateVeventq(
                first.id(), VEventLayout.TYPE_ARM_SMMUV3, 4, 0, Waker.NONE));
            make("fault queue", any -> faults = context.allocateFaultQueue(0, () -> { }));
            make("domain", any -> one = machine.nested(first));
            make("other domain", any -> other = machine.nested(second));
            make("faultable domain", any -> faultable = context.allocateFaultableDomain(
                device.id(), first.id(), faults.id(), 0x11L, 0x22L));
            answer("attach", () -> device.attach(one));
            answer("replace", () -> device.replace(other));
            answer("replace with faults", () -> device.replace(faultable));
            answer("detach", device::detach);
            answer("attach again", () -> device.attach(one));
            answer("detach again", device::detach);
            events.close();
            faults.close();
            for (IommufdObject object : List.of(faultable, other, one, faults, events)) {
                answer("destroy", () -> context.destroy(object.id()));
            }
            return answers;
        }

        private VIommu viommu() {
            return context.allocateViommu(device.id(), parent.id(), VIommu.TYPE_ARM_SMMUV3, 0);
        }

        private void make(String step, Consumer<String> maker) {
            answer(step, () -> {
                try {
                    maker.accept(step);
                    return 0;
                } catch (IommufdException e) {
                    return -e.errno();
                }
            });
        }

        private void answer(String step, IntSupplier operation) {
            String before = state();
            int result = operation.getAsInt();
            if (result == -Errno.ENOMEM) {
                assertThat(state()).as("after -ENOMEM at %s", step).isEqualTo(before);
                result = operation.getAsInt();
            }
            answers.add(step + " " + result + " " + state());
        }

        /** All that a step may have kept: objects, pins, what the group is attached to. */
        private String state() {
            AttachHandle handle = device.group().handle();
            return context.objects() + " objects; users " + users(device) + users(machine.parent) + users(parent)
                + users(first) + users(second) + users(one) + users(other) + users(faultable) + users(faults)
                + "; waiters " + device.waiters() + "; handle "
                + (handle == null ? "none" : handle.domain() == one ? "one" : handle.domain() == other ? "other"
                    : "faultable");
        }

        private static String users(IommufdObject object) {
            return object == null ? "- " : object.users() + " ";
        }
    }

    /** Lets one allocation fail, counted from when it begins. */
    private static final class Failing implements ReportCosts {
        private int failing;
        private int seen;
        private int failed;
        private boolean counts;

        void reset(int n) {
            failing = n;
            seen = 0;
            failed = 0;
            counts = false;
        }

        void resetReports(int n) {
            reset(n);
            counts = true;
        }

        void begin() {
            counts = true;
        }

        @Override
        public boolean allocation(Allocation of) {
            boolean fails = counts && ++seen == failing;
            failed += fails ? 1 : 0;
            return !fails;
        }
    }
}
