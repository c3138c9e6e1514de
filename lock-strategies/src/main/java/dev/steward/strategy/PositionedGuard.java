package dev.steward.strategy;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.ContentionCounters;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.stream.StreamIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The frame of a guard whose records lie by position in the stream table: a commit looks the position up once and hands
 * it on; memory that the guard owns is counted and freed. Its readers are {@link PositionedReader}s.
 */
abstract class PositionedGuard implements AttachmentGuard {
    final StreamIndex index;
    final ContentionCounters contention;
    /** Commits that found a reader in their way. */
    final AtomicLong readerWaits = new AtomicLong();

    private final List<Memory> owned = new ArrayList<>();

    PositionedGuard(GuardContext context) {
        index = context.index();
        contention = context.contention();
    }

    /** Takes memory over: for constructors. */
    final <T extends Memory> T own(T memory) {
        owned.add(memory);
        return memory;
    }

    @Override
    public final void commit(int streamId, long attachment) {
        commitAt(index.indexOfPresent(streamId), attachment);
    }

    /** Commits the attachment of the stream at a position. */
    abstract void commitAt(int position, long attachment);

    /** What readers had to repeat. */
    long retries() {
        return 0;
    }

    final long ownedBytes() {
        return owned.stream().mapToLong(Memory::lengthBytes).sum();
    }

    @Override
    public GuardStatistics statistics() {
        return new GuardStatistics(retries(), 0, readerWaits.get(), 0, 0, ownedBytes());
    }

    @Override
    public void close() {
        owned.forEach(Memory::free);
    }
}
