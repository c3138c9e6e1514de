package dev.steward.strategy;

import dev.steward.engine.smmu.ContentionCounters;
import dev.steward.engine.smmu.ContentionEvent;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.stream.OffHeap;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.EnumSet;

/**
 * A lock of the C library in memory of its own.
 *
 * <p>A thread tries in a critical call, which cannot block, and sleeps in an ordinary one, so that no safepoint waits
 * for a sleeper. It leaves in a critical call, too: at most that wakes somebody (futex(2)) and never waits. HotSpot's
 * own unpark signals from a state that safepoints wait for, too.
 *
 * <p>Memory: "the following functions synchronize memory with respect to other threads" (POSIX.1-2017, Base
 * Definitions, 4.12), and no compiler of HotSpot moves an access across a call that it cannot look into.
 */
abstract class PthreadLock implements SectionLock {
    static final MethodType OF_POINTER = MethodType.methodType(int.class, long.class);
    static final MethodType OF_TWO_POINTERS = MethodType.methodType(int.class, long.class, long.class);
    static final MethodType OF_POINTER_AND_INT = MethodType.methodType(int.class, long.class, int.class);

    /** The largest is pthread_rwlock_t with 56 bytes (x86-64); nothing else shares its lines. */
    private static final int ROOM_BYTES = OffHeap.PADDED_LENGTH;
    /** The room, what aligns it, and the objects that know it; the layout test holds it to that. */
    private static final long FOOTPRINT_BYTES = ROOM_BYTES + OffHeap.PADDED_LENGTH + 168;

    final long address;

    private final ContentionCounters counters;
    private final OffHeap memory;
    private boolean closed;

    /**
     * Makes room.
     *
     * @throws IllegalStateException with one line, where the C library cannot be called.
     */
    PthreadLock(ContentionCounters counters) {
        CLibrary.require();
        this.counters = counters;
        counters.show(EnumSet.of(ContentionEvent.CONTENDED));
        memory = new OffHeap(ROOM_BYTES);
        address = memory.address(0);
    }

    /**
     * Makes the lock itself, with an attribute.
     *
     * @param kind  "mutex" or "rwlock", as in the names of the functions.
     * @param value of the attribute; 0 is the default of each and needs none.
     */
    final void initialise(String kind, String attribute, int value) {
        OffHeap attributes = new OffHeap(ROOM_BYTES);
        String of = "pthread_" + kind;
        long at = attributes.address(0);
        try {
            check(of + "attr_init", CLibrary.call(CLibrary.quick(of + "attr_init", OF_POINTER), at));
            check(of + "attr_" + attribute,
                (int) CLibrary.quick(of + "attr_" + attribute, OF_POINTER_AND_INT).invokeExact(at, value));
            check(of + "_init", (int) CLibrary.quick(of + "_init", OF_TWO_POINTERS).invokeExact(address, at));
            check(of + "attr_destroy", CLibrary.call(CLibrary.quick(of + "attr_destroy", OF_POINTER), at));
        } catch (Throwable e) {
            memory.free();
            throw CLibrary.unexpected(e);
        } finally {
            attributes.free();
        }
    }

    /** The first try failed; what the library does then it keeps to itself. */
    final void contended() {
        counters.add(ContentionEvent.CONTENDED, 1);
    }

    /** What each of these functions returns is 0 or an error of errno.h. */
    static void check(String function, int error) {
        if (error != 0) {
            throw new IllegalStateException(function + "() of the C library failed with error " + error);
        }
    }

    /** The function that takes the lock apart. */
    abstract MethodHandle destroy();

    @Override
    public final GuardStatistics statistics() {
        return GuardStatistics.ofFootprint(FOOTPRINT_BYTES);
    }

    @Override
    public final void close() {
        if (!closed) {
            closed = true;
            int error = CLibrary.call(destroy(), address);
            memory.free();
            check("destroying a lock", error);
        }
    }
}
