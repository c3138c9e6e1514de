package dev.steward.engine.smmu;

/**
 * What a stream is attached to, as one primitive: the vIOMMU id in the upper half, the virtual StreamID in the lower.
 *
 * <p>The driver's vmaster holds exactly these two things (docs/domain.md, 1.3). vIOMMU ids are iommufd object ids,
 * 31 bits and never 0, so an attachment is always positive and the negative range is free for the states that are not
 * an attachment.
 */
public final class Attachment {
    /** The stream has a master, but no nested domain is installed for it. */
    public static final long NOT_ATTACHED = -1L;

    /** No master owns this StreamID. */
    public static final long UNKNOWN_STREAM = -2L;

    /** The words that were read do not belong together. No guard that keeps its promises ever answers it. */
    public static final long TORN = -3L;

    private Attachment() {
    }

    /**
     * Packs an attachment.
     *
     * @param viommuId        iommufd object id, 1 to 2^31 - 1.
     * @param virtualStreamId StreamID the guest sees, all 32 bits.
     * @return the attachment, always positive.
     */
    public static long of(int viommuId, int virtualStreamId) {
        return ((long) viommuId << 32) | (virtualStreamId & 0xffff_ffffL);
    }

    /**
     * Tells an attachment from the two states that are none.
     *
     * @param attachment value of {@link #of(int, int)} or one of the constants.
     * @return true if a vIOMMU is attached.
     */
    public static boolean isAttached(long attachment) {
        return attachment > 0;
    }

    /**
     * The vIOMMU of an attachment.
     *
     * @param attachment for which {@link #isAttached(long)} holds.
     * @return its iommufd object id.
     */
    public static int viommuId(long attachment) {
        return (int) (attachment >>> 32);
    }

    /**
     * The virtual StreamID of an attachment.
     *
     * @param attachment for which {@link #isAttached(long)} holds.
     * @return StreamID the guest sees, as 32 raw bits.
     */
    public static int virtualStreamId(long attachment) {
        return (int) attachment;
    }
}
