package dev.steward.engine.event;

/**
 * An event queue as software sees it, by its PROD and CONS registers: index, wrap bit and overflow flag in 32 bits.
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
final class QueueRegisters {
    /** The overflow flag (PROD) and its acknowledge (CONS). */
    static final int OVERFLOW_FLAG = 1 << 31;

    private QueueRegisters() {
    }

    static int prod(EventQueue queue, int log2Size) {
        return register(queue.produced(), log2Size, queue.overflowFlag());
    }

    static int cons(EventQueue queue, int log2Size) {
        return register(queue.consumed(), log2Size, queue.overflowAck());
    }

    static int register(long passed, int log2Size, boolean flag) {
        int indexAndWrap = (int) (passed & ((2L << log2Size) - 1));
        return flag ? indexAndWrap | OVERFLOW_FLAG : indexAndWrap;
    }

    static int used(int prod, int cons, int log2Size) {
        return (prod - cons) & ((2 << log2Size) - 1);
    }

    static boolean empty(int prod, int cons, int log2Size) {
        return used(prod, cons, log2Size) == 0;
    }

    static boolean full(int prod, int cons, int log2Size) {
        return used(prod, cons, log2Size) == 1 << log2Size;
    }

    static boolean overflowPending(int prod, int cons) {
        return ((prod ^ cons) & OVERFLOW_FLAG) != 0;
    }
}
