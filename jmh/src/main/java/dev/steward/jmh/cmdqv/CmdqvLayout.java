package dev.steward.jmh.cmdqv;

/**
 * Registers of the extension, as far as StreamIDs go (tegra241-cmdqv.c; docs/domain.md, 6.2).
 *
 * <pre>
 *   PARAM        31    16 15            12 11            8 7             4 3   0
 *               +--------+----------------+---------------+---------------+-----+
 *               |   -    | log2 SID slots | log2 VINTFs   | log2 VCMDQs   | VER |
 *               +--------+----------------+---------------+---------------+-----+
 *   SID_MATCH    virtual StreamID 31:1 (the lower 31 bits of it), enabled 0
 *   SID_REPLACE  physical StreamID 31:0
 * </pre>
 */
public final class CmdqvLayout {
    /** Most slots of a VINTF: the registers of one kind are 64 bytes apart from the next kind. */
    public static final int MAX_SLOTS = 16;

    /** Most VINTFs: the error map has a bit for each. */
    public static final int MAX_VINTFS = 64;

    /** Most VCMDQs: the error maps have a bit for each. */
    public static final int MAX_VCMDQS = 128;

    private static final int SLOTS_SHIFT = 12;
    private static final int VINTFS_SHIFT = 8;
    private static final int VCMDQS_SHIFT = 4;
    private static final int LOG2_MASK = 0xf;
    private static final int MATCH_OFFSET = 0x40;
    private static final int REPLACE_OFFSET = 0x80;
    private static final int ENABLED = 1;

    private CmdqvLayout() {
    }

    /**
     * Composes PARAM.
     *
     * @param log2Slots  slots of a VINTF, 0 to 4.
     * @param log2Vintfs virtual interfaces, 0 to 6.
     * @param log2Vcmdqs queues, 0 to 7.
     * @return register value of version 1.
     */
    public static int param(int log2Slots, int log2Vintfs, int log2Vcmdqs) {
        return log2Slots << SLOTS_SHIFT | log2Vintfs << VINTFS_SHIFT | log2Vcmdqs << VCMDQS_SHIFT | 1;
    }

    /**
     * Slots of each VINTF.
     *
     * @return 1 to {@link #MAX_SLOTS}; a larger value of the register has no registers to go with it.
     */
    public static int slots(int param) {
        return Math.min(1 << (param >>> SLOTS_SHIFT & LOG2_MASK), MAX_SLOTS);
    }

    /** Virtual interfaces, 1 to {@link #MAX_VINTFS}. */
    public static int vintfs(int param) {
        return Math.min(1 << (param >>> VINTFS_SHIFT & LOG2_MASK), MAX_VINTFS);
    }

    /** Queues, 1 to {@link #MAX_VCMDQS}. */
    public static int vcmdqs(int param) {
        return Math.min(1 << (param >>> VCMDQS_SHIFT & LOG2_MASK), MAX_VCMDQS);
    }

    /**
     * Offset of a match register in its VINTF.
     *
     * @param slot 0 to 15.
     * @return bytes.
     */
    public static int matchOffset(int slot) {
        return MATCH_OFFSET + slot * Integer.BYTES;
    }

    /**
     * Offset of a replace register in its VINTF.
     *
     * @param slot 0 to 15.
     * @return bytes.
     */
    public static int replaceOffset(int slot) {
        return REPLACE_OFFSET + slot * Integer.BYTES;
    }

    /**
     * Value of a match register.
     *
     * @param virtualStreamId 32 raw bits; the highest one has no place in the register, so that two ids that differ in
     *                        it alone match the same slot (inf).
     */
    public static int match(int virtualStreamId) {
        return virtualStreamId << 1 | ENABLED;
    }
}
