package dev.steward.strategy;

/**
 * The rules of the kernel that a strategy's nearest primitive obeys, for whoever has to choose one: no speed makes up
 * for a rule that it breaks (domain reference 8.1).
 *
 * @param hardInterrupt  the event path may run in a hard interrupt.
 * @param reportMaySleep the report may sleep while it is inside.
 * @param attachWaits    an attach waits for events under way, be it for a grace period or one report.
 */
public record Usage(boolean hardInterrupt, boolean reportMaySleep, boolean attachWaits) {
    /** A lock whose waiters sleep. */
    public static final Usage SLEEPING_LOCK = new Usage(false, true, false);
    /** A lock whose waiters spin. */
    public static final Usage SPINNING_LOCK = new Usage(true, false, false);
    /** Readers that never wait, and an attach that waits for them. */
    public static final Usage WAITS_FOR_READERS = new Usage(true, true, true);
    /** An attach that waits until a threaded handler has carried it out. */
    public static final Usage WAITS_FOR_HANDLER = new Usage(false, true, true);
    /** For a strategy that does not say: allowed nowhere in particular. */
    public static final Usage UNKNOWN = new Usage(false, false, true);
}
