package dev.steward.loadgen.oracle;

import dev.steward.engine.smmu.Attachment;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What the attach side of one SMMU has said so far, and what its handler is doing right now; the two sides of the
 * oracle for invariant I2.
 *
 * <p>One word per stream: a count in the upper half that is odd while a commit is under way, the vIOMMU id in the lower
 * (0: not attached). One word for the handler: position + 1 of the stream whose report is under way, and its vIOMMU.
 *
 * <p>Modes. The begin of a commit is a volatile store: a reader that still sees the even count, and has an acquire
 * fence between its look-up and its second look, cannot have been overtaken by that commit. The handler's word is
 * written with release only, so a report that has just begun can be overlooked, but none that has ended is ever
 * accused.
 */
public final class AttachState {
    private static final long COMMIT_UNIT = 1L << 32;

    /** When no commit is known to have returned. */
    public static final long NEVER = Long.MIN_VALUE;

    private final AtomicLongArray streams;
    /** When the last commit returned; of a stream whose count is even. */
    private final AtomicLongArray returnedNs;
    private final AtomicLong reporting = new AtomicLong();

    public AttachState(int capacity) {
        streams = new AtomicLongArray(capacity);
        returnedNs = new AtomicLongArray(capacity);
        for (int position = 0; position < capacity; position++) {
            returnedNs.setPlain(position, NEVER);
        }
    }

    public void committing(int position) {
        streams.set(position, streams.getPlain(position) + COMMIT_UNIT);
        // Whatever the guard stores, in whatever mode, comes after: unguarded may not be accused of more than it did.
        VarHandle.storeStoreFence();
    }

    /** A commit returned then, or at {@link #NEVER} if nobody looked at the clock. */
    public void committed(int position, long attachment, long nowNs) {
        returnedNs.setPlain(position, nowNs);
        long count = (streams.getPlain(position) & -COMMIT_UNIT) + COMMIT_UNIT;
        streams.set(position, count | viommuOf(attachment));
    }

    public long look(int position) {
        return streams.getAcquire(position);
    }

    /** When the commit that this look saw had returned; {@link #NEVER} if it saw one under way, or one began since. */
    long returnedNs(int position, long look) {
        long returned = returnedNs.getPlain(position);
        VarHandle.acquireFence();
        return stable(look) && look(position) == look ? returned : NEVER;
    }

    public static boolean stable(long look) {
        return (look & COMMIT_UNIT) == 0;
    }

    public static int viommuId(long look) {
        return (int) look;
    }

    public void reportBegins(int position, int viommuId) {
        reporting.setRelease((position + 1L) << 32 | viommuId);
    }

    public void reportEnds() {
        reporting.setRelease(0);
    }

    /** Tells whether a report on the stream is under way for another vIOMMU than the attachment's. */
    public boolean reportsToAnother(int position, long attachment) {
        long now = reporting.get();
        return now >>> 32 == position + 1L && (int) now != viommuOf(attachment);
    }

    private static int viommuOf(long attachment) {
        return Attachment.isAttached(attachment) ? Attachment.viommuId(attachment) : 0;
    }
}
