package dev.steward.strategy;

/**
 * Knows when every reader has left that may have seen what a writer replaced: the reclamation dimension of the RCU
 * family. An abstract class and not an interface, so that with one of them loaded a call is not a virtual one.
 *
 * <p>Threading: a slot is used by one thread at a time, its owner; {@link #start}, {@link #elapsed} and
 * {@link #synchronize} by one thread at a time (the caller's lock).
 */
abstract class GracePeriods {
    final ReaderSlots slots;

    GracePeriods(ReaderSlots slots) {
        this.slots = slots;
    }

    static GracePeriods of(Reclamation reclamation, int maxReaders) {
        return switch (reclamation) {
            case EBR -> new EpochDomain(maxReaders);
            case QSBR -> new QuiescentStates(maxReaders);
            case SRCU -> new SleepableDomain(maxReaders);
            case GC -> throw new IllegalArgumentException("the collector knows no grace periods");
        };
    }

    int register() {
        return slots.claim();
    }

    void deregister(int slot) {
        slots.release(slot);
    }

    /** A reader begins a section. */
    abstract void enter(int slot);

    /** The reader ends it. */
    abstract void exit(int slot);

    /** The reader has ended a batch of sections and may sleep. */
    void quiesce(int slot) {
        // most domains know between two sections that the reader is outside
    }

    /**
     * Begins a grace period. The caller has published the new state before.
     *
     * @return what to ask {@link #elapsed} for; grows.
     */
    abstract long start();

    /** Tells whether all readers have left that were inside when the grace period began. Does not wait. */
    abstract boolean elapsed(long ticket);

    /** Waits for all readers that entered before the call. The caller has published the new state before. */
    final void synchronize() {
        long ticket = start();
        for (int round = 0; !elapsed(ticket); round++) {
            Backoff.pause(round);
        }
    }

    abstract long lengthBytes();
}
