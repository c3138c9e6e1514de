package dev.steward.strategy;

import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.stream.Backoff;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A distributed reader-writer lock: each reader has a word of its own and meets the others only if a writer is there
 * (kernel/locking/percpu-rwsem.c, Nesterov 2012; "big-reader lock", Ingo Molnar 2000).
 *
 * <p>A reader raises its word and looks whether writers block; no atomic operation and, as in the kernel, no fence
 * instruction: {@link AsymmetricFence}. A writer blocks readers, pays for the fence of all, and waits until each word
 * is down. A reader that is turned away lowers its word and sleeps on the writers' mutex, under which it raises its
 * word again: no writer can be there then.
 *
 * <p>Memory modes: own word release, then light fence, then acquire load of the block; the writer's store of the block
 * is volatile, then heavy fence, then volatile loads of the words. A reader leaves by a release store.
 */
@Description(
    name = "percpu-rwsem",
    family = Family.SHARED,
    title = "one word per reader, writers pay for all (big-reader lock)",
    source = "kernel/locking/percpu-rwsem.c; docs/domain.md, 8.1",
    kernelPrimitive = "percpu_rw_semaphore",
    context = "threaded handler only; the holder may sleep",
    usage = Usage.SLEEPING_LOCK,
    readerWrites = "its own slot, twice (no fence with membarrier, else one full fence)",
    writerWrites = "the block flag, twice; membarrier(2); the record",
    notModelled = "words per reader and not per CPU; a membarrier stands for the kernel's RCU grace period",
    variedBy = Dimension.SCOPE)
final class PercpuRwSemaphore implements SectionLock {
    private static final long INSIDE = 1;
    private static final long FOOTPRINT_BYTES = 24 + PaddedLong.LENGTH_BYTES + 48 + 24;

    private final ReaderSlots slots;
    private final PaddedLong blocked = new PaddedLong();
    private final ReentrantLock writers = new ReentrantLock(true);

    PercpuRwSemaphore(int maxReaders) {
        slots = new ReaderSlots(maxReaders);
    }

    @Override
    public long lockShared(int reader) {
        slots.announceRelease(reader, INSIDE);
        AsymmetricFence.light();
        if (blocked.getAcquire() != 0) {
            lockSharedAfterWriter(reader);
        }
        return 0;
    }

    private void lockSharedAfterWriter(int reader) {
        slots.clearRelease(reader);
        slots.ownWordPlain(reader, slots.ownWordPlain(reader) + 1);
        writers.lock();
        slots.announceRelease(reader, INSIDE);
        writers.unlock();
    }

    @Override
    public void unlockShared(int reader, long token) {
        slots.clearRelease(reader);
    }

    @Override
    public long lockExclusive() {
        writers.lock();
        blocked.setVolatile(1);
        AsymmetricFence.heavy();
        for (int round = 0; !slots.allIdle(); round++) {
            Backoff.pause(round);
        }
        return 0;
    }

    @Override
    public void unlockExclusive(long token) {
        blocked.setRelease(0);
        writers.unlock();
    }

    @Override
    public GuardStatistics statistics() {
        return new GuardStatistics(0, slots.sumOfOwnWords(), 0, 0, 0, FOOTPRINT_BYTES + slots.lengthBytes());
    }
}
