package dev.steward.strategy;

import dev.steward.engine.smmu.ContentionEvent;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.stream.Waiting;
import java.lang.invoke.VarHandle;
import java.util.EnumSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A distributed reader-writer lock: each reader has a word of its own and meets the others only if a writer is there
 * (kernel/locking/percpu-rwsem.c, v6.15; Nesterov 2012; "big-reader lock", Ingo Molnar 2000).
 *
 * <p>A reader raises its word and looks whether writers are about ({@link RcuSync}); if not it is in, without an atomic
 * operation and, as in the kernel, without a fence instruction: {@link AsymmetricFence}. While they are about it pays a
 * full fence and looks whether one of them blocks; a reader that is turned away lowers its word and sleeps on the
 * writers' mutex, under which it raises its word again: no writer can be there then. A writer comes through the grace
 * period of {@link RcuSync}, blocks readers, and waits until each word is down.
 *
 * <p>Memory modes: own word release, then light fence, then acquire load of the state; on the slow path a full fence,
 * then acquire load of the block. The writer's store of the block is volatile, then full fence, then volatile loads of
 * the words. A reader leaves by a release store, behind a full fence while writers are about.
 */
@Description(
    name = "percpu-rwsem",
    family = Family.SHARED,
    title = "one word per reader, writers pay for all (big-reader lock)",
    source = "kernel/locking/percpu-rwsem.c, kernel/rcu/sync.c; docs/domain.md, 8.1",
    kernelPrimitive = "percpu_rw_semaphore",
    context = "threaded handler only; the holder may sleep; an isolated attach waits for a grace period",
    usage = Usage.GRACE_PERIOD_LOCK,
    simplicity = Simplicity.READER_WRITER_SEMAPHORE,
    readerWrites = "its own slot, twice; no fence with membarrier, two full ones while writers are about",
    writerWrites = "the state of rcu_sync, the block flag, twice each; membarrier(2); the record",
    notModelled = "words per reader and not per CPU; the grace period is what the setting 'grace' says; a writer looks"
        + " for readers every 64 us at last, where the kernel's sleeps until the last of them wakes it",
    variedBy = Dimension.SCOPE)
final class PercpuRwSemaphore implements SectionLock {
    private static final long INSIDE = 1;
    private static final long FOOTPRINT_BYTES = 40 + PaddedLong.LENGTH_BYTES + 48 + 24 + RcuSync.FOOTPRINT_BYTES;

    private final ReaderSlots slots;
    private final RcuSync sync;
    /** The state of {@link #sync}, without the load of that. */
    private final PaddedLong syncState;
    private final PaddedLong blocked = new PaddedLong();
    private final ReentrantLock writers = new ReentrantLock(true);
    private final LockWaits waits;

    PercpuRwSemaphore(GuardContext context) {
        slots = new ReaderSlots(context.maxReaders());
        sync = new RcuSync(context);
        syncState = sync.stateForReaders();
        context.contention().show(EnumSet.of(ContentionEvent.CONTENDED));
        waits = new LockWaits(Waiting.SPIN, context.contention());
    }

    @Override
    public long lockShared(int reader) {
        slots.announceRelease(reader, INSIDE);
        AsymmetricFence.light();
        if (!idleAcquire()) {
            lockSharedBesideWriters(reader);
        }
        return 0;
    }

    private boolean idleAcquire() {
        return syncState.getAcquire() == RcuSync.IDLE;
    }

    private void lockSharedBesideWriters(int reader) {
        slots.countOwnPlain(reader);
        VarHandle.fullFence();
        if (blocked.getAcquire() != 0) {
            slots.clearRelease(reader);
            waits.contended();
            writers.lock();
            slots.announceRelease(reader, INSIDE);
            writers.unlock();
        }
    }

    @Override
    public void unlockShared(int reader, long token) {
        if (!idleAcquire()) {
            VarHandle.fullFence();
        }
        slots.clearRelease(reader);
    }

    @Override
    public long lockExclusive() {
        sync.enter();
        boolean held = writers.isLocked();
        writers.lock();
        blocked.setVolatile(1);
        VarHandle.fullFence();
        for (int round = 0; !slots.allIdle(); round++) {
            held = true;
            waits.pause(round);
        }
        if (held) {
            waits.contended();
        }
        return 0;
    }

    @Override
    public void unlockExclusive(long token) {
        blocked.setRelease(0);
        writers.unlock();
        sync.exit();
    }

    /** Falls back: reads that found writers about. */
    @Override
    public GuardStatistics statistics() {
        return new GuardStatistics(
            0, slots.sumOfOwnWords(), 0, sync.waited(), 0, FOOTPRINT_BYTES + slots.lengthBytes());
    }
}
