package dev.steward.design;

/** Locks that play one part in a design: what lock order is told in (the lock classes of lockdep). */
enum LockClass {
    /** Of the SMMU's tree of streams, or of its table: {@code streams_mutex} and what was proposed in its place. */
    STREAMS("streams"),
    /** Of one master, inside the former. */
    MASTER("master");

    private final String label;

    LockClass(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
