package dev.steward.strategy;

import static dev.steward.strategy.AttachmentLayout.RECORD_SHIFT;
import static dev.steward.strategy.AttachmentLayout.VIOMMU_OFFSET;
import static dev.steward.strategy.AttachmentLayout.VIRTUAL_STREAM_ID_OFFSET;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.stream.StreamIndex;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One attachment per stream, changed in place. Owns atomicity of a word, nothing else: the guard that holds the table
 * owns ordering and exclusion.
 *
 * <p>Accesses are opaque: each word is read and written whole and really, in no order that others may rely on.
 */
final class AttachmentTable {
    private final StreamIndex index;
    private final OffHeap memory;
    private final UnsafeBuffer buffer;

    AttachmentTable(StreamIndex index) {
        this.index = index;
        this.memory = new OffHeap((long) index.capacity() << RECORD_SHIFT);
        this.buffer = memory.buffer();
    }

    long loadOpaque(int streamId) {
        int position = index.indexOf(streamId);
        if (position == StreamIndex.ABSENT) {
            return Attachment.UNKNOWN_STREAM;
        }
        int record = position << RECORD_SHIFT;
        long first = buffer.getLongOpaque(record + VIOMMU_OFFSET);
        long second = buffer.getLongOpaque(record + VIRTUAL_STREAM_ID_OFFSET);
        return AttachmentLayout.attachment(first, second);
    }

    void storeOpaque(int streamId, long attachment) {
        int record = indexOfPresent(index, streamId) << RECORD_SHIFT;
        buffer.putLongOpaque(record + VIOMMU_OFFSET, AttachmentLayout.firstWord(attachment));
        // A detach leaves the id: a reader that mixes then shows the id of another attachment and not one of none.
        if (Attachment.isAttached(attachment)) {
            buffer.putLongOpaque(record + VIRTUAL_STREAM_ID_OFFSET, AttachmentLayout.secondWord(attachment));
        }
    }

    long lengthBytes() {
        return buffer.capacity();
    }

    void free() {
        memory.free();
    }

    static int indexOfPresent(StreamIndex index, int streamId) {
        int position = index.indexOf(streamId);
        if (position == StreamIndex.ABSENT) {
            throw new IllegalArgumentException(
                "StreamID 0x" + Integer.toHexString(streamId) + " has no entry in the stream table");
        }
        return position;
    }
}
