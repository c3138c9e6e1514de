package dev.steward.loadgen.log;

import dev.steward.engine.event.EventId;
import dev.steward.engine.event.EventRecordLayout;
import java.util.regex.Matcher;

/**
 * What a line about a device says.
 *
 * @param action what it makes happen, null unless it is played.
 * @param device name of the device, null unless it is played.
 * @param words  four words of the event without the StreamID, all 0 for an attach operation.
 * @param stamp  time if the kind has its own place for it.
 * @param reason why a whole line is not played, null if it is.
 */
record Finding(
    TextState state, LogKind kind, LogAction action, String device, long[] words, Stamp stamp, String reason) {
    static Finding skipped(LogKind kind, String reason) {
        return new Finding(TextState.WHOLE, kind, null, null, null, Stamp.NONE, reason);
    }

    static Finding broken(LogKind kind, TextState state) {
        return new Finding(state, kind, null, null, null, Stamp.NONE, null);
    }

    /** A line that a pattern did not match: cut if more text could still make it match. */
    static Finding broken(LogKind kind, Matcher failed) {
        return broken(kind, failed.hitEnd() ? TextState.CUT : TextState.DAMAGED);
    }

    static Finding churn(LogKind kind, LogAction action, String device, Stamp stamp) {
        return new Finding(TextState.WHOLE, kind, action, device, new long[EventRecordLayout.WORDS], stamp, null);
    }

    /**
     * A fault in the words of an SMMUv3 event: what a log does not say is 0, a fault is one of stage 1 at an input
     * address, and nothing stalls.
     *
     * @param substreamId PASID, -1 for none.
     * @param stamp       time if the kind has its own place for it.
     */
    static Finding fault(
        LogKind kind, String device, EventId id, boolean read, boolean instruction, long substreamId, long address,
        Stamp stamp) {
        boolean hasPasid = id.hasSubstreamId() && substreamId >= 0 && substreamId <= EventRecordLayout.MAX_SUBSTREAM_ID;
        long word1 = id.hasStageAndClass() || id.hasRead()
            ? EventRecordLayout.word1(
                0, false, false, instruction, read, false,
                id.hasStageAndClass() ? EventRecordLayout.CLASS_INPUT_ADDRESS : 0, false)
            : 0;
        long[] words = {
            hasPasid ? EventRecordLayout.word0(id.code(), 0, (int) substreamId) : EventRecordLayout.word0(id.code(), 0),
            word1, id.hasInputAddress() ? address : 0, 0};
        return new Finding(TextState.WHOLE, kind, LogAction.EVENT, device, words, stamp, null);
    }

    /** Value of a hexadecimal number with or without 0x. */
    static long hex(String digits) {
        return Long.parseUnsignedLong(digits.startsWith("0x") ? digits.substring(2) : digits, 16);
    }
}
