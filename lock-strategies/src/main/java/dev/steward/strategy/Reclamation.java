package dev.steward.strategy;

/** How memory that readers may still hold is known to be free. */
public enum Reclamation {
    /** Epochs: a reader announces itself for each section. */
    EBR,
    /** Quiescent states: a reader announces once per batch that it holds nothing. */
    QSBR,
    /** Two counters per reader, with fences: readers may sleep inside. */
    SRCU,
    /** The same without fences on the reader's side. */
    SRCU_FAST,
    /** The garbage collector: memory safety without any notion of when. */
    GC
}
