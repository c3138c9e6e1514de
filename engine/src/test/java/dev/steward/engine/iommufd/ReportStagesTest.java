package dev.steward.engine.iommufd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order and the locks of what a report does, as the kernel has it (docs/domain.md, 3.4 and 4). */
class ReportStagesTest {
    private final List<String> steps = new ArrayList<>();
    private VEventQueue queue;

    @Test
    void shouldWakeForEveryElementWithTheLostHeaderAmongThem() {
        queue = new Machine().veventq(2, 0, woken -> steps.add("wake"));
        VEvent event = event();
        assertThat(queue.report(event)).isEqualTo(VEventQueue.QUEUED);
        assertThat(queue.report(event)).isEqualTo(VEventQueue.QUEUED);
        assertThat(queue.report(event)).isEqualTo(VEventQueue.LOST);
        assertThat(queue.report(event)).isEqualTo(VEventQueue.LOST);
        assertThat(steps).containsExactly(
            "waking", "wake", "woken", "waking", "wake", "woken", "waking", "wake", "woken", "waking", "wake", "woken");
    }

    @Test
    void shouldHoldTheSpinlockOfTheQueueWhileItWakes() {
        queue = new Machine().veventq(2, 0, woken -> steps.add(lockedByOther(queue) ? "locked" : "free"));
        queue.report(event());
        assertThat(steps).containsExactly("waking", "locked", "woken");
        assertThat(lockedByOther(queue)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"V6_15, true", "V7_1, true", "V7_2, false"})
    void shouldAllocateUnderTheSpinlockUntilV72(KernelVersion kernel, boolean under) {
        queue = new Machine(kernel, new ReportCosts() {
            @Override
            public boolean allocation(Allocation of) {
                if (of != Allocation.EVENT) {
                    return true;
                }
                steps.add(lockedByOther(queue) ? "allocates locked" : "allocates free");
                return true;
            }

            @Override
            public void wakeUp() {
                steps.add("wakes");
            }
        }).veventq(1);
        queue.report(event());
        String allocates = under ? "allocates locked" : "allocates free";
        assertThat(steps).containsExactly(allocates, "waking", "wakes", "woken");
        steps.clear();
        queue.report(event());
        assertThat(steps).as("full: only before the lock is it not known").isEqualTo(
            under ? List.of("waking", "wakes", "woken") : List.of(allocates, "waking", "wakes", "woken"));
    }

    @Test
    void shouldLetStallWaitForAnAnswerOfItsDeviceUnderWay() throws InterruptedException {
        CountDownLatch answering = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Machine machine = new Machine(KernelVersion.NEWEST, new ReportCosts() {
            @Override
            public void pageResponse() {
                answering.countDown();
                await(goOn);
            }

            @Override
            public boolean allocation(Allocation of) {
                if (of == Allocation.FAULT) {
                    steps.add("allocated");
                }
                return true;
            }
        });
        FaultQueue faults = machine.context.allocateFaultQueue(0, () -> { });
        machine.device.attach(machine.context.allocateFaultableDomain(
            machine.device.id(), machine.viommu.id(), faults.id(), 0x11L, 0x22L));
        AttachHandle handle = machine.device.group().handle();
        faults.report(handle, 0x40, 1, 0, 0, 1, 0, 0);
        faults.poll((cookie, deviceId, flags, pasid, group, permission, address, stamp) -> { }, 1);

        Thread responder = start(() -> faults.respond(1, FaultLayout.SUCCESS));
        await(answering);
        Thread reporter = start(() -> faults.report(handle, 0x40, 2, 0, 0, 1, 0, 0));
        awaitWaiting(reporter);
        assertThat(steps).as("the group is allocated before the mutex").containsExactly("allocated", "allocated");
        assertThat(faults.reported()).isOne();
        goOn.countDown();
        responder.join();
        reporter.join();
        assertThat(faults.reported()).isEqualTo(2);
    }

    private VEvent event() {
        VEvent event = new VEvent();
        event.wakeListener = new VEvent.WakeListener() {
            @Override
            public void waking() {
                steps.add("waking");
            }

            @Override
            public void woken() {
                steps.add("woken");
            }
        };
        return event;
    }

    /** Whether another thread that wants the spinlock has to wait: it ends in a park, or with the lock. */
    private static boolean lockedByOther(VEventQueue queue) {
        Thread other = start(queue::readable);
        while (other.getState() != Thread.State.TERMINATED) {
            if (other.getState() == Thread.State.TIMED_WAITING) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    private static Thread start(Runnable body) {
        Thread thread = new Thread(body, "test-helper");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            assertThat(thread.getState()).isNotEqualTo(Thread.State.TERMINATED);
            Thread.onSpinWait();
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
