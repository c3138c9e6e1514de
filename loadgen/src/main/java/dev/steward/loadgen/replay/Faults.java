package dev.steward.loadgen.replay;

import dev.steward.engine.event.EventId;
import dev.steward.engine.event.EventRecordLayout;

/**
 * Puts the faults of other IOMMUs into the words of an SMMUv3 event: what a log does not say is 0, a fault is one of
 * stage 1 at an input address, and nothing stalls.
 */
final class Faults {
    private Faults() {
    }

    /**
     * Fills in the words.
     *
     * @param finding     gets words 0 to 2; the StreamID stays 0.
     * @param id          event id.
     * @param read        direction.
     * @param instruction whether an instruction was fetched.
     * @param substreamId PASID, -1 for none.
     * @param address     input address.
     */
    static void fill(
        Finding finding, EventId id, boolean read, boolean instruction, long substreamId, long address) {
        boolean hasPasid = id.hasSubstreamId() && substreamId >= 0
            && substreamId <= EventRecordLayout.MAX_SUBSTREAM_ID;
        finding.word0 = hasPasid
            ? EventRecordLayout.word0(id.code(), 0, (int) substreamId) : EventRecordLayout.word0(id.code(), 0);
        finding.word1 = id.hasStageAndClass() || id.hasRead()
            ? EventRecordLayout.word1(
                0, false, false, instruction, read, false,
                id.hasStageAndClass() ? EventRecordLayout.CLASS_INPUT_ADDRESS : 0, false)
            : 0;
        finding.word2 = id.hasInputAddress() ? address : 0;
    }
}
