package dev.steward.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Producer and consumer on two threads; the consumer sleeps between interrupts, so a lost wake-up hangs it. */
@Timeout(300)
class EventQueueConcurrencyTest {
    private static final int LOG2_SIZE = 3;
    private static final long DURATION_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long MIN_RECORDS = 10_000;
    /** Fewer where each has to wait for a CPU. */
    private static final long ENOUGH_NS = TimeUnit.SECONDS.toNanos(20);
    private static final int LOOKS_PER_YIELD = 4_096;

    private final EventQueue queue = new EventQueue(LOG2_SIZE, 2);
    private volatile boolean armed;
    private volatile boolean producerDone;
    private volatile long acknowledged = -1;
    private Thread consumer;

    @Test
    void shouldAccountForEachRecordWhileProducerNeverWaits() throws InterruptedException {
        Tally tally = new Tally();
        consumer = new Thread(() -> consumeAll(tally, false));
        queue.interruptLine(() -> LockSupport.unpark(consumer));
        consumer.start();
        long startNs = System.nanoTime();
        long written = 0;
        long serial = 0;
        while (goesOn(startNs, written)) {
            boolean stall = serial % 5 == 0;
            Production production = queue.produce(stall ? Events.stalled(serial) : Events.plain(serial));
            written += production == Production.WRITTEN || production == Production.HELD ? 1 : 0;
            serial++;
            if (serial % 64 == 0) {
                Thread.yield();
            }
        }
        while (queue.held() > 0) {
            queue.releaseHeld();
            Thread.yield();
        }
        producerDone = true;
        LockSupport.unpark(consumer);
        consumer.join();

        assertThat(tally.outOfOrder).isZero();
        assertThat(tally.torn).isZero();
        assertThat(tally.records).isEqualTo(written).isEqualTo(queue.produced()).isEqualTo(queue.consumed());
        assertThat(queue.discarded()).isBetween(queue.overflows(), serial - written);
        assertThat(queue.overflows()).as("a toggle each, and perhaps one not yet acknowledged")
            .isBetween(tally.acknowledges, tally.acknowledges + 1);
        assertThat(queue.interrupts()).isPositive();
    }

    /** One record at a time, the next when the consumer has taken it: each time round may lose the only wake-up. */
    @Test
    void shouldNotLoseWakeUpWhenEachRecordFindsQueueEmpty() throws InterruptedException {
        Tally tally = new Tally();
        consumer = new Thread(() -> consumeAll(tally, true));
        queue.interruptLine(() -> {
            if (armed) {
                LockSupport.unpark(consumer);
            }
        });
        consumer.start();
        long startNs = System.nanoTime();
        long serial = 0;
        while (goesOn(startNs, serial)) {
            assertThat(queue.produce(Events.plain(serial))).isEqualTo(Production.WRITTEN);
            for (int look = 1; acknowledged < serial; look++) {
                Thread.onSpinWait();
                if (serial % 16 == 0 || look % LOOKS_PER_YIELD == 0) {
                    Thread.yield();
                }
            }
            serial++;
        }
        producerDone = true;
        LockSupport.unpark(consumer);
        consumer.join();
        assertThat(tally.records).isEqualTo(serial);
        assertThat(tally.outOfOrder).isZero();
    }

    private static boolean goesOn(long startNs, long records) {
        long tookNs = System.nanoTime() - startNs;
        return tookNs < DURATION_NS || records < MIN_RECORDS && tookNs < ENOUGH_NS;
    }

    private void consumeAll(Tally tally, boolean arming) {
        EventRecord record = new EventRecord();
        while (true) {
            while (queue.consume(record)) {
                tally.outOfOrder += record.serial <= tally.lastSerial ? 1 : 0;
                tally.torn += record.word2 == ~record.serial ? 0 : 1;
                tally.lastSerial = record.serial;
                tally.records++;
                if (arming) {
                    acknowledged = record.serial;
                }
            }
            tally.acknowledges += queue.acknowledgeOverflow() ? 1 : 0;
            armed = true;
            while (!queue.hasMore()) {
                if (producerDone) {
                    if (!queue.hasMore()) {
                        return;
                    }
                } else {
                    LockSupport.park(this);
                }
            }
            armed = false;
        }
    }

    /** Written by the consumer, read after it has ended. */
    private static final class Tally {
        private long lastSerial = -1;
        private long records;
        private long outOfOrder;
        private long torn;
        private long acknowledges;
    }
}
