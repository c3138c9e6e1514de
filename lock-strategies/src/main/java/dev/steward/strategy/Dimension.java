package dev.steward.strategy;

import java.util.List;

/** A property of a strategy that may be varied on the command line, as in {@code mutex:striped16}. */
public enum Dimension {
    /** What one lock covers. */
    SCOPE("smmu", "striped<n>", "master"),
    /** How memory that readers may still hold is known to be free. */
    RECLAMATION("ebr", "qsbr", "srcu", "srcu-fast", "gc"),
    /** Whether an attach waits for the readers of what it replaced, or leaves that to later. */
    ATTACH("sync", "deferred"),
    /** What a waiter of a mutex does while the owner runs. */
    MUTEX("spin", "park"),
    /** Whom a reader-writer semaphore lets in next. */
    RWSEM("phases", "writers-first"),
    /** Which mutex of the C library. */
    PTHREAD_MUTEX("normal", "adaptive", "pi"),
    /** Whom the reader-writer lock of the C library lets in first. */
    PTHREAD_RWLOCK("readers", "writers");

    private final List<String> words;

    Dimension(String... words) {
        this.words = List.of(words);
    }

    /** The words for its values, at least two, the default first. */
    public List<String> words() {
        return words;
    }

    /** The word beside the default, of a dimension that has two. */
    public String other() {
        return words.get(1);
    }
}
