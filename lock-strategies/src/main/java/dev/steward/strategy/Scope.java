package dev.steward.strategy;

/**
 * How many locks stand before the attachments: one for the whole SMMU, one for every n-th stream, one per master.
 *
 * <p>(inf) A master with several StreamIDs has one lock in the drafts of the kernel; here each StreamID has its own.
 *
 * @param stripes number of locks if striped, a power of two.
 */
record Scope(Kind kind, int stripes) {
    static final Scope SMMU = new Scope(Kind.SMMU, 1);
    static final Scope MASTER = new Scope(Kind.MASTER, 1);
    static final int MAX_STRIPES = 1 << 16;

    /** What one lock covers. */
    enum Kind { SMMU, STRIPED, MASTER }

    static Scope striped(int stripes) {
        return new Scope(Kind.STRIPED, stripes);
    }

    int locks(int capacity) {
        return kind == Kind.MASTER ? capacity : stripes;
    }

    /** Anded with a position it gives the number of the lock. */
    int mask() {
        return kind == Kind.MASTER ? -1 : stripes - 1;
    }
}
