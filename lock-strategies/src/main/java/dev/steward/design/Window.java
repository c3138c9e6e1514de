package dev.steward.design;

/**
 * The windows of docs/domain.md, 5.4: where an event goes that is handled at that very moment, A and B being two
 * vIOMMUs, of one guest or of two. W8 is about stalled faults, which find their queue
 * through the attach handle and not through the guard.
 */
public enum Window {
    W1("entry of B active, commit to come",
        "A, by A's id", "nobody: A has no vDEVICE any more", "B, before its attach"),
    W2("raised under A, handled after the commit", "B"),
    W3("detach, entry of A still active", "nobody"),
    W4("attach, commit to come", "nobody"),
    W5("vDEVICE gone while attached", "A, by the old id", "nobody", "nobody"),
    W6("disruptive update, V = 0", "A gets C_BAD_STE"),
    W7("master released", "unknown stream");

    private final String meaning;
    private final String storedId;
    private final String idOfEvent;
    private final String twoLinks;

    Window(String meaning, String always) {
        this(meaning, always, always, always);
    }

    Window(String meaning, String storedId, String idOfEvent, String twoLinks) {
        this.meaning = meaning;
        this.storedId = storedId;
        this.idOfEvent = idOfEvent;
        this.twoLinks = twoLinks;
    }

    /** When it is open. */
    public String meaning() {
        return meaning;
    }

    /** Where an event goes. */
    public String outcome(KernelDesign design) {
        if (!design.promises().contains(Promise.ONE_LINK)) {
            return twoLinks;
        }
        return design.promises().contains(Promise.FORGETS_VDEVICE) ? idOfEvent : storedId;
    }
}
