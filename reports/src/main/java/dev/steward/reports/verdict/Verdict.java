package dev.steward.reports.verdict;

/** What a comparison says of the second against the first. */
public enum Verdict {
    /** Faster (or whatever is wanted), by more than chance explains and by enough to matter. */
    BETTER,
    /** Slower, by more than chance explains and by enough to matter. */
    WORSE,
    /** Any difference is smaller than what matters. */
    EQUAL,
    /** Neither can be said. */
    UNCLEAR;

    /** {@return the verdict on the first against the second: better and worse change places} */
    public Verdict flipped() {
        return switch (this) {
            case BETTER -> WORSE;
            case WORSE -> BETTER;
            default -> this;
        };
    }

    /** {@return how it is printed: one lower-case word} */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
