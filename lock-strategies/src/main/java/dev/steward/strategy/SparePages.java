package dev.steward.strategy;

/**
 * Numbers of the pages that are not published: free ones, and retired ones in the order of their tickets.
 *
 * <p>Each is either free or retired, so two rings of one length hold them all. Not safe for threads: the writer's lock.
 */
final class SparePages {
    private final int[] free;
    private final int[] retired;
    private final long[] tickets;
    private int freeCount;
    private int oldest;
    private int retiredCount;
    private int peak;

    SparePages(int first, int count) {
        free = new int[count + 1];
        // One more than there are spares: a commit retires the old page before it is asked for the next spare.
        retired = new int[count + 1];
        tickets = new long[count + 1];
        for (int i = 0; i < count; i++) {
            free[i] = first + count - 1 - i;
        }
        freeCount = count;
    }

    boolean anyFree() {
        return freeCount > 0;
    }

    int take() {
        return free[--freeCount];
    }

    void retire(int page, long ticket) {
        int last = (oldest + retiredCount) % retired.length;
        retired[last] = page;
        tickets[last] = ticket;
        retiredCount++;
        peak = Math.max(peak, retiredCount);
    }

    int freeCount() {
        return freeCount;
    }

    int retiredCount() {
        return retiredCount;
    }

    /** Takes back a page that was not retired, as nobody reads it any more. */
    void giveBack(int page) {
        free[freeCount++] = page;
    }

    long oldestTicket() {
        return tickets[oldest];
    }

    void reuseOldest() {
        free[freeCount++] = retired[oldest];
        oldest = (oldest + 1) % retired.length;
        retiredCount--;
    }

    /** The most pages that were retired at one time. */
    int peak() {
        return peak;
    }
}
