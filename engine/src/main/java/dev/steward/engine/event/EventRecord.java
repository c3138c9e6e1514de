package dev.steward.engine.event;

/**
 * One event under way: the four words of the 32-byte record and, beside it, what a measurement must know of it.
 *
 * <p>A mutable slot, made once and filled again and again. The times are opaque to the engine (the caller owns
 * the clock) and travel with the record to the vEVENTQ; hardware has no such fields.
 *
 * <p>Threading: owned by one thread at a time; the event queue hands it over with release and acquire.
 */
public final class EventRecord {
    /** Word 0: id, substream, StreamID. */
    public long word0;
    /** Word 1: stall tag and flags. */
    public long word1;
    /** Word 2: input address. */
    public long word2;
    /** Word 3: intermediate physical address or fetch address. */
    public long word3;
    /** When the arrival was scheduled, in nanoseconds of the load generator's clock. */
    public long intendedNs;
    /** When the record was really written, in nanoseconds of the same clock. */
    public long startNs;
    /** Running number of the arrival on its SMMU, from 0. */
    public long serial;
    /** What caused the event, opaque to the engine: for callers that judge later where it was delivered. */
    public long cause;
    /** Where the stream stands in the stream table, opaque to the engine; negative unless an observer has filled it. */
    public int position = -1;

    /** {@return StreamID of the device, 32 raw bits} */
    public int streamId() {
        return EventRecordLayout.streamId(word0);
    }

    /** {@return whether the transaction is stalled and waits for a RESUME} */
    public boolean stalls() {
        return EventRecordLayout.stall(word1);
    }

    /**
     * Takes over all fields of another record.
     *
     * @param other record to copy.
     */
    public void copyFrom(EventRecord other) {
        word0 = other.word0;
        word1 = other.word1;
        word2 = other.word2;
        word3 = other.word3;
        intendedNs = other.intendedNs;
        startNs = other.startNs;
        serial = other.serial;
        cause = other.cause;
        position = other.position;
    }
}
