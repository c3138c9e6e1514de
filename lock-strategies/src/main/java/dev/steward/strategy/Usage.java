package dev.steward.strategy;

/**
 * The rules of the kernel that a strategy's nearest primitive obeys, for callers that have to choose one: no speed
 * makes up for a rule that it breaks (docs/domain.md, 8.1).
 */
public enum Usage {
    /** A lock whose waiters sleep. */
    SLEEPING_LOCK(false, true, AttachWait.HOLDER),
    /** A lock whose waiters spin. */
    SPINNING_LOCK(true, false, AttachWait.HOLDER),
    /** A lock whose waiters sleep around one whose waiters spin. */
    SLEEPING_AND_SPINNING_LOCK(false, false, AttachWait.HOLDER),
    /** A lock whose waiters sleep, and whose writers wait for a grace period first. */
    GRACE_PERIOD_LOCK(false, true, AttachWait.GRACE_PERIOD),
    /** Readers that never wait, and an attach that waits for those of the record that it replaced. */
    WAITS_FOR_REPORT(true, true, AttachWait.REPORT),
    /** Readers that never wait, and an attach that waits for a grace period of sleepable RCU. */
    WAITS_FOR_GRACE_PERIOD(true, true, AttachWait.GRACE_PERIOD),
    /** The same of plain RCU, whose readers must not sleep. */
    PLAIN_RCU(true, false, AttachWait.GRACE_PERIOD),
    /** Readers of plain RCU, and an attach that leaves it to the grace period to free. */
    PLAIN_RCU_FREES_LATER(true, false, AttachWait.NOTHING),
    /** Readers that never wait, and an attach that waits for nobody. */
    WAITS_FOR_NOBODY(true, true, AttachWait.NOTHING),
    /** An attach that waits until a threaded handler has carried it out. */
    WAITS_FOR_HANDLER(false, true, AttachWait.REPORT),
    /** For a strategy that does not say: allowed nowhere in particular. */
    UNKNOWN(false, false, AttachWait.GRACE_PERIOD);

    private final boolean hardInterrupt;
    private final boolean reportMaySleep;
    private final AttachWait attachWait;

    Usage(boolean hardInterrupt, boolean reportMaySleep, AttachWait attachWait) {
        this.hardInterrupt = hardInterrupt;
        this.reportMaySleep = reportMaySleep;
        this.attachWait = attachWait;
    }

    /** Whether the event path may run in a hard interrupt. */
    public boolean hardInterrupt() {
        return hardInterrupt;
    }

    /** Whether the report may sleep while it is inside. */
    public boolean reportMaySleep() {
        return reportMaySleep;
    }

    /** What an attach waits for. */
    public AttachWait attachWait() {
        return attachWait;
    }
}
