package dev.steward.engine.smmu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.engine.iommufd.AttachHandle;
import dev.steward.engine.iommufd.BoundDevice;
import dev.steward.engine.iommufd.Errno;
import dev.steward.engine.iommufd.FaultLayout;
import dev.steward.engine.iommufd.FaultQueue;
import dev.steward.engine.iommufd.NestedDomain;
import dev.steward.engine.iommufd.VIommu;
import dev.steward.engine.stream.StreamTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(300)
class FaultPathTest {
    private static final int STREAM = 0x100;
    /** Domain reference 11.2: F_TRANSLATION, read, stalled, STAG 7, SSID 5 valid. */
    private static final long WORD_0 = 0x0000_0100_0000_5810L;
    private static final long WORD_1 = 0x0000_0208_8000_0007L;
    private static final int DETACHES = 2_000;
    /** Fewer where each has to wait for a CPU. */
    private static final long ENOUGH_NS = 20_000_000_000L;

    private final Machine machine = new Machine(StreamTable.linear(10), FaultFence.SOFTWARE);
    private final BoundDevice device = machine.probed(1, STREAM);
    private final VIommu viommu = machine.viommu(device);
    private final FaultQueue queue = machine.context.allocateFaultQueue(0, () -> { });
    private final EventHandler handler = machine.smmu.openHandler(EventProbe.NONE);
    private final List<String> resumed = new ArrayList<>();

    FaultPathTest() {
        machine.context.allocateVdevice(viommu.id(), device.id(), Machine.VIRTUAL_STREAM);
        machine.smmu.onResume((streamId, tag, response, stamp) ->
            resumed.add(Integer.toHexString(streamId) + " tag " + tag + " response " + response + " at " + stamp));
    }

    @AfterEach
    void close() {
        handler.close();
        machine.close();
    }

    private NestedDomain faultable() {
        return machine.context.allocateFaultableDomain(
            device.id(), viommu.id(), queue.id(), Machine.GUEST_WORD_0, Machine.GUEST_WORD_1);
    }

    private static EventRecord stall() {
        EventRecord event = new EventRecord();
        event.word0 = WORD_0;
        event.word1 = WORD_1;
        event.word2 = 0xabc000;
        event.intendedNs = 44;
        return event;
    }

    @Test
    void shouldQueueStallAndRetryWhenTheVmmSaysSo() {
        device.attach(faultable());
        assertThat(handler.handle(stall())).isEqualTo(EventOutcome.STALL_QUEUED);
        assertThat(resumed).isEmpty();
        List<Object> fault = new ArrayList<>();
        queue.poll((cookie, deviceId, flags, pasid, group, permission, address, stamp) ->
            fault.addAll(List.of(cookie, deviceId, flags, pasid, group, permission, address, stamp)), 9);
        assertThat(fault).containsExactly(1, device.id(),
            FaultLayout.FLAG_PASID_VALID | FaultLayout.FLAG_LAST_PAGE, 5, 7,
            FaultLayout.PERMISSION_READ, 0xabc000L, 44L);
        queue.respond(1, FaultLayout.SUCCESS);
        assertThat(resumed).containsExactly("100 tag 7 response 1 at 44");
    }

    @Test
    void shouldAbortAtOnceWhenTheDomainTakesNoFaults() {
        device.attach(machine.nested(device, viommu));
        assertThat(handler.handle(stall())).isEqualTo(EventOutcome.STALL_ABORTED);
        assertThat(resumed).containsExactly("100 tag 7 response 2 at 44");
    }

    @Test
    void shouldAbortWhenNothingIsAttachedAndStaySilentWhenNoMasterOwnsTheStream() {
        assertThat(handler.handle(stall())).isEqualTo(EventOutcome.STALL_ABORTED);
        EventRecord unowned = stall();
        unowned.word0 = EventRecordLayout.withStreamId(WORD_0, 0x3);
        assertThat(handler.handle(unowned)).isEqualTo(EventOutcome.UNKNOWN_STREAM);
        assertThat(resumed).hasSize(1);
    }

    @Test
    void shouldAbortWhatIsPendingWhenTheDeviceIsDetached() {
        device.attach(faultable());
        handler.handle(stall());
        device.detach();
        assertThat(resumed).containsExactly("100 tag 7 response 2 at 44");
        assertThat(handler.handle(stall())).isEqualTo(EventOutcome.STALL_ABORTED);
    }

    @Test
    void shouldFollowTheDomainWhenReplaced() {
        device.attach(faultable());
        device.replace(machine.nested(device, viommu));
        assertThat(handler.handle(stall())).isEqualTo(EventOutcome.STALL_ABORTED);
        device.replace(faultable());
        assertThat(handler.handle(stall())).isEqualTo(EventOutcome.STALL_QUEUED);
    }

    @Test
    void shouldRefuseFaultsOfDeviceWithSeveralStreams() {
        BoundDevice multi = machine.probed(2, 0x110, 0x111);
        machine.context.allocateVdevice(viommu.id(), multi.id(), 9);
        assertThat(multi.attach(faultable())).isEqualTo(-Errno.EOPNOTSUPP);
    }

    @Test
    void shouldWaitInDetachForAHandlerThatHoldsTheHandle() throws InterruptedException {
        device.attach(faultable());
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        FaultQueue slow = machine.context.allocateFaultQueue(0, () -> {
            inside.countDown();
            await(goOn);
        });
        device.replace(machine.context.allocateFaultableDomain(
            device.id(), viommu.id(), slow.id(), Machine.GUEST_WORD_0, Machine.GUEST_WORD_1));
        // On its own thread, and past the lock of the test's guard, which would exclude the two anyway.
        FaultPath path = new FaultPath(machine.table, machine.smmu.eventQueue(), FaultFence.SOFTWARE);
        path.enable(STREAM, device);
        Thread reporter = new Thread(() -> {
            try (FaultPath.Reporter reporting = path.open()) {
                reporting.report(STREAM, stall());
            }
        });
        reporter.start();
        inside.await();
        AtomicBoolean early = new AtomicBoolean();
        Thread drainer = new Thread(() -> {
            path.drain();
            early.set(goOn.getCount() > 0);
        });
        drainer.start();
        awaitInsideOrEnd(drainer);
        goOn.countDown();
        drainer.join();
        reporter.join();
        assertThat(early).as("drain came back while a handler was inside").isFalse();
    }

    @Test
    void shouldAnswerEachStallOnceAndUseNoFreedHandleUnderConcurrentDetaches() throws InterruptedException {
        AtomicInteger resumes = new AtomicInteger();
        machine.smmu.onResume((streamId, tag, response, stamp) -> resumes.incrementAndGet());
        AtomicInteger stalls = new AtomicInteger();
        CountDownLatch started = new CountDownLatch(1);
        boolean[] stop = new boolean[1];
        Thread handling = new Thread(() -> {
            EventRecord event = stall();
            while (!stopped(stop)) {
                handler.handle(event);
                stalls.incrementAndGet();
                started.countDown();
            }
        });
        handling.start();
        started.await();
        long beginNs = System.nanoTime();
        for (int i = 0; i < DETACHES && System.nanoTime() - beginNs < ENOUGH_NS || queue.reported() == 0; i++) {
            NestedDomain domain = faultable();
            device.attach(domain);
            queue.poll((cookie, deviceId, flags, pasid, group, permission, address, stamp) -> { }, 3);
            queue.respond(1, FaultLayout.SUCCESS);
            device.detach();
            machine.context.destroy(domain.id());
        }
        synchronized (stop) {
            stop[0] = true;
        }
        handling.join();
        assertThat(queue.reportedLate()).isZero();
        assertThat(queue.reported()).isPositive();
        assertThat(resumes).hasValue(stalls.get());
    }

    /** The handler has loaded the handle, the detach goes as far as it gets, the handler uses what it has. */
    @ParameterizedTest
    @EnumSource
    void shouldLetHandlerUseFreedHandleOnlyWithoutFence(FaultFence fence) throws InterruptedException {
        try (Machine other = new Machine(StreamTable.linear(10), fence)) {
            BoundDevice attached = other.probed(1, STREAM);
            FaultQueue faults = attachFaultable(other, attached);
            try (FaultPath.Reporter reporter = other.smmu.faultPath().open()) {
                AttachHandle held = reporter.enter(attached);
                Thread detach = start(attached::detach);
                awaitInsideOrEnd(detach, fence != FaultFence.NONE);
                reporter.report(held, STREAM, stall());
                reporter.leave();
                detach.join();
            }
            assertThat(faults.reportedLate()).isEqualTo(fence == FaultFence.NONE ? 1 : 0);
        }
    }

    /** The posted drain: past the records that are in the queue, then to the end of the handler's run. */
    @ParameterizedTest
    @EnumSource
    void shouldDrainQueueAndAwaitEndOfRunOnlyWithTheFenceThatDrains(FaultFence fence) throws InterruptedException {
        boolean drains = fence == FaultFence.DRAIN;
        try (Machine other = new Machine(StreamTable.linear(10), fence);
            FaultPath.Reporter reporter = other.smmu.faultPath().open()) {
            BoundDevice attached = other.probed(1, STREAM);
            attachFaultable(other, attached);
            other.smmu.eventQueue().produce(stall());
            reporter.runBegins();
            Thread detach = start(attached::detach);
            awaitInsideOrEnd(detach, drains);
            assertThat(detach.isAlive()).as("a record is in the queue").isEqualTo(drains);
            other.smmu.eventQueue().consume(new EventRecord());
            awaitInsideOrEnd(detach, drains);
            assertThat(detach.isAlive()).as("the handler may have it in its hand").isEqualTo(drains);
            other.smmu.eventQueue().produce(stall());
            reporter.runEnds();
            detach.join();
        }
    }

    /** A handler that dies ends its run: a detach that waits for that run must not wait for ever. */
    @Test
    void shouldNotWaitForRunOfHandlerThatDied() throws InterruptedException {
        try (Machine other = new Machine(StreamTable.linear(10), FaultFence.DRAIN)) {
            BoundDevice attached = other.probed(1, STREAM);
            attachFaultable(other, attached);
            Thread detach = new Thread(attached::detach, "detach");
            detach.setDaemon(true);
            EventThread dying = other.smmu.eventThread(new EventProbe() {
                @Override
                public void taken(EventRecord event) {
                    detach.start();
                    awaitInsideOrEnd(detach);
                    throw new IllegalStateException("dies");
                }
            }, 0);
            other.smmu.eventQueue().produce(stall());
            assertThatThrownBy(dying::run).hasMessage("dies");
            detach.join(60_000);
            assertThat(detach.isAlive()).as("still waits for the run").isFalse();
        }
    }

    private static FaultQueue attachFaultable(Machine vm, BoundDevice attached) {
        VIommu on = vm.viommu(attached);
        FaultQueue faults = vm.context.allocateFaultQueue(0, () -> { });
        vm.context.allocateVdevice(on.id(), attached.id(), Machine.VIRTUAL_STREAM);
        attached.attach(vm.context.allocateFaultableDomain(
            attached.id(), on.id(), faults.id(), Machine.GUEST_WORD_0, Machine.GUEST_WORD_1));
        return faults;
    }

    private static Thread start(Runnable body) {
        Thread thread = new Thread(body, "detach");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** One that is expected to end gets all the time that it needs: it may be seen on its way through its drain. */
    private static void awaitInsideOrEnd(Thread drainer, boolean inside) throws InterruptedException {
        if (inside) {
            awaitInsideOrEnd(drainer);
        } else {
            drainer.join();
        }
    }

    /** Until it was seen in the loop of its drain many times over: it yields there, so it is never seen waiting. */
    private static void awaitInsideOrEnd(Thread drainer) {
        for (int seen = 0; seen < 100 && drainer.isAlive(); Thread.yield()) {
            boolean inside = Arrays.stream(drainer.getStackTrace()).anyMatch(frame ->
                frame.getClassName().equals(FaultPath.class.getName()) && frame.getMethodName().equals("drain"));
            seen += inside ? 1 : 0;
        }
    }

    private static boolean stopped(boolean[] stop) {
        synchronized (stop) {
            return stop[0];
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
