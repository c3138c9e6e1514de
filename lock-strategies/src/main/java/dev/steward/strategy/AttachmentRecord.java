package dev.steward.strategy;

import static dev.steward.strategy.AttachmentLayout.CHECKSUM_OFFSET;
import static dev.steward.strategy.AttachmentLayout.GENERATION_OFFSET;
import static dev.steward.strategy.AttachmentLayout.STATE_OFFSET;
import static dev.steward.strategy.AttachmentLayout.VIRTUAL_STREAM_ID_OFFSET;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.stream.OffHeapWords;

/**
 * The accesses to a record at a given address.
 *
 * <p>All are opaque: each word is read and written whole and really, in no order that others may rely on. Ordering and
 * exclusion are the guard's.
 */
final class AttachmentRecord {
    private AttachmentRecord() {
    }

    /** All four words, checked against each other: an attachment, one of its states, or {@link Attachment#TORN}. */
    static long snapshotOpaque(long record) {
        long state = OffHeapWords.getLongOpaque(record + STATE_OFFSET);
        long virtualStreamId = OffHeapWords.getLongOpaque(record + VIRTUAL_STREAM_ID_OFFSET);
        long generation = OffHeapWords.getLongOpaque(record + GENERATION_OFFSET);
        long checksum = OffHeapWords.getLongOpaque(record + CHECKSUM_OFFSET);
        if (checksum != AttachmentLayout.checksum(state, virtualStreamId, generation)) {
            return Attachment.TORN;
        }
        return AttachmentLayout.attachment(state, virtualStreamId);
    }

    /** The two words that a report needs, unchecked: what an unprotected reader mixes up is for the oracles to find. */
    static long loadOpaque(long record) {
        long state = OffHeapWords.getLongOpaque(record + STATE_OFFSET);
        return AttachmentLayout.attachment(state, OffHeapWords.getLongOpaque(record + VIRTUAL_STREAM_ID_OFFSET));
    }

    /** Rewrites the four words in place. One writer at a time. */
    static void storeOpaque(long record, long attachment) {
        long state = AttachmentLayout.state(attachment);
        long stored = OffHeapWords.getLong(record + VIRTUAL_STREAM_ID_OFFSET);
        long virtualStreamId = AttachmentLayout.virtualStreamId(attachment, stored);
        long generation = OffHeapWords.getLong(record + GENERATION_OFFSET) + 1;
        OffHeapWords.putLongOpaque(record + STATE_OFFSET, state);
        OffHeapWords.putLongOpaque(record + VIRTUAL_STREAM_ID_OFFSET, virtualStreamId);
        OffHeapWords.putLongOpaque(record + GENERATION_OFFSET, generation);
        OffHeapWords.putLongOpaque(
            record + CHECKSUM_OFFSET, AttachmentLayout.checksum(state, virtualStreamId, generation));
    }

    /** Copies the four words of a record that does not change meanwhile. */
    static void copyOpaque(long from, long to) {
        for (int word = STATE_OFFSET; word <= CHECKSUM_OFFSET; word += Long.BYTES) {
            OffHeapWords.putLongOpaque(to + word, OffHeapWords.getLongOpaque(from + word));
        }
    }
}
