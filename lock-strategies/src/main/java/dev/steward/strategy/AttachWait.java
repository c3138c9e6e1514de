package dev.steward.strategy;

/** What an attach may have to wait for: what a caller that cannot afford one kind has to ask. */
public enum AttachWait {
    /** For nobody. */
    NOTHING,
    /** Until the holder of a lock lets it go: a report, another attach. */
    HOLDER,
    /** Until a report under way is done, or the handler's whole batch; no lock and no grace period is involved. */
    REPORT,
    /** For a grace period: for all readers, and in a kernel for milliseconds (docs/domain.md, 8.3). */
    GRACE_PERIOD;

    /** The word for it in results. */
    public String word() {
        return EnumWord.of(this);
    }
}
