package dev.steward.engine.stream;

import static dev.steward.engine.stream.BitField.mask;

/**
 * The two registers that tell the hardware where the stream table is and what form it has.
 *
 * <pre>
 *                    63 62 61  52 51                                    6 5   0
 *                   +--+--+------+---------------------------------------+-----+
 *  STRTAB_BASE      |- |RA|  -   |              ADDR (51:6)              |  -  |
 *                   +--+--+------+---------------------------------------+-----+
 *                                            31  18 17 16 15 11 10   6 5      0
 *                                           +------+-----+-----+------+--------+
 *  STRTAB_BASE_CFG                          |  -   | FMT |  -  |SPLIT |LOG2SIZE|
 *                                           +------+-----+-----+------+--------+
 * </pre>
 *
 * <p>Source: Linux header arm-smmu-v3.h; domain reference 2.2. Pure functions, safe for any thread.
 */
public final class StreamTableBaseLayout {
    /** Register offset of STRTAB_BASE. */
    public static final int STRTAB_BASE_OFFSET = 0x80;
    /** Register offset of STRTAB_BASE_CFG. */
    public static final int STRTAB_BASE_CFG_OFFSET = 0x88;

    /** Physical address of the table, bits 51:6 in place. */
    public static final long STRTAB_BASE_ADDR_MASK = mask(51, 6);
    /** Read-allocate hint. */
    public static final long STRTAB_BASE_RA_MASK = 1L << 62;

    /** Log2 of the number of StreamIDs. */
    public static final long STRTAB_BASE_CFG_LOG2SIZE_MASK = mask(5, 0);
    /** Log2 of the entries of a level-2 block; two-level form only. */
    public static final long STRTAB_BASE_CFG_SPLIT_MASK = mask(10, 6);
    /** Form: see the {@code STRTAB_BASE_CFG_FMT_...} values. */
    public static final long STRTAB_BASE_CFG_FMT_MASK = mask(17, 16);
    /** One level. */
    public static final int STRTAB_BASE_CFG_FMT_LINEAR = 0;
    /** Two levels. */
    public static final int STRTAB_BASE_CFG_FMT_2LVL = 1;

    private StreamTableBaseLayout() {
    }

    /**
     * Composes STRTAB_BASE.
     *
     * @param address      physical address of the table, 52 bits, aligned to 64 bytes.
     * @param readAllocate the read-allocate hint.
     * @return the register.
     * @throws IllegalArgumentException if the address does not fit.
     */
    public static long base(long address, boolean readAllocate) {
        return BitField.setAddress(readAllocate ? STRTAB_BASE_RA_MASK : 0, STRTAB_BASE_ADDR_MASK, address);
    }

    /**
     * Composes STRTAB_BASE_CFG of a linear table.
     *
     * @param sidBits log2 of the number of StreamIDs, 0 to 32.
     * @return the register.
     * @throws IllegalArgumentException if the size does not fit.
     */
    public static int linearConfig(int sidBits) {
        return (int) BitField.set(0, STRTAB_BASE_CFG_LOG2SIZE_MASK, sidBits);
    }

    /**
     * Composes STRTAB_BASE_CFG of a two-level table.
     *
     * @param sidBits log2 of the number of StreamIDs, 0 to 32.
     * @param split   log2 of the entries of a level-2 block: 6, 8 or 10.
     * @return the register.
     * @throws IllegalArgumentException if a value does not fit.
     */
    public static int twoLevelConfig(int sidBits, int split) {
        long config = BitField.set(linearConfig(sidBits), STRTAB_BASE_CFG_SPLIT_MASK, split);
        return (int) BitField.set(config, STRTAB_BASE_CFG_FMT_MASK, STRTAB_BASE_CFG_FMT_2LVL);
    }
}
