package dev.steward.strategy;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.stream.StreamTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.ToLongFunction;

/**
 * Readers and committers over a few streams whose attachments can be checked by themselves: the virtual StreamID is a
 * function of stream and vIOMMU, and the vIOMMU is the number of the commit on that stream.
 *
 * <p>Violations: <b>torn</b>, a snapshot that no commit ever made; <b>stale</b>, a vIOMMU whose successor's commit had
 * returned before the read began; <b>late</b>, a report still in the sink when the commit that replaces its vIOMMU has
 * returned (invariant I2). Late is looked for from both ends: the reader looks when it leaves the sink, the committer
 * looks at what each reader announces it is in.
 */
final class GuardTorture {
    static final int STREAMS = 256;

    private static final int READERS = 2;
    private static final int COMMITTERS = 2;
    private static final int STRIDE = 16;
    private static final int DETACHED_ONE_IN = 8;
    private static final int YIELD_ONE_IN = 32;
    private static final long JOIN_LIMIT_MS = 30_000;

    private final Function<GuardContext, AttachmentGuard> strategy;
    private final int hotStreams;
    /** Per stream: all vIOMMUs up to this one are replaced, and the commit that did it has returned. */
    private final AtomicLongArray retired = new AtomicLongArray(STREAMS * STRIDE);
    /** Per reader: the vIOMMU in whose report it is (upper half) and the stream. */
    private final AtomicLongArray inReport = new AtomicLongArray(READERS * STRIDE);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final List<Hand> hands = new ArrayList<>();
    private volatile boolean stopping;
    /** Whether committers step back now and then: an unfair lock would otherwise hardly ever let a reader in. */
    private boolean fair;

    /** What the threads saw, all together. */
    record Tally(long reads, long reports, long commits, long torn, long stale, long late) {
        long violations() {
            return torn + stale + late;
        }
    }

    /**
     * @param hotStreams streams that are really used, spread over all pages; few make collisions likely.
     */
    GuardTorture(Function<GuardContext, AttachmentGuard> strategy, int hotStreams) {
        this.strategy = strategy;
        this.hotStreams = hotStreams;
    }

    /** Runs for a time, and longer until each thread has done something. */
    Tally run(long durationNs) throws InterruptedException {
        fair = true;
        return run(elapsedNs -> elapsedNs >= durationNs && allWorked());
    }

    /** Runs until something that counts violations is no longer 0, or the time is up. */
    Tally search(long limitNs, ToLongFunction<Tally> oracle) throws InterruptedException {
        return run(elapsedNs -> elapsedNs >= limitNs || oracle.applyAsLong(tally()) > 0);
    }

    private Tally run(LongPredicate enough) throws InterruptedException {
        try (StreamTable table = StreamTable.linear(Integer.numberOfTrailingZeros(STREAMS));
            AttachmentGuard guard = strategy.apply(new GuardContext(table, READERS, GracePeriodListener.NONE))) {
            for (int streamId = 0; streamId < STREAMS; streamId++) {
                guard.commit(streamId, Attachment.NOT_ATTACHED);
            }
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < COMMITTERS; i++) {
                threads.add(start(new Committer(guard, i)));
            }
            for (int i = 0; i < READERS; i++) {
                threads.add(start(new ReportingReader(guard, i)));
            }
            long startNs = System.nanoTime();
            while (failure.get() == null && !enough.test(System.nanoTime() - startNs)) {
                TimeUnit.MILLISECONDS.timedJoin(threads.get(0), 1);
            }
            stopping = true;
            for (Thread thread : threads) {
                thread.join(JOIN_LIMIT_MS);
                if (thread.isAlive()) {
                    throw new AssertionError(thread + " hangs in " + thread.getStackTrace()[0]);
                }
            }
        }
        if (failure.get() != null) {
            throw new AssertionError("a thread of the torture failed", failure.get());
        }
        return tally();
    }

    private Thread start(Hand hand) {
        hands.add(hand);
        return Threads.start(() -> {
            try {
                hand.run();
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            }
        });
    }

    private boolean allWorked() {
        return hands.stream().allMatch(hand -> hand.reports + hand.commits > 0);
    }

    private Tally tally() {
        long[] sums = new long[6];
        for (Hand hand : hands) {
            long[] counts = {hand.reads, hand.reports, hand.commits, hand.torn, hand.stale, hand.late};
            for (int i = 0; i < sums.length; i++) {
                sums[i] += counts[i];
            }
        }
        return new Tally(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]);
    }

    /** A bijection per stream, so that no two vIOMMUs of a stream, and hardly two streams, agree. */
    static int virtualStreamId(int streamId, int viommuId) {
        int mixed = (viommuId * 0x9e3779b9) ^ (streamId * 0x85ebca6b + 0x27d4eb2f);
        return mixed ^ mixed >>> 15;
    }

    /** One thread. Written by it alone, volatile for whoever watches. */
    private abstract class Hand implements Runnable {
        volatile long reads;
        volatile long reports;
        volatile long commits;
        volatile long torn;
        volatile long stale;
        volatile long late;
        private long random;

        Hand(int seed) {
            random = 0x2545_f491_4f6c_dd1dL * (seed + 1);
        }

        final int nextRandom(int bound) {
            random ^= random << 13;
            random ^= random >>> 7;
            random ^= random << 17;
            return (int) ((random >>> 33) % bound);
        }

        /** Hot streams lie as far apart as they can, thus on different pages. */
        final int streamId(int number) {
            return number * (STREAMS / hotStreams);
        }
    }

    /** Owns every second hot stream, so that a stream has one committer. */
    private final class Committer extends Hand {
        private final AttachmentGuard guard;
        private final int number;
        private final int[] viommuIds = new int[STREAMS];

        Committer(AttachmentGuard guard, int number) {
            super(number);
            this.guard = guard;
            this.number = number;
        }

        @Override
        public void run() {
            while (!stopping) {
                int streamId = streamId(nextRandom(hotStreams / COMMITTERS) * COMMITTERS + number);
                int viommuId = ++viommuIds[streamId];
                guard.commit(streamId, viommuId % DETACHED_ONE_IN == 0
                    ? Attachment.NOT_ATTACHED : Attachment.of(viommuId, virtualStreamId(streamId, viommuId)));
                retired.set(streamId * STRIDE, viommuId - 1L);
                lookAtReaders(streamId, viommuId);
                commits++;
                if (fair && nextRandom(YIELD_ONE_IN) == 0) {
                    Thread.yield();
                }
            }
        }

        private void lookAtReaders(int streamId, int viommuId) {
            for (int reader = 0; reader < READERS; reader++) {
                long announced = inReport.get(reader * STRIDE);
                if (announced != 0 && (int) announced == streamId && announced >>> 32 < viommuId) {
                    late++;
                }
            }
        }
    }

    private final class ReportingReader extends Hand {
        private final AttachmentGuard guard;
        private final int number;
        private final ReportSink sink = this::reportInside;
        private int streamId;
        private long retiredBefore;

        ReportingReader(AttachmentGuard guard, int number) {
            super(COMMITTERS + number);
            this.guard = guard;
            this.number = number;
        }

        @Override
        public void run() {
            try (AttachmentGuard.Reader reader = guard.registerReader()) {
                while (!stopping) {
                    streamId = streamId(nextRandom(hotStreams));
                    retiredBefore = retired.get(streamId * STRIDE);
                    check(reader.translate(streamId));
                    reads++;
                    streamId = streamId(nextRandom(hotStreams));
                    retiredBefore = retired.get(streamId * STRIDE);
                    reader.report(streamId, sink);
                }
            }
        }

        private void check(long attachment) {
            if (Attachment.isAttached(attachment)) {
                check(Attachment.viommuId(attachment), Attachment.virtualStreamId(attachment));
            } else if (attachment == Attachment.UNKNOWN_STREAM) {
                torn++;
            }
        }

        private void check(int viommuId, int virtualStreamId) {
            if (virtualStreamId != virtualStreamId(streamId, viommuId) || viommuId % DETACHED_ONE_IN == 0) {
                torn++;
            }
            if (viommuId <= retiredBefore) {
                stale++;
            }
        }

        private int reportInside(int viommuId, int virtualStreamId) {
            inReport.set(number * STRIDE, (long) viommuId << 32 | streamId);
            check(viommuId, virtualStreamId);
            lingerABit();
            if (retired.get(streamId * STRIDE) >= viommuId) {
                late++;
            }
            inReport.set(number * STRIDE, 0);
            reports++;
            return 0;
        }

        /** Mostly short, sometimes long enough for another thread to get this core. */
        private void lingerABit() {
            if (nextRandom(YIELD_ONE_IN) == 0) {
                Thread.yield();
            } else {
                for (int i = nextRandom(64); i > 0; i--) {
                    Thread.onSpinWait();
                }
            }
        }
    }
}
