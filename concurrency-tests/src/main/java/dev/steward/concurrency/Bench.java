package dev.steward.concurrency;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.stream.StreamTable;
import dev.steward.strategy.Contestants;
import java.util.concurrent.atomic.AtomicInteger;

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
    private static final int MAX_READERS = 64;
    private static final int SPREAD = 0x9e3779b9;

    private static final AttachmentGuard GUARD = newGuard();
    private static final AtomicInteger NEXT_STREAM = new AtomicInteger();
    private static final ThreadLocal<AttachmentGuard.Reader> READER = ThreadLocal.withInitial(GUARD::registerReader);

    private Bench() {
    }

    private static AttachmentGuard newGuard() {
        String name = System.getProperty(STRATEGY_PROPERTY, "mutex");
        return Contestants.byName(name).orElseThrow()
            .create(new GuardContext(StreamTable.linear(SID_BITS), MAX_READERS, GracePeriodListener.NONE));
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

    /** The reader of the calling thread. */
    static AttachmentGuard.Reader reader() {
        return READER.get();
    }

    /** Attaches the stream to the new vIOMMU; on return, nobody may still be in a report for the old one. */
    static void replace(int streamId) {
        GUARD.commit(streamId, attachment(streamId, NEW_VIOMMU));
        GUARD.synchronize();
    }
}
