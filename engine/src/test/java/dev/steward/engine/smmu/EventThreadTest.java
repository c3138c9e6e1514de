package dev.steward.engine.smmu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.event.EventQueue;
import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.engine.event.Production;
import dev.steward.engine.stream.Waiting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class EventThreadTest {
    private static final int SIZE = 8;
    private static final int RECORDS = 20_000;
    /** Fewer records where each has to wait for a CPU. */
    private static final long ENOUGH_NS = 20_000_000_000L;

    private final Machine machine = new Machine();
    private final EventQueue queue = machine.smmu.eventQueue();
    private final List<Long> serials = Collections.synchronizedList(new ArrayList<>());
    private volatile long handled;
    /** The handler's; read after its thread has ended. */
    private long wokeUp;

    @AfterEach
    void close() {
        machine.close();
    }

    @Test
    void shouldDrainAcknowledgeAndEndWhenStoppedBefore() {
        EventThread thread = thread(0);
        for (int i = 0; i < SIZE + 3; i++) {
            queue.produce(event(i));
        }
        thread.stop();
        thread.run();
        assertThat(serials).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(queue.overflowsDetected()).isOne();
        assertThat(thread.wakeUps()).as("it never slept").isZero();
        assertThat(wokeUp).isZero();
        assertThat(queue.acknowledgeOverflow()).as("done already").isFalse();
        assertThat(machine.guard.readers()).as("left the guard").isZero();
        assertThat(machine.smmu.ledger().total()).isEqualTo(SIZE);
    }

    @Test
    void shouldHandleWhatArrivesWhileHandling() {
        EventThread thread = machine.smmu.eventThread(new EventProbe() {
            @Override
            public void taken(EventRecord event) {
                serials.add(event.serial);
                if (event.serial < 100) {
                    queue.produce(EventThreadTest.event(event.serial + 1));
                }
            }
        }, 0);
        queue.produce(event(0));
        thread.stop();
        thread.run();
        assertThat(serials).hasSize(101);
    }

    @Test
    void shouldTellThatItSleepsBesideRecordsOnlyIfItsWakeUpIsLost() throws InterruptedException {
        EventThread eventThread = thread(0);
        Thread thread = start(eventThread);
        awaitSleep(thread);
        assertThat(eventThread.sleepsThroughRecords()).as("nothing to do").isFalse();
        queue.produce(event(0));
        assertThat(eventThread.sleepsThroughRecords()).as("woken").isFalse();
        awaitHandled(0);
        awaitSleep(thread);
        queue.interruptLine(() -> { });
        queue.produce(event(1));
        assertThat(eventThread.sleepsThroughRecords()).as("not woken").isTrue();
        queue.interruptLine(eventThread);
        eventThread.stop();
        thread.join();
        assertThat(serials).containsExactly(0L, 1L);
    }

    /** However fast it falls asleep and is woken. */
    @Test
    void shouldNeverBeAccusedOfASleepThatEnds() throws InterruptedException {
        EventThread eventThread = thread(0);
        Thread thread = start(eventThread);
        for (int i = 0; i < RECORDS; i++) {
            if (queue.produce(event(i)) == Production.WRITTEN) {
                assertThat(eventThread.sleepsThroughRecords()).isFalse();
            }
        }
        eventThread.stop();
        thread.join();
    }

    @Test
    void shouldSleepUntilRecordArrivesAndEndWhenStopped() throws InterruptedException {
        EventThread eventThread = thread(0);
        Thread thread = start(eventThread);
        for (int i = 0; i < 5; i++) {
            awaitSleep(thread);
            assertThat(queue.produce(event(i))).isEqualTo(Production.WRITTEN);
            awaitHandled(i);
        }
        awaitSleep(thread);
        eventThread.stop();
        thread.join();
        assertThat(serials).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(eventThread.wakeUps()).isEqualTo(6);
        assertThat(wokeUp).isEqualTo(6);
        assertThat(queue.interrupts()).isEqualTo(5);
        assertThat(machine.guard.readers()).isZero();
    }

    @Test
    void shouldStayAsleepWhenUnparkedWithoutReason() throws InterruptedException {
        EventThread eventThread = thread(0);
        Thread thread = start(eventThread);
        awaitSleep(thread);
        for (int i = 0; i < 100; i++) {
            LockSupport.unpark(thread);
            Thread.yield();
        }
        awaitSleep(thread);
        eventThread.stop();
        thread.join();
        assertThat(eventThread.wakeUps()).as("the one that found a reason").isOne();
        assertThat(wokeUp).isOne();
    }

    /** Each record finds the handler asleep or on its way to sleep: one lost wake-up hangs this test. */
    @ParameterizedTest
    @ValueSource(ints = {0, 20})
    void shouldNotLoseWakeUp(int spinsBeforeSleep) throws InterruptedException {
        EventThread eventThread = thread(spinsBeforeSleep);
        Thread thread = start(eventThread);
        int records = 0;
        long beginNs = System.nanoTime();
        while (records < RECORDS && System.nanoTime() - beginNs < ENOUGH_NS) {
            queue.produce(event(records));
            awaitHandled(records++);
        }
        eventThread.stop();
        thread.join();
        assertThat(handled).isEqualTo(records - 1);
        assertThat(machine.smmu.ledger().total()).isEqualTo(records);
        assertThat(eventThread.wakeUps()).isBetween(0L, records + 1L);
    }

    @Test
    void shouldAccountForAllWhenProducerDoesNotWait() throws InterruptedException {
        EventThread eventThread = thread(10);
        Thread thread = start(eventThread);
        long written = 0;
        for (int i = 0; i < 100_000; i++) {
            written += queue.produce(event(i)) == Production.WRITTEN ? 1 : 0;
        }
        eventThread.stop();
        thread.join();
        assertThat(machine.smmu.ledger().total()).isEqualTo(written);
        assertThat(written + queue.discarded()).isEqualTo(100_000);
        assertThat(queue.overflowsDetected()).isEqualTo(queue.overflows());
        assertThat(serials).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(names = {"SPIN", "YIELD"})
    void shouldNeverSleepWhereItPolls(Waiting waiting) throws InterruptedException {
        EventThread eventThread = thread(waiting, 0);
        Thread thread = start(eventThread);
        // Few, since both sides spin: on a busy machine each may have to wait for a core.
        int records = 20;
        for (int i = 0; i < records; i++) {
            queue.produce(event(i));
            awaitHandled(i);
            assertThat(eventThread.sleepsThroughRecords()).isFalse();
        }
        eventThread.stop();
        thread.join();
        assertThat(machine.smmu.ledger().total()).isEqualTo(records);
        assertThat(eventThread.wakeUps()).isZero();
    }

    private EventThread thread(int spinsBeforeSleep) {
        return thread(Waiting.SPIN_PARK, spinsBeforeSleep);
    }

    private EventThread thread(Waiting waiting, int looksBeforeSleep) {
        return machine.smmu.eventThread(new EventProbe() {
            @Override
            public void taken(EventRecord event) {
                serials.add(event.serial);
            }

            @Override
            public void woke() {
                wokeUp++;
            }

            @Override
            public void done(EventRecord event, EventOutcome outcome) {
                handled = event.serial;
            }
        }, waiting, looksBeforeSleep);
    }

    private Thread start(EventThread eventThread) {
        handled = -1;
        Thread thread = new Thread(eventThread, "handler-under-test");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void awaitSleep(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    private void awaitHandled(long serial) {
        for (int i = 0; handled < serial; i++) {
            if ((i & 63) == 63) {
                Thread.yield();
            }
        }
    }

    private static EventRecord event(long serial) {
        EventRecord event = new EventRecord();
        event.word0 = EventRecordLayout.word0(0x10, 0x99);
        event.serial = serial;
        return event;
    }
}
