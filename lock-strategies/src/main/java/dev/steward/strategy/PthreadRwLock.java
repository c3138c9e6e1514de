package dev.steward.strategy;

import dev.steward.engine.smmu.ContentionCounters;
import java.lang.invoke.MethodHandle;

/**
 * The reader-writer lock of the C library, read-held over look-up and report. Its kinds describe themselves.
 *
 * <p>The numbers are those of {@code <pthread.h>} of glibc, the same on all architectures. Its
 * PTHREAD_RWLOCK_PREFER_WRITER_NP lets readers in past a waiting writer all the same, since they may hold the lock
 * already (pthread_rwlockattr_setkind_np(3)).
 */
abstract class PthreadRwLock extends PthreadLock {
    private static final int PTHREAD_RWLOCK_PREFER_READER_NP = 0;
    private static final int PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP = 2;

    private static final MethodHandle TRYRDLOCK = CLibrary.quick("pthread_rwlock_tryrdlock", OF_POINTER);
    private static final MethodHandle RDLOCK = CLibrary.blocking("pthread_rwlock_rdlock", OF_POINTER);
    private static final MethodHandle TRYWRLOCK = CLibrary.quick("pthread_rwlock_trywrlock", OF_POINTER);
    private static final MethodHandle WRLOCK = CLibrary.blocking("pthread_rwlock_wrlock", OF_POINTER);
    private static final MethodHandle UNLOCK = CLibrary.quick("pthread_rwlock_unlock", OF_POINTER);
    private static final MethodHandle DESTROY = CLibrary.quick("pthread_rwlock_destroy", OF_POINTER);

    private static final String SOURCE = "glibc, nptl/pthread_rwlock_common.c";
    private static final String PRIMITIVE = "none; rw_semaphore in that it sleeps";
    private static final String CONTEXT = "threaded handler only; the holder may sleep";
    private static final String READER_WRITES = "the shared word, twice";
    private static final String WRITER_WRITES = "the shared word, twice; two more words of the lock; the record";
    private static final String CALLS = "each lock and unlock is a call out of Java, measured at the start of a run";

    PthreadRwLock(int preference, ContentionCounters counters) {
        super(counters);
        initialise("rwlock", "setkind_np", preference);
    }

    @Override
    public final long lockShared(int reader) {
        if (CLibrary.call(TRYRDLOCK, address) != 0) {
            contended();
            check("pthread_rwlock_rdlock", CLibrary.callBlocking(RDLOCK, address));
        }
        return 0;
    }

    @Override
    public final void unlockShared(int reader, long token) {
        check("pthread_rwlock_unlock", CLibrary.call(UNLOCK, address));
    }

    @Override
    public final long lockExclusive() {
        if (CLibrary.call(TRYWRLOCK, address) != 0) {
            contended();
            check("pthread_rwlock_wrlock", CLibrary.callBlocking(WRLOCK, address));
        }
        return 0;
    }

    @Override
    public final void unlockExclusive(long token) {
        check("pthread_rwlock_unlock", CLibrary.call(UNLOCK, address));
    }

    @Override
    final MethodHandle destroy() {
        return DESTROY;
    }

    /** Lets readers in beside others, whoever waits. */
    @Description(
        name = "pthread-rwlock",
        family = Family.SHARED,
        title = "the C library's rwlock, called from Java (JDK 22 or newer)",
        source = SOURCE,
        kernelPrimitive = PRIMITIVE,
        context = CONTEXT,
        usage = Usage.SLEEPING_LOCK,
        simplicity = Simplicity.READER_WRITER_SEMAPHORE,
        readerWrites = READER_WRITES,
        writerWrites = WRITER_WRITES,
        notModelled = CALLS + "; readers go first, so that a writer can starve",
        nativeCalls = true,
        variedBy = {Dimension.SCOPE, Dimension.PTHREAD_RWLOCK})
    static final class ReadersFirst extends PthreadRwLock {
        ReadersFirst(ContentionCounters counters) {
            super(PTHREAD_RWLOCK_PREFER_READER_NP, counters);
        }
    }

    /** Lets no reader in past a waiting writer. */
    @Description(
        name = "pthread-rwlock",
        family = Family.SHARED,
        title = "the C library's rwlock, writers first (JDK 22 or newer)",
        source = SOURCE + ", PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP",
        kernelPrimitive = PRIMITIVE,
        context = CONTEXT,
        usage = Usage.SLEEPING_LOCK,
        simplicity = Simplicity.READER_WRITER_SEMAPHORE,
        readerWrites = READER_WRITES,
        writerWrites = WRITER_WRITES,
        notModelled = CALLS + "; readers can starve behind writers that follow each other",
        nativeCalls = true,
        variedBy = {Dimension.SCOPE, Dimension.PTHREAD_RWLOCK})
    static final class WritersFirst extends PthreadRwLock {
        WritersFirst(ContentionCounters counters) {
            super(PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP, counters);
        }
    }
}
