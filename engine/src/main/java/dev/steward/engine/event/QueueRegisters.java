package dev.steward.engine.event;

/**
 * Arithmetic of the PROD and CONS registers of an SMMU queue: index, wrap bit and overflow flag in 32 bits.
 *
 * <pre>
 *   31       30 ....... q+1   q      q-1 ........ 0
 *   +-------+---------------+------+---------------+
 *   | OVFLG |       0       | wrap |     index     |     q = log2 of the number of entries, 0 to 19
 *   +-------+---------------+------+---------------+
 * </pre>
 *
 * <p>Source: Arm IHI 0070, section 7.4; arm-smmu-v3.h. Bit 31 is OVFLG in PROD and OVACKFLG in CONS.
 */
public final class QueueRegisters {
    /** Largest log2 of the number of entries of an event queue. */
    public static final int MAX_LOG2_SIZE = 19;
    /** The overflow flag (PROD) and its acknowledge (CONS). */
    public static final int OVERFLOW_FLAG = 1 << 31;

    private QueueRegisters() {
    }

    /**
     * Register value after a number of entries has passed.
     *
     * @param passed   entries written (PROD) or taken (CONS) since reset.
     * @param log2Size log2 of the number of entries.
     * @param flag     overflow flag or its acknowledge.
     * @return index, wrap bit and flag.
     */
    public static int register(long passed, int log2Size, boolean flag) {
        int indexAndWrap = (int) (passed & ((2L << log2Size) - 1));
        return flag ? indexAndWrap | OVERFLOW_FLAG : indexAndWrap;
    }

    /**
     * Number of entries in use.
     *
     * @param prod     PROD register.
     * @param cons     CONS register.
     * @param log2Size log2 of the number of entries.
     * @return 0 to 2^log2Size.
     */
    public static int used(int prod, int cons, int log2Size) {
        return (prod - cons) & ((2 << log2Size) - 1);
    }

    /**
     * Tells whether nothing is queued: index and wrap bit are equal.
     *
     * @param prod     PROD register.
     * @param cons     CONS register.
     * @param log2Size log2 of the number of entries.
     * @return true if empty.
     */
    public static boolean empty(int prod, int cons, int log2Size) {
        return used(prod, cons, log2Size) == 0;
    }

    /**
     * Tells whether no entry is free: the index is equal and the wrap bit differs.
     *
     * @param prod     PROD register.
     * @param cons     CONS register.
     * @param log2Size log2 of the number of entries.
     * @return true if full.
     */
    public static boolean full(int prod, int cons, int log2Size) {
        return used(prod, cons, log2Size) == 1 << log2Size;
    }

    /**
     * Tells whether software has yet to acknowledge an overflow.
     *
     * @param prod PROD register.
     * @param cons CONS register.
     * @return true if OVFLG differs from OVACKFLG.
     */
    public static boolean overflowPending(int prod, int cons) {
        return ((prod ^ cons) & OVERFLOW_FLAG) != 0;
    }
}
