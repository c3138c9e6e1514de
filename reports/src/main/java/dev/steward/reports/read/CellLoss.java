package dev.steward.reports.read;

/** Why a planned cell is not among the figures. */
public enum CellLoss {
    /** Finished, and not to be believed. */
    INVALID("INVALID"),
    /** Finished, with its threads disturbed on purpose. */
    DISTURBED("DISTURBED"),
    /** Its JVM ended without a result. */
    FAILED("failed"),
    /** Finished, but a file is missing or damaged. */
    UNREADABLE("unreadable"),
    /** Finished, but its log is damaged from some line on; what stands before can be read. */
    PARTIAL("partial"),
    /** The run ended before it. */
    NOT_RUN("not run");

    private final String word;

    CellLoss(String word) {
        this.word = word;
    }

    /** {@return how it is called in print} */
    public String word() {
        return word;
    }
}
