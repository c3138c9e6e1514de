package dev.steward.strategy;

/**
 * Numbers for the registered readers of a guard, 0 to one less than the limit; a number that was given back is given
 * out again.
 *
 * <p>Threading: any.
 */
public final class ReaderIds {
    private final boolean[] claimed;

    /** Makes so many numbers, 1 or more, all free. */
    public ReaderIds(int maxReaders) {
        claimed = new boolean[maxReaders];
    }

    /**
     * Takes a number.
     *
     * @throws IllegalStateException if none is.
     */
    public synchronized int claim() {
        for (int id = 0; id < claimed.length; id++) {
            if (!claimed[id]) {
                claimed[id] = true;
                return id;
            }
        }
        throw new IllegalStateException("all " + claimed.length + " reader slots are taken");
    }

    /** Gives a number back. */
    public synchronized void release(int id) {
        claimed[id] = false;
    }

    int limit() {
        return claimed.length;
    }
}
