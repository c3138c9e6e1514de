package dev.steward.engine.iommufd;

import dev.steward.engine.Explorer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The list of a vEVENTQ and the fault queue, under the interleavings of the model checker. */
@Tag("slow")
public class QueueModelCheckingTest {
    @Test
    void shouldLoseAndNumberEventsAsTheModelDoes() {
        Explorer.explore(Vevents.class, VeventModel.class,
            List.of(List.of("append", "append"), List.of("append"), List.of("pop", "complete", "pop", "putBack")),
            List.of("pop", "complete", "pop", "complete", "pop"));
    }

    @Test
    void shouldAnswerEachFaultOnceWhateverComesFirst() {
        Explorer.explore(Faults.class, FaultModel.class,
            List.of(List.of("report", "report"), List.of("poll", "respond"), List.of("detach")),
            List.of("answers", "left"));
    }

    /** A vEVENTQ of depth 1, whose slot is free when its event has been copied. */
    public static class Vevents {
        private final VEventList list = new VEventList(1, 0, true, ReportCosts.NONE, event -> { });
        private long popped = VEventList.EMPTY;

        @Operation
        public int append() {
            return list.append(new VEvent());
        }

        /** The sequence of what was taken, 100 more for a lost-events marker, -1 for nothing. */
        @Operation
        public int pop() {
            popped = list.pop();
            return popped == VEventList.EMPTY ? -1
                : list.sequence(popped) + (VEventList.isLostMarker(popped) ? 100 : 0);
        }

        @Operation
        public void complete() {
            if (popped != VEventList.EMPTY) {
                list.complete(popped, false);
            }
        }

        @Operation
        public void putBack() {
            if (popped != VEventList.EMPTY) {
                list.putBack(popped);
            }
        }
    }

    /** By uAPI: an event that meets a full queue leaves a marker at the tail, which the next event replaces. */
    public static class VeventModel {
        private final ArrayDeque<Integer> events = new ArrayDeque<>();
        private int unread;
        private int next;
        private int lost = -1;
        private int popped = -1;
        private boolean poppedMarker;

        public int append() {
            int sequence = next++;
            if (unread == 1) {
                lost = sequence;
                return 1;
            }
            lost = -1;
            unread++;
            events.add(sequence);
            return 0;
        }

        public int pop() {
            poppedMarker = events.isEmpty() && lost >= 0;
            if (poppedMarker) {
                popped = lost;
                lost = -1;
                return popped + 100;
            }
            popped = events.isEmpty() ? -1 : events.poll();
            return popped;
        }

        public void complete() {
            if (popped >= 0 && !poppedMarker) {
                unread--;
            }
        }

        public void putBack() {
            if (popped >= 0 && !poppedMarker) {
                events.addFirst(popped);
            } else if (popped >= 0 && events.isEmpty() && lost < 0) {
                lost = popped;
            }
        }
    }

    /** A device whose faults go to a queue; its VMM answers the one that it read last. */
    public static class Faults {
        private final Machine machine = new Machine();
        private final FaultQueue queue = machine.context.allocateFaultQueue(0, () -> { });
        private final AttachHandle handle;
        private int group;
        private int cookie;

        public Faults() {
            machine.device.attach(machine.context.allocateFaultableDomain(
                machine.device.id(), machine.viommu.id(), queue.id(), 0x11L, 0x22L));
            handle = machine.device.group().handle();
        }

        @Operation
        public void report() {
            queue.report(handle, 0x40, ++group, 0, 0, FaultLayout.PERMISSION_WRITE, 0, 0);
        }

        /** Reads one fault, whose number is the answer, 0 for none. */
        @Operation
        public int poll() {
            int[] read = new int[1];
            queue.poll((newCookie, deviceId, flags, pasid, newGroup, permission, address, stamp) -> {
                cookie = newCookie;
                read[0] = newGroup;
            }, 1);
            return read[0];
        }

        @Operation
        public boolean respond() {
            return queue.respond(cookie, FaultLayout.SUCCESS) == 0;
        }

        @Operation
        public void detach() {
            machine.device.detach();
        }

        /** What the driver was told to answer. */
        @Operation
        public int answers() {
            return machine.driver.answers.size();
        }

        @Operation
        public long left() {
            return queue.reported() - queue.answered() - queue.answeredAutomatically();
        }
    }

    /** Each fault is read once, answered once, by the VMM or by the end of its attachment. */
    public static class FaultModel {
        private final Queue<Integer> unread = new ArrayDeque<>();
        private int group;
        private int outstanding;
        private int answers;

        public void report() {
            unread.add(++group);
        }

        public int poll() {
            outstanding = unread.isEmpty() ? 0 : unread.poll();
            return outstanding;
        }

        public boolean respond() {
            boolean known = outstanding != 0;
            answers += known ? 1 : 0;
            outstanding = 0;
            return known;
        }

        public void detach() {
            answers += unread.size() + (outstanding == 0 ? 0 : 1);
            unread.clear();
            outstanding = 0;
        }

        public int answers() {
            return answers;
        }

        public long left() {
            return unread.size();
        }
    }
}
