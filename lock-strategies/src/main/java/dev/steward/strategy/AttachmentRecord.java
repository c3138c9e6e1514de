package dev.steward.strategy;

import static dev.steward.strategy.AttachmentLayout.CHECKSUM_OFFSET;
import static dev.steward.strategy.AttachmentLayout.GENERATION_OFFSET;
import static dev.steward.strategy.AttachmentLayout.STATE_OFFSET;
import static dev.steward.strategy.AttachmentLayout.VIRTUAL_STREAM_ID_OFFSET;

import dev.steward.engine.smmu.Attachment;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The accesses to a record, wherever in whichever buffer it lies.
 *
 * <p>All are opaque: each word is read and written whole and really, in no order that others may rely on. Ordering and
 * exclusion are the guard's.
 */
final class AttachmentRecord {
    private AttachmentRecord() {
    }

    /** All four words, checked against each other: an attachment, one of its states, or {@link Attachment#TORN}. */
    static long snapshotOpaque(UnsafeBuffer buffer, int record) {
        long state = buffer.getLongOpaque(record + STATE_OFFSET);
        long virtualStreamId = buffer.getLongOpaque(record + VIRTUAL_STREAM_ID_OFFSET);
        long generation = buffer.getLongOpaque(record + GENERATION_OFFSET);
        long checksum = buffer.getLongOpaque(record + CHECKSUM_OFFSET);
        if (checksum != AttachmentLayout.checksum(state, virtualStreamId, generation)) {
            return Attachment.TORN;
        }
        return AttachmentLayout.attachment(state, virtualStreamId);
    }

    /** The two words that a report needs, unchecked: what an unprotected reader mixes up is for the oracles to find. */
    static long loadOpaque(UnsafeBuffer buffer, int record) {
        long state = buffer.getLongOpaque(record + STATE_OFFSET);
        return AttachmentLayout.attachment(state, buffer.getLongOpaque(record + VIRTUAL_STREAM_ID_OFFSET));
    }

    /** Rewrites the four words in place. One writer at a time. */
    static void storeOpaque(UnsafeBuffer buffer, int record, long attachment) {
        long state = AttachmentLayout.state(attachment);
        long stored = buffer.getLong(record + VIRTUAL_STREAM_ID_OFFSET);
        long virtualStreamId = AttachmentLayout.virtualStreamId(attachment, stored);
        long generation = buffer.getLong(record + GENERATION_OFFSET) + 1;
        buffer.putLongOpaque(record + STATE_OFFSET, state);
        buffer.putLongOpaque(record + VIRTUAL_STREAM_ID_OFFSET, virtualStreamId);
        buffer.putLongOpaque(record + GENERATION_OFFSET, generation);
        buffer.putLongOpaque(record + CHECKSUM_OFFSET, AttachmentLayout.checksum(state, virtualStreamId, generation));
    }

    /** Copies the four words of a record that does not change meanwhile. */
    static void copyOpaque(UnsafeBuffer from, int fromRecord, UnsafeBuffer to, int toRecord) {
        for (int word = STATE_OFFSET; word <= CHECKSUM_OFFSET; word += Long.BYTES) {
            to.putLongOpaque(toRecord + word, from.getLongOpaque(fromRecord + word));
        }
    }
}
