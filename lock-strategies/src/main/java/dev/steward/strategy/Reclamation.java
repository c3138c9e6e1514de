package dev.steward.strategy;

/** How memory that readers may still hold is known to be free. */
public enum Reclamation {
    /** Epochs: a reader announces itself for each section. */
    EBR(false, "rcu_read_lock()", "synchronize_rcu()", "call_rcu()"),
    /** Quiescent states: a reader announces once per batch that it holds nothing. */
    QSBR(false, "rcu_read_lock() without preemption", "synchronize_rcu()", "call_rcu()"),
    /** Two counters per reader, with fences: readers may sleep inside. */
    SRCU(true, "srcu_read_lock()", "synchronize_srcu()", "call_srcu()"),
    /** The same without fences on the reader's side. */
    SRCU_FAST(true, "srcu_read_lock_fast()", "synchronize_srcu()", "call_srcu()"),
    /** The garbage collector: memory safety without any notion of when. */
    GC(true, "none", "the collector frees", "the collector frees");

    private final boolean readersMaySleep;
    private final String section;
    private final String wait;
    private final String later;

    Reclamation(boolean readersMaySleep, String section, String wait, String later) {
        this.readersMaySleep = readersMaySleep;
        this.section = section;
        this.wait = wait;
        this.later = later;
    }

    /** The rules for one that frees what a reader may hold; no reader of plain RCU may sleep. */
    Usage usage(AttachMode attach) {
        if (this == GC || attach == AttachMode.DEFERRED) {
            return readersMaySleep ? Usage.WAITS_FOR_NOBODY : Usage.PLAIN_RCU_FREES_LATER;
        }
        return readersMaySleep ? Usage.WAITS_FOR_GRACE_PERIOD : Usage.PLAIN_RCU;
    }

    String context(AttachMode attach) {
        String readers = readersMaySleep ? "readers anywhere and may sleep; " : "readers anywhere, must not sleep; ";
        if (this == GC) {
            return readers + "nobody waits for them";
        }
        return readers + (attach == AttachMode.DEFERRED ? "the destroy of a vIOMMU" : "attach")
            + " waits for all readers";
    }

    String kernelPrimitive(AttachMode attach) {
        return section + ", " + (attach == AttachMode.DEFERRED ? later : wait);
    }
}
