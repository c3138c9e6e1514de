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

    /**
     * The verdict on the first against the second.
     *
     * @return better and worse change places
     */
    public Verdict flipped() {
        return switch (this) {
            case BETTER -> WORSE;
            case WORSE -> BETTER;
            default -> this;
        };
    }

    /**
     * How it is printed.
     *
     * @return one lower-case word
     */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
