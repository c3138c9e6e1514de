package dev.steward.engine.stream;

import static dev.steward.engine.stream.BitField.mask;

/**
 * Where every field of a stream table entry (STE) lives. The only class that knows a bit of an STE.
 *
 * <p>An STE is eight little-endian 64-bit words, 64 bytes, aligned to 64 bytes. The digit in a constant's name is the
 * word in which the field lives; a mask is in place, so that its lowest bit is the field's shift. Words 4 to 7 are zero
 * in this model, as in the Linux driver.
 *
 * <pre>
 *          63   59 58    52 51                                      6 5  4 3    1  0
 *         +-------+--------+-----------------------------------------+-----+------+---+
 *  word 0 |S1CDMax|   -    |            S1ContextPtr (51:6)          |S1Fmt|Config| V |
 *         +-------+--------+-----------------------------------------+-----+------+---+
 *
 *          63   46 45 44 43 32 31 30 29 28 27      26 25    24  20 19  18  8 7  6 5  4 3  2 1  0
 *         +-------+-----+-----+-----+-----+-------+--+-----+------+---+-----+----+----+----+----+
 *  word 1 |   -   |SHCFG|  -  |STRW |EATS |S1STALLD|-|S2FWB|  -   |MEV|  -  |CSH |COR |CIR |DSS |
 *         +-------+-----+-----+-----+-----+-------+--+-----+------+---+-----+----+----+----+----+
 *
 *          63 59 58  57  56 55 54    53 52     51     50 48 47 46 45 44 43 42 41 40 39 38 37 32 31 16 15   0
 *         +-----+---+---+-----+-----+--+------+------+-----+-----+-----+-----+-----+-----+-----+-----+------+
 *  word 2 |  -  |S2R|S2S|  -  |S2PTW|- |S2ENDI|S2AA64| PS  | TG  | SH0 | OR0 | IR0 | SL0 |T0SZ |  -  |S2VMID|
 *         +-----+---+---+-----+-----+--+------+------+-----+-----+-----+-----+-----+-----+-----+-----+------+
 *                                                    |&lt;-------------- VTCR (50:32) --------------&gt;|
 *
 *          63    52 51                                                              4 3  0
 *         +--------+-----------------------------------------------------------------+----+
 *  word 3 |   -    |                         S2TTB (51:4)                            | -  |
 *         +--------+-----------------------------------------------------------------+----+
 * </pre>
 *
 * <p>Source: Arm IHI 0070, section 5.2 (Stream Table Entry), as used by the Linux header arm-smmu-v3.h; docs/domain.md,
 * 2.1. Pure functions, safe for any thread.
 */
public final class StreamTableEntryLayout {
    /** Words of an entry. */
    public static final int STE_WORDS = 8;
    /** Log2 of {@link #STE_LENGTH}. */
    public static final int STE_LENGTH_SHIFT = 6;
    /** Length of an entry in bytes; also its alignment. */
    public static final int STE_LENGTH = 1 << STE_LENGTH_SHIFT;

    /** Valid. The hardware ignores every other bit of an entry with V = 0 and reports C_BAD_STE. */
    public static final long STE_0_V_MASK = 1L;
    /** Config: see the {@code STE_0_CONFIG_...} values. */
    public static final long STE_0_CONFIG_MASK = mask(3, 1);
    /** Config: transactions abort, silently. */
    public static final int STE_0_CONFIG_ABORT = 0;
    /** Config: transactions bypass both stages. */
    public static final int STE_0_CONFIG_BYPASS = 4;
    /** Config: stage 1 translates. */
    public static final int STE_0_CONFIG_S1 = 5;
    /** Config: stage 2 translates. */
    public static final int STE_0_CONFIG_S2 = 6;
    /** Config: stage 1, then stage 2. */
    public static final int STE_0_CONFIG_NESTED = 7;
    /** Format of the context descriptor (CD) table: see the {@code STE_0_S1FMT_...} values. */
    public static final long STE_0_S1FMT_MASK = mask(5, 4);
    /** CD table of one level. */
    static final int STE_0_S1FMT_LINEAR = 0;
    /** CD table of two levels with leaves of 64 KiB. */
    static final int STE_0_S1FMT_64K_L2 = 2;
    /** Address of the CD table, bits 51:6 in place. */
    public static final long STE_0_S1CONTEXTPTR_MASK = mask(51, 6);
    /** Log2 of the number of CDs. */
    public static final long STE_0_S1CDMAX_MASK = mask(63, 59);

    /** What happens to traffic without a SubstreamID: see the {@code STE_1_S1DSS_...} values. */
    public static final long STE_1_S1DSS_MASK = mask(1, 0);
    /** Traffic without a SubstreamID bypasses stage 1. */
    public static final int STE_1_S1DSS_BYPASS = 1;
    /** Traffic without a SubstreamID uses the CD of SubstreamID 0. */
    static final int STE_1_S1DSS_SSID0 = 2;
    /** Inner cacheability of CD fetches; 1 is write-back, read-allocate. */
    public static final long STE_1_S1CIR_MASK = mask(3, 2);
    /** Outer cacheability of CD fetches; 1 is write-back, read-allocate. */
    public static final long STE_1_S1COR_MASK = mask(5, 4);
    /** Shareability of CD fetches; 3 is inner shareable. */
    public static final long STE_1_S1CSH_MASK = mask(7, 6);
    /** Merge similar events. */
    public static final long STE_1_MEV_MASK = 1L << 19;
    /** Stage 2 forces write-back. */
    public static final long STE_1_S2FWB_MASK = 1L << 25;
    /** Stage 1 may not stall. */
    public static final long STE_1_S1STALLD_MASK = 1L << 27;
    /** ATS: see the {@code STE_1_EATS_...} values. */
    public static final long STE_1_EATS_MASK = mask(29, 28);
    /** ATS requests abort. */
    public static final int STE_1_EATS_ABORT = 0;
    /** Full ATS. */
    public static final int STE_1_EATS_FULL = 1;
    /** Split-stage ATS, checked at stage 1. */
    public static final int STE_1_EATS_S1CHK = 2;
    /** World whose translation regime stage 1 uses: see the {@code STE_1_STRW_...} values. */
    public static final long STE_1_STRW_MASK = mask(31, 30);
    /** Non-secure EL1. */
    static final int STE_1_STRW_NSEL1 = 0;
    /** EL2. */
    static final int STE_1_STRW_EL2 = 2;
    /** Shareability override: see {@link #STE_1_SHCFG_INCOMING}. */
    public static final long STE_1_SHCFG_MASK = mask(45, 44);
    /** The incoming shareability is used. */
    public static final int STE_1_SHCFG_INCOMING = 1;

    /** Virtual machine identifier, the tag of stage-2 TLB entries. */
    public static final long STE_2_S2VMID_MASK = mask(15, 0);
    /** All translation control fields of stage 2 together; their order is that of {@link #vtcr}. */
    public static final long STE_2_VTCR_MASK = mask(50, 32);
    /** VTCR: size of the input region, 2^(64 - T0SZ) bytes. */
    public static final long STE_2_VTCR_T0SZ_MASK = mask(37, 32);
    /** VTCR: level at which the walk starts. */
    public static final long STE_2_VTCR_SL0_MASK = mask(39, 38);
    /** VTCR: inner cacheability of the walk. */
    public static final long STE_2_VTCR_IR0_MASK = mask(41, 40);
    /** VTCR: outer cacheability of the walk. */
    public static final long STE_2_VTCR_OR0_MASK = mask(43, 42);
    /** VTCR: shareability of the walk. */
    public static final long STE_2_VTCR_SH0_MASK = mask(45, 44);
    /** VTCR: granule. */
    public static final long STE_2_VTCR_TG_MASK = mask(47, 46);
    /** VTCR: physical address size. */
    public static final long STE_2_VTCR_PS_MASK = mask(50, 48);
    /** Stage 2 uses AArch64 tables. */
    public static final long STE_2_S2AA64_MASK = 1L << 51;
    /** Stage 2 tables are big-endian. */
    public static final long STE_2_S2ENDI_MASK = 1L << 52;
    /** Walks to device memory fault. */
    public static final long STE_2_S2PTW_MASK = 1L << 54;
    /** Stage 2 faults stall. */
    public static final long STE_2_S2S_MASK = 1L << 57;
    /** Stage 2 faults are recorded. */
    public static final long STE_2_S2R_MASK = 1L << 58;

    /** Address of the stage 2 translation table, bits 51:4 in place. */
    public static final long STE_3_S2TTB_MASK = mask(51, 4);

    /** Bits of word 0 that a guest may hand over (arm-smmu-v3-iommufd.c; docs/domain.md, 2.1). */
    public static final long STE_0_GUEST_MASK = STE_0_V_MASK | STE_0_CONFIG_MASK | STE_0_S1FMT_MASK
        | STE_0_S1CONTEXTPTR_MASK | STE_0_S1CDMAX_MASK;
    /** Bits of word 1 that a guest may hand over (arm-smmu-v3-iommufd.c; docs/domain.md, 2.1). */
    public static final long STE_1_GUEST_MASK = STE_1_S1DSS_MASK | STE_1_S1CIR_MASK | STE_1_S1COR_MASK
        | STE_1_S1CSH_MASK | STE_1_S1STALLD_MASK | STE_1_EATS_MASK;

    /** Bits of the Config value, not of the word: stage 1 translates. */
    private static final int CONFIG_S1_BIT = 1;
    /** Bits of the Config value, not of the word: stage 2 translates. */
    private static final int CONFIG_S2_BIT = 2;

    private StreamTableEntryLayout() {
    }

    /**
     * Byte offset of a word within its entry.
     *
     * @param word 0 to 7.
     * @return offset in bytes.
     */
    public static int wordOffset(int word) {
        return word * Long.BYTES;
    }

    /**
     * Reads a field.
     *
     * @param word the word in which the field lives.
     * @param mask one of the masks of this class.
     * @return the value, shifted down.
     */
    public static long field(long word, long mask) {
        return BitField.get(word, mask);
    }

    /**
     * Replaces a field.
     *
     * @param word  the word in which the field lives.
     * @param mask  one of the masks of this class.
     * @param value the value, not shifted.
     * @return the word with the field replaced.
     * @throws IllegalArgumentException if the value does not fit the field.
     */
    public static long withField(long word, long mask, long value) {
        return BitField.set(word, mask, value);
    }

    /**
     * Tells whether the hardware looks at the entry at all.
     *
     * @param word0 word 0 of an entry.
     * @return the V bit.
     */
    public static boolean isValid(long word0) {
        return (word0 & STE_0_V_MASK) != 0;
    }

    /**
     * The Config field, regardless of V.
     *
     * @param word0 word 0 of an entry.
     * @return 0 to 7, one of the {@code STE_0_CONFIG_...} values or reserved.
     */
    public static int config(long word0) {
        return (int) BitField.get(word0, STE_0_CONFIG_MASK);
    }

    /**
     * Tells whether stage 1 translates: bit 0 of Config.
     *
     * @param config value of {@link #config(long)}.
     * @return true for S1 and nested.
     */
    public static boolean usesStage1(int config) {
        return (config & CONFIG_S1_BIT) != 0;
    }

    /**
     * Tells whether stage 2 translates: bit 1 of Config.
     *
     * @param config value of {@link #config(long)}.
     * @return true for S2 and nested.
     */
    public static boolean usesStage2(int config) {
        return (config & CONFIG_S2_BIT) != 0;
    }

    /**
     * Composes the value of the VTCR field, 19 bits.
     *
     * @param t0sz 0 to 63.
     * @param sl0  0 to 3.
     * @param ir0  0 to 3.
     * @param or0  0 to 3.
     * @param sh0  0 to 3.
     * @param tg   0 to 3.
     * @param ps   0 to 7.
     * @return value for {@link #STE_2_VTCR_MASK}, not shifted.
     * @throws IllegalArgumentException if a value does not fit its field.
     */
    public static int vtcr(
        int t0sz, int sl0, int ir0, int or0, int sh0, int tg, int ps) {
        long word2 = withField(0, STE_2_VTCR_T0SZ_MASK, t0sz);
        word2 = withField(word2, STE_2_VTCR_SL0_MASK, sl0);
        word2 = withField(word2, STE_2_VTCR_IR0_MASK, ir0);
        word2 = withField(word2, STE_2_VTCR_OR0_MASK, or0);
        word2 = withField(word2, STE_2_VTCR_SH0_MASK, sh0);
        word2 = withField(word2, STE_2_VTCR_TG_MASK, tg);
        word2 = withField(word2, STE_2_VTCR_PS_MASK, ps);
        return (int) field(word2, STE_2_VTCR_MASK);
    }
}
