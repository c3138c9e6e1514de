package dev.steward.concurrency;

import dev.steward.catalog.Strategies;
import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.stream.StreamTable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The guard under test of a forked JVM, and a stream of it for each test state.
 *
 * <p>One guard for all states, as its memory lies off the heap and a state has no end at which to free it. A stream is
 * used again only when the states before are long gone: {@link Main} keeps the number of states alive far below.
 */
final class Bench {
    static final String STRATEGY_PROPERTY = "steward.strategy";
    static final int OLD_VIOMMU = 1;
    static final int NEW_VIOMMU = 2;

    private static final int SID_BITS = 10;
    private static final int READERS = 4;
    private static final int SPREAD = 0x9e3779b9;

    private static final AttachmentGuard GUARD = newGuard();
    private static final AtomicInteger NEXT_STREAM = new AtomicInteger();
    private static final AtomicReferenceArray<AttachmentGuard.Reader> IDLE_READERS = newReaders();

    private Bench() {
    }

    private static AttachmentGuard newGuard() {
        String name = System.getProperty(STRATEGY_PROPERTY, "mutex");
        return Strategies.byName(name).orElseThrow()
            .create(new GuardContext(StreamTable.linear(SID_BITS), READERS, GracePeriodListener.NONE));
    }

    private static AtomicReferenceArray<AttachmentGuard.Reader> newReaders() {
        AtomicReferenceArray<AttachmentGuard.Reader> readers = new AtomicReferenceArray<>(READERS);
        for (int i = 0; i < READERS; i++) {
            readers.set(i, GUARD.registerReader());
        }
        return readers;
    }

    /** A stream that is attached to the old vIOMMU. */
    static int newStream() {
        int streamId = NEXT_STREAM.getAndIncrement() & (1 << SID_BITS) - 1;
        GUARD.commit(streamId, attachment(streamId, OLD_VIOMMU));
        return streamId;
    }

    static long attachment(int streamId, int viommuId) {
        return Attachment.of(viommuId, (streamId + viommuId) * SPREAD);
    }

    static AttachmentGuard guard() {
        return GUARD;
    }

    /** Takes a reader for the calling thread: threads come and go with each iteration, readers are few. */
    static AttachmentGuard.Reader takeReader() {
        for (int i = 0; ; i = (i + 1) % READERS) {
            AttachmentGuard.Reader reader = IDLE_READERS.getAndSet(i, null);
            if (reader != null) {
                return reader;
            }
        }
    }

    /** Ends the batch and gives the reader back. */
    static void giveBack(AttachmentGuard.Reader reader) {
        reader.quiesce();
        for (int i = 0; !IDLE_READERS.compareAndSet(i, null, reader); i = (i + 1) % READERS) {
            Thread.onSpinWait();
        }
    }

    /** Attaches the stream to the new vIOMMU; on return, nobody may still be in a report for the old one. */
    static void replace(int streamId) {
        GUARD.commit(streamId, attachment(streamId, NEW_VIOMMU));
        GUARD.synchronize();
    }
}
