package dev.steward.loadgen.log;

/** From which lines an event was read. */
public enum EventSource {
    /** Header and words: every bit of the record. */
    RAW("raw"),
    /** Only the decoded lines that Linux prints since 6.14: named fields, no words. */
    DECODED("decoded"),
    /** Both, and the one was held against the other. */
    RAW_AND_DECODED("raw+decoded");

    private final String label;

    EventSource(String label) {
        this.label = label;
    }

    /** Name in machine-readable output, a short word in lower case. */
    public String label() {
        return label;
    }
}
