package dev.steward.engine.event;

/**
 * Remembers the records that were written last, so that a later one that says the same can be merged into one that the
 * handler has not taken yet (Arm IHI 0070, 3.5.5; docs/domain.md, 3.3).
 *
 * <p>Two records say the same if all four words agree and neither is of a stalled transaction. How many records the
 * hardware compares with is its own affair; here it is the last one that fell on each of {@link #SLOTS} places (inf).
 *
 * <p>Threading: the producer's only. Does not allocate after construction.
 */
final class MergeBuffer {
    static final int SLOTS = 256;

    private static final int WORDS = EventRecordLayout.WORDS;
    private static final int SEQUENCE = WORDS;
    private static final int SLOT_LENGTH = WORDS + 1;
    private static final long NEVER = -1;
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private final long[] slots = new long[SLOTS * SLOT_LENGTH];

    MergeBuffer() {
        for (int slot = 0; slot < slots.length; slot += SLOT_LENGTH) {
            slots[slot + SEQUENCE] = NEVER;
        }
    }

    /** Tells whether a record with the same words stands in the queue behind what has been consumed. */
    boolean pending(EventRecord record, long consumed) {
        int slot = slotOf(record);
        return slots[slot + SEQUENCE] > consumed
            && slots[slot] == record.word0
            && slots[slot + 1] == record.word1
            && slots[slot + 2] == record.word2
            && slots[slot + 3] == record.word3;
    }

    void written(EventRecord record, long sequence) {
        int slot = slotOf(record);
        slots[slot] = record.word0;
        slots[slot + 1] = record.word1;
        slots[slot + 2] = record.word2;
        slots[slot + 3] = record.word3;
        slots[slot + SEQUENCE] = sequence;
    }

    /** By id and StreamID without the address, so that a device that faults everywhere does not fill the buffer. */
    private static int slotOf(EventRecord record) {
        return (int) (record.word0 * SPREAD >>> 56) * SLOT_LENGTH;
    }
}
