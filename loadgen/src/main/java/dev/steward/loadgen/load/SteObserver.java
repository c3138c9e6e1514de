package dev.steward.loadgen.load;

import dev.steward.engine.event.EventId;
import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.engine.event.Production;
import dev.steward.engine.stream.StreamIndex;
import dev.steward.engine.stream.StreamTable;
import dev.steward.engine.stream.StreamTableEntryLayout;
import dev.steward.loadgen.guest.EngineSeams;
import dev.steward.loadgen.guest.GuestFigures;
import dev.steward.loadgen.oracle.NestedEntries;
import dev.steward.loadgen.oracle.StalledTransactions;
import dev.steward.loadgen.oracle.SteTag;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.Oracle;
import dev.steward.loadgen.record.OracleCount;

/**
 * What the SMMU does before it writes a record: it looks at the stream table entry of the device. The entry is noted as
 * the cause of the event and its place in the table as the position, which all who judge the event later go by; one
 * that is invalid turns the event into C_BAD_STE (window W6). An entry must never be a mix of two (invariant I11): that
 * is looked at when the event has gone on, so that the look is no part of what the event takes.
 *
 * <p>The mix is looked for in all eight words: word 0 names the vIOMMU, and what the hardware uses of the others
 * follows from it. The writer changes that only while word 0 is another, and it stays the same while an entry names
 * the vIOMMU, so word 0 being the same before and after the look makes the words one snapshot. Real hardware keeps
 * entries in a cache until CFGI_STE; here it always looks.
 *
 * <p>A fault that stalls gets the tag of its transaction, or is no event if the SMMU can hold no further one.
 *
 * <p>Threading: the storm thread. Does not allocate.
 */
public final class SteObserver implements EventSink {
    /** Cause of an event whose StreamID has no entry: neither valid nor the invalid phase of an update. */
    private static final long NO_ENTRY = Long.MIN_VALUE;

    private final Clock clock;
    private final StreamIndex index;
    private final EngineSeams.Words words;
    private final NestedEntries entries;
    private final GuestFigures guests;
    private final StalledTransactions stalled;
    private final EventSink sink;
    private final OracleCount mixes = new OracleCount(Oracle.MIXED_STE);

    /**
     * Puts the look before what takes the events.
     *
     * @param clock        for the time of a violation.
     * @param index        which StreamIDs have an entry.
     * @param words        of the entries; {@link StreamTable#readWordAcquire} but for a test.
     * @param entries      what the entries of each vIOMMU hold.
     * @param guests       told of each event.
     * @param stalled      the stalled transactions of the SMMU.
     * @param sink        takes the events.
     */
    public SteObserver(
        Clock clock, StreamIndex index, EngineSeams.Words words, NestedEntries entries, GuestFigures guests,
        StalledTransactions stalled, EventSink sink) {
        this.clock = clock;
        this.index = index;
        this.words = words;
        this.entries = entries;
        this.guests = guests;
        this.stalled = stalled;
        this.sink = sink;
    }

    @Override
    public void accept(EventRecord event) {
        int streamId = event.streamId();
        boolean known = locate(event, streamId);
        if (!event.stalls() || stalled.admit(event)) {
            sink.accept(event);
        } else {
            guests.notWritten(event, Production.REFUSED);
        }
        if (known) {
            lookForMix(streamId);
        }
    }

    private boolean locate(EventRecord event, int streamId) {
        event.position = index.indexOf(streamId);
        if (event.position == StreamIndex.ABSENT) {
            event.cause = NO_ENTRY;
            return false;
        }
        guests.offered(event);
        event.cause = words.read(streamId, 0);
        if (event.cause == SteTag.INVALID) {
            event.word0 = EventRecordLayout.word0(EventId.C_BAD_STE.code(), streamId);
            event.word1 = 0;
            event.word2 = 0;
            event.word3 = 0;
        }
        return true;
    }

    private void lookForMix(int streamId) {
        long word0 = words.read(streamId, 0);
        if (SteTag.nested(word0)) {
            boolean whole = true;
            for (int word = 1; word < StreamTableEntryLayout.STE_WORDS; word++) {
                whole &= entries.holds(SteTag.viommu(word0), word, words.read(streamId, word));
            }
            if (words.read(streamId, 0) == word0) {
                mixes.checked();
                if (!whole) {
                    mixes.violated(clock.nowNs());
                }
            }
        }
    }

    OracleCount mixes() {
        return mixes;
    }

    public void addTo(CellReport report) {
        report.add(mixes);
    }
}
