package dev.steward.engine.event;

/**
 * Layout of one event queue record: four little-endian 64-bit words, 32 bytes. The only class that knows a bit of it.
 *
 * <p>All methods are pure functions on words that the caller has already loaded, so this class makes no promise about
 * memory order and needs none. Source: Arm IHI 0070 (SMMUv3) section 7.3, field positions as in the header
 * {@code arm-smmu-v3.h} of Linux.
 *
 * <pre>
 *          6         5         4         3         2         1         0
 *       3210987654321098765432109876543210987654321098765432109876543210
 *  w0   ------------streamId----------------substreamId-----V...---id---
 *  w1   ...................T..CC2...RIP.S...............----stallTag----
 *  w2   --------------------------inputAddress--------------------------
 *  w3   ............------------------ipa-------------------............   (or)
 *  w3   ............------------------fetchAddress-------------------...
 *
 *  V ssv 11       T tableWalkRead 44   CC faultClass 41:40   2 stage2 39   R read 35
 *  I instruction 34   P privileged 33   S stall 31   . reserved or not modelled
 * </pre>
 */
public final class EventRecordLayout {
    /** Words of a record. */
    public static final int WORDS = 4;

    /** Bytes of a record. */
    public static final int LENGTH = WORDS * Long.BYTES;

    /** Fault class: walk of a translation table. */
    public static final int CLASS_TABLE_WALK = 1;

    /** Fault class: the input address itself. */
    public static final int CLASS_INPUT_ADDRESS = 2;

    /** Largest SubstreamID: 20 bits. */
    public static final int MAX_SUBSTREAM_ID = 0xfffff;

    /** Largest stall tag: 16 bits. */
    public static final int MAX_STALL_TAG = 0xffff;

    private static final long WORD_0_ID_MASK = 0xffL;
    private static final long WORD_0_SSV = 1L << 11;
    private static final int WORD_0_SSID_SHIFT = 12;
    private static final int WORD_0_SID_SHIFT = 32;
    private static final long WORD_0_BELOW_SID_MASK = 0xffff_ffffL;
    private static final long WORD_1_STAG_MASK = 0xffffL;
    private static final long WORD_1_STALL = 1L << 31;
    private static final long WORD_1_PNU = 1L << 33;
    private static final long WORD_1_IND = 1L << 34;
    private static final long WORD_1_RNW = 1L << 35;
    private static final long WORD_1_S2 = 1L << 39;
    private static final int WORD_1_CLASS_SHIFT = 40;
    private static final int WORD_1_CLASS_MASK = 0x3;
    private static final long WORD_1_TTRNW = 1L << 44;
    private static final long WORD_3_IPA_MASK = 0x000f_ffff_ffff_f000L;
    private static final long WORD_3_FETCH_MASK = 0x000f_ffff_ffff_fff8L;

    private EventRecordLayout() {
    }

    /**
     * Event id code.
     *
     * @param w0 word 0.
     * @return bits 7:0, see {@link EventId#of(int)}.
     */
    public static int id(long w0) {
        return (int) (w0 & WORD_0_ID_MASK);
    }

    /**
     * Whether the SubstreamID is valid.
     *
     * @param w0 word 0.
     * @return bit 11.
     */
    public static boolean ssv(long w0) {
        return (w0 & WORD_0_SSV) != 0;
    }

    /**
     * SubstreamID (PASID), meaningful only with {@link #ssv(long)}.
     *
     * @param w0 word 0.
     * @return bits 31:12, 0 to {@link #MAX_SUBSTREAM_ID}.
     */
    public static int substreamId(long w0) {
        return (int) (w0 >>> WORD_0_SSID_SHIFT) & MAX_SUBSTREAM_ID;
    }

    /**
     * StreamID.
     *
     * @param w0 word 0.
     * @return bits 63:32 as 32 raw bits: unsigned.
     */
    public static int streamId(long w0) {
        return (int) (w0 >>> WORD_0_SID_SHIFT);
    }

    /**
     * Word 0 with another StreamID: what the vEVENTQ path does before a guest may read the record.
     *
     * @param w0       word 0.
     * @param streamId the new StreamID, 32 raw bits.
     * @return word 0 with bits 63:32 replaced.
     */
    public static long withStreamId(long w0, int streamId) {
        return (w0 & WORD_0_BELOW_SID_MASK) | ((long) streamId << WORD_0_SID_SHIFT);
    }

    /**
     * Stall tag, the page-request group of a stalled fault.
     *
     * @param w1 word 1.
     * @return bits 15:0.
     */
    public static int stallTag(long w1) {
        return (int) (w1 & WORD_1_STAG_MASK);
    }

    /**
     * Word 1 with another stall tag: what an SMMU does that hands out its own.
     *
     * @param w1       word 1.
     * @param stallTag 0 to {@link #MAX_STALL_TAG}.
     * @return word 1 with bits 15:0 replaced.
     */
    public static long withStallTag(long w1, int stallTag) {
        return (w1 & ~WORD_1_STAG_MASK) | (stallTag & WORD_1_STAG_MASK);
    }

    /**
     * Whether the transaction is stalled and waits for a RESUME command.
     *
     * @param w1 word 1.
     * @return bit 31.
     */
    public static boolean stall(long w1) {
        return (w1 & WORD_1_STALL) != 0;
    }

    /**
     * PnU: whether the access was privileged.
     *
     * @param w1 word 1.
     * @return bit 33.
     */
    public static boolean privileged(long w1) {
        return (w1 & WORD_1_PNU) != 0;
    }

    /**
     * InD: whether the access was an instruction fetch.
     *
     * @param w1 word 1.
     * @return bit 34.
     */
    public static boolean instruction(long w1) {
        return (w1 & WORD_1_IND) != 0;
    }

    /**
     * RnW: whether the access was a read.
     *
     * @param w1 word 1.
     * @return bit 35.
     */
    public static boolean read(long w1) {
        return (w1 & WORD_1_RNW) != 0;
    }

    /**
     * Whether the fault happened at stage 2, the host's side.
     *
     * @param w1 word 1.
     * @return bit 39.
     */
    public static boolean stage2(long w1) {
        return (w1 & WORD_1_S2) != 0;
    }

    /**
     * Fault class.
     *
     * @param w1 word 1.
     * @return bits 41:40, one of the {@code CLASS_} constants or 3, which is reserved.
     */
    public static int faultClass(long w1) {
        return (int) (w1 >>> WORD_1_CLASS_SHIFT) & WORD_1_CLASS_MASK;
    }

    /**
     * TTRnW: whether the table walk read, meaningful only with {@link #CLASS_TABLE_WALK}.
     *
     * @param w1 word 1.
     * @return bit 44.
     */
    public static boolean tableWalkRead(long w1) {
        return (w1 & WORD_1_TTRNW) != 0;
    }

    /**
     * Input address.
     *
     * @param w2 word 2.
     * @return all 64 bits.
     */
    public static long inputAddress(long w2) {
        return w2;
    }

    /**
     * Intermediate physical address.
     *
     * @param w3 word 3.
     * @return bits 51:12 in place: a byte address.
     */
    public static long ipa(long w3) {
        return w3 & WORD_3_IPA_MASK;
    }

    /**
     * Address of the structure whose fetch failed.
     *
     * @param w3 word 3.
     * @return bits 51:3 in place: a byte address.
     */
    public static long fetchAddress(long w3) {
        return w3 & WORD_3_FETCH_MASK;
    }

    /**
     * Builds word 0 without a SubstreamID.
     *
     * @param id       event id code, 0 to 255.
     * @param streamId StreamID, 32 raw bits.
     * @return word 0.
     */
    public static long word0(int id, int streamId) {
        return withStreamId(id & WORD_0_ID_MASK, streamId);
    }

    /**
     * Builds word 0 with a valid SubstreamID.
     *
     * @param id          event id code, 0 to 255.
     * @param streamId    StreamID, 32 raw bits.
     * @param substreamId SubstreamID, 0 to {@link #MAX_SUBSTREAM_ID}.
     * @return word 0 with SSV set.
     */
    public static long word0(int id, int streamId, int substreamId) {
        return word0(id, streamId) | WORD_0_SSV | (long) (substreamId & MAX_SUBSTREAM_ID) << WORD_0_SSID_SHIFT;
    }

    /**
     * Builds word 1.
     *
     * @param stallTag      stall tag, 0 to {@link #MAX_STALL_TAG}.
     * @param stall         whether the transaction is stalled.
     * @param privileged    PnU.
     * @param instruction   InD.
     * @param read          RnW.
     * @param stage2        S2.
     * @param faultClass    0 to 3.
     * @param tableWalkRead TTRnW.
     * @return word 1.
     */
    public static long word1(
        int stallTag, boolean stall, boolean privileged, boolean instruction,
        boolean read, boolean stage2, int faultClass, boolean tableWalkRead) {
        return (stallTag & WORD_1_STAG_MASK)
            | (stall ? WORD_1_STALL : 0)
            | (privileged ? WORD_1_PNU : 0)
            | (instruction ? WORD_1_IND : 0)
            | (read ? WORD_1_RNW : 0)
            | (stage2 ? WORD_1_S2 : 0)
            | (long) (faultClass & WORD_1_CLASS_MASK) << WORD_1_CLASS_SHIFT
            | (tableWalkRead ? WORD_1_TTRNW : 0);
    }
}
