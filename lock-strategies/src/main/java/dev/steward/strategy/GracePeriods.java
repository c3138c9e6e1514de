package dev.steward.strategy;

import dev.steward.engine.smmu.GracePeriodInput;
import dev.steward.engine.stream.Backoff;

/**
 * Knows when every reader has left that may have seen what a writer replaced: the reclamation dimension of the RCU
 * family. An abstract class and not an interface, so that with one of them loaded a call is not a virtual one.
 *
 * <p>Threading: a slot is used by one thread at a time, its owner; the writers' side by any.
 */
public abstract class GracePeriods {
    final ReaderSlots slots;
    final GracePeriodInput input;

    GracePeriods(ReaderSlots slots, GracePeriodInput input) {
        this.slots = slots;
        this.input = input;
    }

    /**
     * Makes a domain.
     *
     * @param reclamation which kind; not the collector, which knows no grace periods.
     * @param input       what a grace period takes beside the wait for readers.
     * @return without readers.
     */
    public static GracePeriods of(Reclamation reclamation, int maxReaders, GracePeriodInput input) {
        return switch (reclamation) {
            case EBR -> new EpochDomain(maxReaders, input);
            case QSBR -> new QuiescentStates(maxReaders, input);
            case SRCU -> new SleepableDomain(maxReaders, input);
            case SRCU_FAST -> new FastSleepableDomain(maxReaders, input);
            case GC -> throw new IllegalArgumentException("the collector knows no grace periods");
        };
    }

    /**
     * Claims a slot.
     *
     * @return number of the slot, for one thread.
     * @throws IllegalStateException if all are taken.
     */
    public int register() {
        return slots.claim();
    }

    /** Gives back the slot of the calling thread. */
    public void deregister(int slot) {
        slots.release(slot);
    }

    /** A reader begins a section, in the slot of the calling thread. */
    public abstract void enter(int slot);

    /** The reader ends it, in the slot of the calling thread. */
    public abstract void exit(int slot);

    /** The reader has ended a batch of sections and may sleep; the slot is that of the calling thread. */
    public void quiesce(int slot) {
        // most domains know between two sections that the reader is outside
    }

    /** Begins a grace period. The caller has published before. Waits for no reader and interrupts none. */
    public abstract long start();

    /** Whether all readers have left that were inside when the grace period began. Does not wait. */
    public abstract boolean elapsed(long ticket);

    /** How often a grace period that would begin now takes that of the input. */
    int periodsOfInput() {
        return 1;
    }

    /**
     * Waits for a grace period that begins with this call. The caller has published the new state before, and holds no
     * lock that other writers need.
     */
    public final void synchronize() {
        int periods = periodsOfInput();
        long ticket = start();
        for (int i = 0; i < periods; i++) {
            input.await();
        }
        for (int round = 0; !elapsed(ticket); round++) {
            Backoff.pause(round);
        }
    }

    /** Memory of the slots in bytes. */
    public abstract long lengthBytes();
}
