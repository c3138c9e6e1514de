package dev.steward.engine.iommufd;

/** Receives records of a vEVENTQ together with the sideband of the measurement. */
@FunctionalInterface
public interface RecordHandler {
    /**
     * One record, in the order of the queue for this reader. Called without any lock; the slot of the record stays
     * occupied until this returns. If it throws, the record goes back.
     *
     * @param flags    header flags; with {@link VEventLayout#FLAG_LOST_EVENTS} the words and stamps are 0.
     * @param sequence header sequence.
     * @param word0    first data word.
     * @param word1    second data word.
     * @param word2    third data word.
     * @param word3    fourth data word.
     * @param stamp0   first stamp of the report.
     * @param stamp1   second stamp of the report.
     */
    void onRecord(
        int flags, int sequence, long word0, long word1, long word2, long word3, long stamp0, long stamp1);
}
