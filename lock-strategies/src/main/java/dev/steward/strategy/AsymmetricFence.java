package dev.steward.strategy;

import java.lang.invoke.VarHandle;

/**
 * A store-load fence whose price the rare side pays: {@link #light()} on the path of each event, {@link #heavy()} on
 * the path of each attach. Between them they order as two full fences do.
 *
 * <p>The kernel has it in the grace periods of RCU, user space has membarrier(2): the system call makes every core that
 * runs a thread of this process go through a full fence, so the other side only has to keep the compiler from moving
 * its accesses (Desnoyers et al. 2012, User-Level Implementations of Read-Copy Update, section on asymmetric barriers).
 *
 * <p>(inf) What keeps the compiler still: the Java memory model lets a release and an acquire fence order everything
 * but an earlier store with a later load. HotSpot's compilers make of either fence a barrier node that no memory access
 * crosses, and emit no instruction for it on x86-64, so the store stays in front of the load in program order, which is
 * all that membarrier needs. Another JVM may take {@code -Dsteward.asymmetric=false}: then, and wherever the system
 * call is not available (other system, seccomp, native access denied), both sides are full fences.
 *
 * <p>Threading: any.
 */
public final class AsymmetricFence {
    /** Read once, so that the compiler folds it; a system property asks for the plain fences. */
    private static final boolean MEMBARRIER =
        !"false".equals(System.getProperty("steward.asymmetric")) && Membarrier.register();

    private AsymmetricFence() {
    }

    /** The cheap half: between a store and a load on the side that runs often. */
    static void light() {
        if (MEMBARRIER) {
            VarHandle.releaseFence();
            VarHandle.acquireFence();
        } else {
            VarHandle.fullFence();
        }
    }

    /** The expensive half: between a store and a load on the side that runs seldom. Microseconds. */
    static void heavy() {
        VarHandle.fullFence();
        if (MEMBARRIER) {
            Membarrier.expedited();
        }
    }

    /** Whether the reader's half costs no instruction: which fence is in force, for a report. */
    public static boolean asymmetric() {
        return MEMBARRIER;
    }
}
