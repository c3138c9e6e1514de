package dev.steward.loadgen.oracle;

import dev.steward.results.CellRecord;

/**
 * The windows of docs/domain.md, 5.4 in which an event does not go where the stream table entry that caused it says,
 * and the hazard that a design without them has instead (7.1, design a). The design that was merged has some of them by
 * nature, so they are counted and not judged.
 */
public enum DeliveryWindow {
    /** The new entry caused it, the old vmaster was still there. */
    W1("nested to nested: caused by the new entry, reported by the old vmaster"),
    /** The old entry caused it, it was handled when the new vmaster was there. */
    W2("backlog: caused by the old entry, reported by the new vmaster"),
    /** A nested entry caused it, the detach had taken the vmaster away. */
    W3("nested to blocked: the vmaster was gone before it was handled"),
    /** The new entry caused it, the vmaster was not there yet. */
    W4("blocked to nested: the entry was active before the vmaster was set"),
    /** Delivered to the right vIOMMU with an id whose vDEVICE was gone; or lost, if the design looks the id up anew. */
    W5("vDEVICE destroyed while attached: the old virtual id was reported"),
    /** Met the invalid phase of a disruptive update. */
    W6("disruptive update: V = 0 turned it into C_BAD_STE"),
    /** The master was released before it was handled. */
    W7("master released: the StreamID was unknown when it was handled"),
    /** A stalled fault met a detach or replace. */
    W8("stalled fault during a replace: answered INVALID by the detach"),
    /** No window of the merged design: the pointer that the vDEVICE ops move is not that of the installed domain. */
    OPS("vDEVICE ops and attach inconsistent: the driver's pointer was not of the installed domain, or was cleared");

    private final String meaning;

    DeliveryWindow(String meaning) {
        this.meaning = meaning;
    }

    /** For the report of a cell. */
    public CellRecord.WindowCount count(long sameGuest, long crossGuest, long lost, long oldestNs) {
        return new CellRecord.WindowCount(name(), sameGuest, crossGuest, lost, oldestNs, meaning);
    }
}
