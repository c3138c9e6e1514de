package dev.steward.strategy;


/**
 * The rules of the kernel that a strategy's nearest primitive obeys, for callers that have to choose one: no speed
 * makes up for a rule that it breaks (docs/domain.md, 8.1).
 */
public enum Usage {
    /** A lock whose waiters sleep. */
    SLEEPING_LOCK(false, true, false),
    /** A lock whose waiters spin. */
    SPINNING_LOCK(true, false, false),
    /** A lock whose waiters sleep around one whose waiters spin. */
    SLEEPING_AND_SPINNING_LOCK(false, false, false),
    /** Readers that never wait, and an attach that waits for them. */
    WAITS_FOR_READERS(true, true, true),
    /** Readers that never wait, and an attach that waits for nobody. */
    WAITS_FOR_NOBODY(true, true, false),
    /** An attach that waits until a threaded handler has carried it out. */
    WAITS_FOR_HANDLER(false, true, true),
    /** For a strategy that does not say: allowed nowhere in particular. */
    UNKNOWN(false, false, true);

    private final boolean hardInterrupt;
    private final boolean reportMaySleep;
    private final boolean attachWaits;

    Usage(boolean hardInterrupt, boolean reportMaySleep, boolean attachWaits) {
        this.hardInterrupt = hardInterrupt;
        this.reportMaySleep = reportMaySleep;
        this.attachWaits = attachWaits;
    }

    /** Whether the event path may run in a hard interrupt. */
    public boolean hardInterrupt() {
        return hardInterrupt;
    }

    /** Whether the report may sleep while it is inside. */
    public boolean reportMaySleep() {
        return reportMaySleep;
    }

    /** Whether an attach waits for events under way, for a grace period or for one report. */
    public boolean attachWaits() {
        return attachWaits;
    }
}
