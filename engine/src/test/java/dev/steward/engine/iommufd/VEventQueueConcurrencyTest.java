package dev.steward.engine.iommufd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One producer and more against two readers: nothing torn, nothing twice, nothing unaccounted for. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VEventQueueConcurrencyTest {
    private static final int EVENTS = 200_000;
    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

    private final Machine machine = new Machine();

    /** What one reader has seen, in its order. */
    private static final class Seen {
        final List<Integer> sequences = new ArrayList<>();
        int torn;

        void record(int sequence, long w0, long w1, long w2, long w3) {
            sequences.add(sequence);
            if (w1 != w0 * MIX || w2 != ~w0 || w3 != (w0 ^ MIX)) {
                torn++;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64})
    void shouldAccountForEveryEventWithTwoReaders(int depth) throws Exception {
        VEventQueue queue = machine.veventq(depth);
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Future<Long> producer = threads.submit(() -> produce(queue, EVENTS));
            Future<Seen> byRead = threads.submit(() -> drainByRead(queue, done));
            Future<Seen> byPoll = threads.submit(() -> drainByPoll(queue, done));
            long lost = producer.get();
            done.set(true);
            Seen one = byRead.get();
            Seen two = byPoll.get();

            assertThat(one.torn + two.torn).isZero();
            assertThat(one.sequences.size() + two.sequences.size() + lost).isEqualTo(EVENTS);
            assertThat(queue.queued()).isEqualTo(EVENTS - lost);
            assertThat(queue.lost()).isEqualTo(lost);
            assertThat(queue.delivered()).isEqualTo(one.sequences.size() + two.sequences.size());
            assertThat(queue.unread()).isZero();
            List<Integer> all = new ArrayList<>(one.sequences);
            all.addAll(two.sequences);
            assertThat(all).doesNotHaveDuplicates();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void shouldShowRisingSequencesToEachReaderWhenNothingIsPutBack() throws Exception {
        VEventQueue queue = machine.veventq(16);
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Future<Long> producer = threads.submit(() -> produce(queue, EVENTS));
            Future<Seen> first = threads.submit(() -> drainByPoll(queue, done));
            Future<Seen> second = threads.submit(() -> drainByPoll(queue, done));
            long lost = producer.get();
            done.set(true);
            assertRising(first.get().sequences);
            assertRising(second.get().sequences);
            assertThat(first.get().sequences.size() + second.get().sequences.size() + lost).isEqualTo(EVENTS);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void shouldNumberEventsOfTwoProducersWithoutGapWhenNothingIsLost() throws Exception {
        VEventQueue queue = machine.veventq(2 * 20_000);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Long> first = threads.submit(() -> produce(queue, 20_000));
            Future<Long> second = threads.submit(() -> produce(queue, 20_000));
            assertThat(first.get() + second.get()).isZero();
        } finally {
            threads.shutdownNow();
        }
        Seen seen = drainByRead(queue, new AtomicBoolean(true));
        assertThat(seen.torn).isZero();
        assertThat(seen.sequences).hasSize(40_000);
        for (int i = 0; i < seen.sequences.size(); i++) {
            assertThat(seen.sequences.get(i)).isEqualTo(i);
        }
    }

    @Test
    void shouldSurviveQueuesThatComeAndGoUnderReports() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(1);
        try {
            Future<long[]> reporter = threads.submit(() -> {
                long[] counts = new long[2];
                while (!done.get()) {
                    int result = machine.viommu.report(VEventLayout.TYPE_ARM_SMMUV3, Records.event(1, 2, 3, 4, 5, 6));
                    if (result >= 0) {
                        counts[0]++;
                    } else if (result != -Errno.EOPNOTSUPP) {
                        counts[1]++;
                    }
                }
                return counts;
            });
            long produced = 0;
            for (int i = 0; i < 2000 || produced == 0; i++) {
                VEventQueue queue = machine.veventq(4);
                Records.poll(queue, 2);
                queue.close();
                assertThat(machine.context.destroy(queue.id())).isZero();
                assertThat(queue.queued()).isEqualTo(queue.delivered() + queue.discarded());
                produced += queue.queued() + queue.lost();
            }
            done.set(true);
            assertThat(reporter.get()).containsExactly(produced, 0);
        } finally {
            threads.shutdownNow();
        }
    }

    private long produce(VEventQueue queue, int events) {
        long lost = 0;
        for (long i = 0; i < events; i++) {
            lost += machine.viommu.report(queue.type(), Records.event(i, i * MIX, ~i, i ^ MIX, 0, 0));
        }
        return lost;
    }

    private static Seen drainByPoll(VEventQueue queue, AtomicBoolean done) {
        Seen seen = new Seen();
        boolean last;
        do {
            last = done.get();
            int polled = queue.poll((flags, sequence, w0, w1, w2, w3, s0, s1) -> {
                if (flags == 0) {
                    seen.record(sequence, w0, w1, w2, w3);
                }
            }, 16);
            last &= polled == 0;
        } while (!last);
        return seen;
    }

    private static Seen drainByRead(VEventQueue queue, AtomicBoolean done) {
        Seen seen = new Seen();
        // Not a multiple of a record, so that put-backs happen all the time.
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[3 * Records.LENGTH + 5]);
        boolean last;
        do {
            last = done.get();
            long bytes = queue.read(buffer, 0, buffer.capacity(), 0);
            int at = 0;
            while (at < bytes) {
                if (buffer.getInt(at) != 0) {
                    at += VEventLayout.HEADER_LENGTH;
                } else {
                    seen.record(buffer.getInt(at + 4), word(buffer, at, 0), word(buffer, at, 1), word(buffer, at, 2),
                        word(buffer, at, 3));
                    at += Records.LENGTH;
                }
            }
            last &= bytes == 0;
        } while (!last);
        return seen;
    }

    private static long word(UnsafeBuffer buffer, int at, int index) {
        return buffer.getLong(at + VEventLayout.DATA_OFFSET + index * Long.BYTES, ByteOrder.LITTLE_ENDIAN);
    }

    private static void assertRising(List<Integer> sequences) {
        for (int i = 1; i < sequences.size(); i++) {
            assertThat(sequences.get(i)).isGreaterThan(sequences.get(i - 1));
        }
    }
}
