package dev.steward.strategy;

import dev.steward.engine.stream.Waiting;
import java.util.List;
import java.util.stream.Stream;

/** A property of a strategy that may be varied on the command line, as in {@code mutex:striped16}. */
public enum Dimension {
    /** What one lock covers. */
    SCOPE("smmu", "striped<n>", "master"),
    /** How memory that readers may still hold is known to be free. */
    RECLAMATION("ebr", "qsbr", "srcu", "srcu-fast", "gc"),
    /** Whether an attach waits for the readers of what it replaced, or leaves that to later. */
    ATTACH("sync", "deferred"),
    /** Whom a reader-writer semaphore lets in next. */
    RWSEM("phases", "writers-first"),
    /** How the waiters of a sleeping lock wait, see {@link Waiting}. */
    SLEEPERS(Waiting.SPIN_PARK, Waiting.PARK, Waiting.SPIN, Waiting.YIELD),
    /** How the waiters of a lock wait who know nobody that would wake them. */
    SPINNERS(Waiting.SPIN, Waiting.YIELD),
    /** How the waiters of a lock wait who spin by default, and are known to their predecessor. */
    QUEUED(Waiting.SPIN, Waiting.YIELD, Waiting.SPIN_PARK, Waiting.PARK),
    /** Which mutex of the C library. */
    PTHREAD_MUTEX("normal", "adaptive", "pi"),
    /** Whom the reader-writer lock of the C library lets in first. */
    PTHREAD_RWLOCK("readers", "writers");

    private final List<String> words;

    Dimension(String... words) {
        this.words = List.of(words);
    }

    Dimension(Waiting... ways) {
        this(Stream.of(ways).map(Waiting::word).toArray(String[]::new));
    }

    /** Whether its values say how waiters wait. */
    public boolean ofWaiting() {
        return this == SLEEPERS || this == SPINNERS || this == QUEUED;
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
