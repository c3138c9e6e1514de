package dev.steward.strategy;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.stream.StreamIndex;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The frame of a guard whose records lie by position in the stream table: a commit looks the position up once and hands
 * it on. Its readers are {@link PositionedReader}s.
 */
abstract class PositionedGuard implements AttachmentGuard {
    final StreamIndex index;
    /** Commits that found a reader in their way. */
    final AtomicLong readerWaits = new AtomicLong();

    PositionedGuard(GuardContext context) {
        index = context.index();
    }

    @Override
    public final void commit(int streamId, long attachment) {
        commitAt(index.indexOfPresent(streamId), attachment);
    }

    /** Commits the attachment of the stream at a position. */
    abstract void commitAt(int position, long attachment);
}
