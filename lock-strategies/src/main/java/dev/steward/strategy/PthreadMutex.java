package dev.steward.strategy;

import dev.steward.engine.smmu.ContentionCounters;
import java.lang.invoke.MethodHandle;

/**
 * The mutex of the C library, held over look-up and report: what a program in C sleeps on. Its kinds describe
 * themselves.
 *
 * <p>The numbers are those of {@code <pthread.h>} of glibc, the same on all architectures.
 */
abstract class PthreadMutex extends PthreadLock {
    private static final int PTHREAD_MUTEX_ADAPTIVE_NP = 3;
    private static final int PTHREAD_PRIO_INHERIT = 1;

    private static final MethodHandle TRYLOCK = CLibrary.quick("pthread_mutex_trylock", OF_POINTER);
    private static final MethodHandle LOCK = CLibrary.blocking("pthread_mutex_lock", OF_POINTER);
    private static final MethodHandle UNLOCK = CLibrary.quick("pthread_mutex_unlock", OF_POINTER);
    private static final MethodHandle DESTROY = CLibrary.quick("pthread_mutex_destroy", OF_POINTER);

    private static final String READER_WRITES = "lock word, owner and users of the mutex, twice";
    private static final String WRITER_WRITES = "as a reader; the record";
    private static final String CONTEXT = "threaded handler only; the holder may sleep";
    private static final String CALLS = "each lock and unlock is a call out of Java, measured at the start of a run";

    PthreadMutex(String attribute, int value, ContentionCounters counters) {
        super(counters);
        initialise("mutex", attribute, value);
    }

    @Override
    public final long lockExclusive() {
        if (CLibrary.call(TRYLOCK, address) != 0) {
            contended();
            check("pthread_mutex_lock", CLibrary.callBlocking(LOCK, address));
        }
        return 0;
    }

    @Override
    public final void unlockExclusive(long token) {
        check("pthread_mutex_unlock", CLibrary.call(UNLOCK, address));
    }

    @Override
    final MethodHandle destroy() {
        return DESTROY;
    }

    /** Sleeps at once. */
    @Description(
        name = "pthread-mutex",
        family = Family.EXCLUSIVE,
        title = "the C library's mutex, called from Java (JDK 22 or newer)",
        source = "glibc, nptl/pthread_mutex_lock.c; Drepper 2011, Futexes Are Tricky",
        kernelPrimitive = "none; struct mutex in that it sleeps",
        context = CONTEXT,
        usage = Usage.SLEEPING_LOCK,
        simplicity = Simplicity.MUTEX,
        readerWrites = READER_WRITES,
        writerWrites = WRITER_WRITES,
        notModelled = CALLS + "; a waiter sleeps at once and, woken, competes with whoever comes: no hand-off",
        nativeCalls = true,
        variedBy = {Dimension.SCOPE, Dimension.PTHREAD_MUTEX})
    static final class Normal extends PthreadMutex {
        Normal(ContentionCounters counters) {
            super("settype", 0, counters);
        }
    }

    /** Spins for some rounds before it sleeps. */
    @Description(
        name = "pthread-mutex",
        family = Family.EXCLUSIVE,
        title = "the C library's adaptive mutex: spins, then sleeps (JDK 22 or newer)",
        source = "glibc, nptl/pthread_mutex_lock.c, PTHREAD_MUTEX_ADAPTIVE_NP",
        kernelPrimitive = "none; struct mutex in that it spins before it sleeps",
        context = CONTEXT,
        usage = Usage.SLEEPING_LOCK,
        simplicity = Simplicity.MUTEX,
        readerWrites = READER_WRITES,
        writerWrites = WRITER_WRITES,
        notModelled = CALLS + "; a waiter spins at most 100 rounds, whether the owner runs or not; no hand-off",
        nativeCalls = true,
        variedBy = {Dimension.SCOPE, Dimension.PTHREAD_MUTEX})
    static final class Adaptive extends PthreadMutex {
        Adaptive(ContentionCounters counters) {
            super("settype", PTHREAD_MUTEX_ADAPTIVE_NP, counters);
        }
    }

    /** Lends its owner the priority of a waiter. */
    @Description(
        name = "pthread-mutex",
        family = Family.EXCLUSIVE,
        title = "the C library's mutex with priority inheritance (JDK 22 or newer)",
        source = "glibc, nptl/pthread_mutex_lock.c, PTHREAD_PRIO_INHERIT; Documentation/locking/rt-mutex.rst",
        kernelPrimitive = "struct rt_mutex, on which its waiters sleep; struct mutex under PREEMPT_RT",
        context = CONTEXT,
        usage = Usage.SLEEPING_LOCK,
        simplicity = Simplicity.MUTEX,
        readerWrites = READER_WRITES,
        writerWrites = WRITER_WRITES,
        notModelled = CALLS + "; a contended lock or unlock is a system call, which a driver is spared",
        nativeCalls = true,
        variedBy = {Dimension.SCOPE, Dimension.PTHREAD_MUTEX})
    static final class PriorityInheriting extends PthreadMutex {
        PriorityInheriting(ContentionCounters counters) {
            super("setprotocol", PTHREAD_PRIO_INHERIT, counters);
        }
    }
}
