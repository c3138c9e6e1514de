package dev.steward.strategy;

import dev.steward.engine.smmu.Attachment;

/**
 * Bits of an off-heap attachment record: the two things the driver's vmaster holds, one aligned 64-bit word each.
 *
 * <pre>
 *   0                   8                   16
 *   +-------------------+-------------------+
 *   | vIOMMU id or state| virtual StreamID  |
 *   +-------------------+-------------------+
 * </pre>
 *
 * <p>Two words and not one on purpose: the vmaster is a pointer and an id, so a reader without protection can see the
 * one of the old and the other of the new attachment. Memory that was never written says "unknown stream".
 */
final class AttachmentLayout {
    static final int VIOMMU_OFFSET = 0;
    static final int VIRTUAL_STREAM_ID_OFFSET = 8;
    static final int RECORD_LENGTH = 16;
    static final int RECORD_SHIFT = 4;

    private static final long UNKNOWN = 0;
    private static final long DETACHED = -1;

    private AttachmentLayout() {
    }

    static long firstWord(long attachment) {
        if (Attachment.isAttached(attachment)) {
            return Attachment.viommuId(attachment);
        }
        return attachment == Attachment.NOT_ATTACHED ? DETACHED : UNKNOWN;
    }

    static long secondWord(long attachment) {
        return Attachment.isAttached(attachment) ? Attachment.virtualStreamId(attachment) & 0xffff_ffffL : 0;
    }

    static long attachment(long firstWord, long secondWord) {
        if (firstWord > 0) {
            return Attachment.of((int) firstWord, (int) secondWord);
        }
        return firstWord == UNKNOWN ? Attachment.UNKNOWN_STREAM : Attachment.NOT_ATTACHED;
    }
}
