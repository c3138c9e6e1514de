package dev.steward.strategy;

/**
 * Numbers for the registered readers of a guard, 0 to one less than the limit; a number that was given back is given
 * out again.
 *
 * <p>Threading: any.
 */
final class ReaderIds {
    private final boolean[] claimed;

    ReaderIds(int maxReaders) {
        claimed = new boolean[maxReaders];
    }

    synchronized int claim() {
        for (int id = 0; id < claimed.length; id++) {
            if (!claimed[id]) {
                claimed[id] = true;
                return id;
            }
        }
        throw new IllegalStateException("all " + claimed.length + " reader slots are taken");
    }

    synchronized void release(int id) {
        claimed[id] = false;
    }

    int limit() {
        return claimed.length;
    }
}
