package dev.steward.engine.iommufd;

import dev.steward.engine.stream.OffHeap;

/**
 * Bits and places of a vEVENTQ: the records that user space reads, and the off-heap block behind them.
 *
 * <p>Record of the uAPI ({@code struct iommufd_vevent_header} and the data of its type, header words in the order of
 * the machine, data words little-endian):
 * <pre>
 *   0        4          8        16       24       32       40
 *   +--------+----------+--------+--------+--------+--------+
 *   | flags  | sequence | word 0 | word 1 | word 2 | word 3 |   ARM_SMMUV3, 40 bytes
 *   +--------+----------+--------+--------+--------+--------+
 *   | flags  | sequence | map 0  | map 1  |                     TEGRA241_CMDQV, 24 bytes
 *   +--------+----------+--------+--------+
 *   | LOST   | sequence |                                       lost-events marker, 8 bytes
 *   +--------+----------+
 * </pre>
 *
 * <p>Block: a 128-byte head with the lock and everything it guards, then one 64-byte node for each unit of depth. The
 * head starts on a 128-byte boundary, so that two queues never share a line or a pair of prefetched lines; lock, list
 * and all that a report touches do share one, as they do in the kernel's structure.
 * <pre>
 *   head   0 lock | 4 head | 8 tail | 12 free | 16 unread | 20 sequence | 24 lost listed | 28 lost sequence
 *         32 queued | 40 lost | 48 delivered | 56 canary
 *         64 discarded | 72..127 unused
 *   node   0 word 0 .. 24 word 3 | 32 stamp 0 | 40 stamp 1 | 48 sequence | 52 next | 56..63 unused
 * </pre>
 */
public final class VEventLayout {
    /** Type 0 of the uAPI; every operation refuses it. */
    public static final int TYPE_DEFAULT = 0;

    /** Type of an SMMUv3 event record with the virtual StreamID in it. */
    public static final int TYPE_ARM_SMMUV3 = 1;

    /** Type of the error map of a Tegra241 CMDQV. */
    public static final int TYPE_TEGRA241_CMDQV = 2;

    /** Header flag: events were lost up to and including this sequence. Such a header has no data. */
    public static final int FLAG_LOST_EVENTS = 1;

    /** Bytes of a header, and of the lost-events marker. */
    public static final int HEADER_LENGTH = 8;

    /** Place of the flags (u32) in a record. */
    public static final int FLAGS_OFFSET = 0;

    /** Place of the sequence (u32) in a record. */
    public static final int SEQUENCE_OFFSET = 4;

    /** Place of the first data word in a record. */
    public static final int DATA_OFFSET = HEADER_LENGTH;

    /** Largest sequence; the next one is 0. */
    public static final int MAX_SEQUENCE = Integer.MAX_VALUE;

    static final int BLOCK_HEAD_LENGTH = 128;
    static final int LOCK_OFFSET = 0;
    static final int LIST_HEAD_OFFSET = 4;
    static final int LIST_TAIL_OFFSET = 8;
    static final int FREE_LIST_OFFSET = 12;
    static final int UNREAD_OFFSET = 16;
    static final int NEXT_SEQUENCE_OFFSET = 20;
    static final int LOST_LISTED_OFFSET = 24;
    static final int LOST_SEQUENCE_OFFSET = 28;
    static final int QUEUED_OFFSET = 32;
    static final int LOST_OFFSET = 40;
    static final int DELIVERED_OFFSET = 48;
    static final int CANARY_OFFSET = 56;
    static final int DISCARDED_OFFSET = 64;

    /** Off-heap bytes of one event that a vEVENTQ can hold. */
    public static final int NODE_LENGTH = 64;
    static final int NODE_WORDS_OFFSET = 0;
    static final int NODE_STAMPS_OFFSET = 32;
    static final int NODE_SEQUENCE_OFFSET = 48;
    static final int NODE_NEXT_OFFSET = 52;

    /** Largest depth whose block still fits an addressable buffer. */
    static final int MAX_DEPTH = (Integer.MAX_VALUE - BLOCK_HEAD_LENGTH - OffHeap.PADDED_LENGTH) / NODE_LENGTH;

    private VEventLayout() {
    }

    /**
     * Length of the data behind the header.
     *
     * @param type type of the vEVENTQ.
     * @return bytes, a multiple of 8, or 0 for a type without a known record.
     */
    public static int dataLength(int type) {
        switch (type) {
            case TYPE_ARM_SMMUV3: return 4 * Long.BYTES;
            case TYPE_TEGRA241_CMDQV: return 2 * Long.BYTES;
            default: return 0;
        }
    }

    /**
     * The sequence after a given one.
     *
     * @param sequence 0 to {@link #MAX_SEQUENCE}.
     * @return the next in the same range, 0 after the largest.
     */
    public static int nextSequence(int sequence) {
        return (sequence + 1) & MAX_SEQUENCE;
    }

    /**
     * Events that are missing between two neighbouring records of one reader.
     *
     * @param earlier sequence of the first.
     * @param later   sequence of the second.
     * @return 0 if they follow each other, else the number of lost events; valid for gaps below 2^31.
     */
    public static int gapBetween(int earlier, int later) {
        return (later - earlier - 1) & MAX_SEQUENCE;
    }

    static int blockLength(int depth) {
        return BLOCK_HEAD_LENGTH + depth * NODE_LENGTH;
    }

    static int nodeOffset(int node) {
        return BLOCK_HEAD_LENGTH + node * NODE_LENGTH;
    }
}
