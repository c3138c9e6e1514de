package dev.steward.strategy;

import dev.steward.engine.smmu.Attachment;

/**
 * Bits of an off-heap attachment record: one line of 64 bytes, as long as a stream table entry, so that two streams
 * never share a line.
 *
 * <pre>
 *   0           8           16          24          32          40          48          56          64
 *   +-----------+-----------+-----------+-----------+-----------+-----------+-----------+-----------+
 *   | state     | virtual   | generation| checksum  | references, even and  | sequence  | free      |
 *   |           | StreamID  |           |           | odd generations       |           |           |
 *   +-----------+-----------+-----------+-----------+-----------+-----------+-----------+-----------+
 *   state: bit 0 valid (a master owns the StreamID), bits 62:32 vIOMMU id, 0 if not attached
 * </pre>
 *
 * <p>The driver's vmaster is a pointer and an id: several words on purpose, so a reader without protection can see
 * some of the old and some of the new attachment. The generation counts the stores to the record, the checksum is a
 * function of the three words before: who reads all four can tell by itself whether they belong together. Memory that
 * was never written says "unknown stream" and is consistent. References and sequence are for the guards that use them.
 */
final class AttachmentLayout {
    static final int STATE_OFFSET = 0;
    static final int VIRTUAL_STREAM_ID_OFFSET = 8;
    static final int GENERATION_OFFSET = 16;
    static final int CHECKSUM_OFFSET = 24;
    static final int EVEN_REFERENCES_OFFSET = 32;
    static final int ODD_REFERENCES_OFFSET = 40;
    static final int SEQUENCE_OFFSET = 48;
    /** A record has 64 bytes. */
    static final int RECORD_SHIFT = 6;

    private static final long VALID = 1;
    /** Odd, without a pattern: the golden ratio and the multiplier of Steele and Vigna's SplitMix64. */
    private static final long STATE_FACTOR = 0x9e3779b97f4a7c15L;
    private static final long ID_FACTOR = 0xbf58476d1ce4e5b9L;

    private AttachmentLayout() {
    }

    static long state(long attachment) {
        if (Attachment.isAttached(attachment)) {
            return (long) Attachment.viommuId(attachment) << 32 | VALID;
        }
        return attachment == Attachment.NOT_ATTACHED ? VALID : 0;
    }

    /** The id to store: a detach keeps the old one, so that a mix shows the id of another attachment and not none. */
    static long virtualStreamId(long attachment, long stored) {
        return Attachment.isAttached(attachment) ? Attachment.virtualStreamId(attachment) & 0xffff_ffffL : stored;
    }

    static long checksum(long state, long virtualStreamId, long generation) {
        return (state * STATE_FACTOR + virtualStreamId) * ID_FACTOR + generation;
    }

    static long attachment(long state, long virtualStreamId) {
        int viommuId = (int) (state >>> 32);
        if (viommuId != 0) {
            return Attachment.of(viommuId, (int) virtualStreamId);
        }
        return (state & VALID) == 0 ? Attachment.UNKNOWN_STREAM : Attachment.NOT_ATTACHED;
    }
}
