package dev.steward.strategy;

import dev.steward.engine.smmu.GracePeriodInput;
import dev.steward.engine.stream.Backoff;

/**
 * Knows when every reader has left that may have seen what a writer replaced: the reclamation dimension of the RCU
 * family. An abstract class and not an interface, so that with one of them loaded a call is not a virtual one.
 *
 * <p>Threading: a {@link Section} is used by one thread at a time, its owner; the writers' side by any.
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
     * Registers the calling thread as a reader.
     *
     * @throws IllegalStateException if there are as many as there may be.
     */
    public final Section register() {
        return section(slots.claim());
    }

    /** The sections of a reader whose slot has been claimed. */
    abstract Section section(int slot);

    /** The sections of one reader. */
    public abstract static class Section extends ReaderSlots.Slot implements AutoCloseable {
        private final ReaderSlots slots;
        private final int number;

        Section(ReaderSlots slots, int number) {
            super(slots, number);
            this.slots = slots;
            this.number = number;
        }

        /** {@return number of the reader, 0 or more} */
        public final int number() {
            return number;
        }

        /** The reader begins a section. */
        public abstract void enter();

        /** The reader ends it. */
        public abstract void exit();

        /** The reader has ended a batch of sections and may sleep. */
        public void quiesce() {
            // most domains know between two sections that the reader is outside
        }

        /** Unregisters the reader, which is in no section. */
        @Override
        public final void close() {
            slots.release(number);
        }
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
