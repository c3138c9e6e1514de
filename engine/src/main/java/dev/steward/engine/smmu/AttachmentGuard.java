package dev.steward.engine.smmu;

/**
 * The port behind which every locking strategy stands: it keeps one {@link Attachment} per stream and decides how the
 * attach path and the event path exclude each other.
 *
 * <p>The port takes whole operations and never lock/unlock pairs: a Java monitor cannot be opened in one method and
 * closed in another, and an optimistic reader must be able to repeat. The stream table owns atomicity, the guard owns
 * ordering and exclusion, the caller owns the copy.
 *
 * <p>Threading: any number of readers, each on its own thread with its own {@link Reader}; any number of committers,
 * as long as one stream is committed by one thread at a time (the attach path holds the group lock).
 */
public interface AttachmentGuard extends AutoCloseable {
    /**
     * Registers the calling thread as a reader. Cold.
     *
     * @return the reader, to be used by the calling thread only and closed by it.
     * @throws IllegalStateException if the guard has no room for another reader.
     */
    Reader registerReader();

    /**
     * Changes what a stream is attached to.
     *
     * <p>When this returns, no event that starts afterwards goes to the previous vIOMMU and no event under way can
     * still reach it (rule 2 of docs/domain.md, 1.4, invariant I2), so the caller may drop the pin on the old one.
     *
     * <p>A guard whose attach is deferred says so of itself. With such a one this may return while events under way
     * still reach the previous vIOMMU, until a {@link #synchronize()} has returned.
     *
     * @param streamId   32 raw bits, inside the stream table; of a device with several its first, for all of them. The
     *                   index of the {@link GuardContext} has them all at one position.
     * @param attachment an attachment or one of the constants of {@link Attachment}.
     */
    void commit(int streamId, long attachment);

    /**
     * Waits until no event can reach an attachment any more whose replacing commit returned before this call. The
     * driver does it before it destroys a vIOMMU, so a guard need not wait for one that another stream is attached to.
     * There is nothing to wait for if each commit waits for itself.
     */
    default void synchronize() {
        // commit has waited
    }

    /**
     * Tells whether an attach has to look the virtual StreamID up and store it. Asked by the attach path.
     *
     * @return false for a guard that finds the id anew for each event: the attachments that it is then told have a
     *         virtual StreamID of 0, and a device without vDEVICE is attached like any other.
     */
    default boolean virtualIdStoredAtAttach() {
        return true;
    }

    /**
     * Tells whether an event goes by a pointer that {@link #vdeviceSet} and {@link #vdeviceCleared} move, whatever
     * domain is installed.
     *
     * @return false for a guard that knows the attachment from the attach.
     */
    default boolean vdevicePointerStored() {
        return false;
    }

    /**
     * A vDEVICE has been made for a stream. Under the lock of the device's group, so never beside a commit on the same
     * stream. Who drives a guard without an SMMU calls it before the commit, as a VMM makes the vDEVICE before it
     * attaches.
     *
     * @param streamId   32 raw bits, inside the stream table.
     * @param attachment vIOMMU and virtual StreamID of the vDEVICE.
     */
    default void vdeviceSet(int streamId, long attachment) {
        // nearly all designs know the vDEVICE from the attach alone
    }

    /**
     * The vDEVICE of a stream is about to be destroyed. Under the lock of the device's group.
     *
     * @param streamId 32 raw bits, inside the stream table.
     */
    default void vdeviceCleared(int streamId) {
        // nearly all designs know the vDEVICE from the attach alone
    }

    /** {@return counters of what the guard had to do so far, a snapshot; exact once all its threads have stopped} */
    GuardStatistics statistics();

    /** Frees the off-heap memory. All readers are closed before. */
    @Override
    void close();

    /**
     * The event side of a guard, owned by one thread.
     *
     * <p>A reader may hold up commits, also those of its own thread, from a call to {@link #translate},
     * {@link #report} or {@link #reportStall} until its next {@link #quiesce()}.
     */
    interface Reader extends AutoCloseable {
        /**
         * The first look-up of the merged driver's handler: takes the lock of its tree of streams, finds the master,
         * lets the lock go, all before it decodes and filters the event (docs/domain.md, 3.4, step 2). Holds nothing
         * when it returns.
         *
         * @param streamId 32 raw bits.
         */
        default void lookUp(int streamId) {
            // one look-up is enough for a guard that does not model the handler
        }

        /**
         * Reads a consistent snapshot of the whole record and verifies its checksum: never torn, never a mix of two
         * attachments. Does not allocate.
         *
         * @param streamId 32 raw bits.
         * @return an attachment, {@link Attachment#NOT_ATTACHED} or {@link Attachment#UNKNOWN_STREAM}; from a guard
         *         that breaks its promise {@link Attachment#TORN}.
         */
        long translate(int streamId);

        /**
         * Calls the sink with the vIOMMU and virtual StreamID of the stream, while that vIOMMU is guaranteed not to be
         * destroyed; the sink is called exactly once, or not at all if there is no attachment. Before that it is told
         * when the reader has {@linkplain ReportSink#entered() entered}.
         *
         * @param streamId 32 raw bits.
         * @param sink     called inside the guarded section; does not call back into the guard.
         * @return what the sink returned, or {@link ReportSink#NOT_ATTACHED}, {@link ReportSink#UNKNOWN_STREAM} or
         *         {@link ReportSink#NO_VDEVICE}.
         */
        int report(int streamId, ReportSink sink);

        /**
         * Calls the sink of a stalled fault if the stream has a master, once, whatever it is attached to: such a fault
         * goes to the attach handle of its group, and no vmaster is asked (docs/domain.md, 3.4, step 6). A guard that
         * has the lock of the SMMU over a report, as the merged driver has, holds it over this one, too. Any other
         * looks for the master only, and holds nothing while the sink runs.
         *
         * @param streamId 32 raw bits.
         * @param sink     does not call back into the guard.
         * @return what the sink returned, or {@link ReportSink#UNKNOWN_STREAM}.
         */
        default int reportStall(int streamId, StallSink sink) {
            return translate(streamId) == Attachment.UNKNOWN_STREAM ? ReportSink.UNKNOWN_STREAM : sink.report();
        }

        /**
         * Ends a batch of events: the reader holds nothing of the guard until its next call, and may sleep. To be
         * called by the owning thread after each drained batch, at least every few hundred events.
         */
        default void quiesce() {
            // most guards know between two events that the reader is outside
        }

        /** Ends the registration. Called by the owning thread. */
        @Override
        void close();
    }
}
