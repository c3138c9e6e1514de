package dev.steward.engine.stream;

import static dev.steward.engine.stream.BitField.mask;

/**
 * The commands that the answer to a stalled fault and the invalidations of a guest put on the command queue: two
 * little-endian 64-bit words, 16 bytes. Only fields that somebody reads are here.
 *
 * <pre>
 *                      63          32 31      12      11 10 9   8 7      0
 *                     +--------------+----------+-----+----+--+---+--------+
 *  word 0             |   StreamID   |SubstreamID| SSV |  - |G | - | opcode |
 *                     +--------------+----------+-----+----+--+---+--------+
 *  word 0 of RESUME: response in 13:12     word 1 of ATC_INV: address 63:12, log2 of the pages 5:0
 * </pre>
 *
 * <p>A StreamID is 32 raw bits. Source: Linux header arm-smmu-v3.h; docs/domain.md, 2.4. Pure functions, safe for any
 * thread.
 */
public final class CommandLayout {
    /** Length of a command in bytes. */
    public static final int COMMAND_LENGTH = 16;

    /** Opcode: forget the cached context descriptor of one SubstreamID of a stream. */
    public static final int OP_CFGI_CD = 0x05;
    /** Opcode: forget all cached context descriptors of a stream. */
    public static final int OP_CFGI_CD_ALL = 0x06;
    /** Opcode: forget translations that a device holds (ATS). */
    public static final int OP_ATC_INV = 0x40;

    /** RESUME: try again. */
    public static final int RESUME_0_RESPONSE_RETRY = 1;
    /** RESUME: abort. */
    public static final int RESUME_0_RESPONSE_ABORT = 2;

    private static final long CMD_0_OPCODE_MASK = mask(7, 0);
    private static final long CMD_0_SID_MASK = mask(63, 32);
    private static final long ATC_1_SIZE_MASK = mask(5, 0);
    private static final long ATC_1_ADDRESS_MASK = mask(63, 12);

    private CommandLayout() {
    }

    /**
     * The opcode of a command.
     *
     * @param word0 word 0 of a command.
     * @return 0 to 255.
     */
    public static int opcode(long word0) {
        return (int) BitField.get(word0, CMD_0_OPCODE_MASK);
    }

    /**
     * The StreamID of a command that names one.
     *
     * @param word0 word 0 of a command.
     * @return 32 raw bits.
     */
    public static int streamId(long word0) {
        return (int) BitField.get(word0, CMD_0_SID_MASK);
    }

    /**
     * The same command for another stream.
     *
     * @param word0    word 0 of a command that names a stream.
     * @param streamId 32 raw bits.
     * @return word 0.
     */
    public static long withStreamId(long word0, int streamId) {
        return BitField.set(word0 & ~CMD_0_SID_MASK, CMD_0_SID_MASK, streamId & 0xffff_ffffL);
    }

    /**
     * ATC_INV, word 0, without SubstreamID.
     *
     * @param streamId 32 raw bits.
     * @return word 0.
     */
    public static long invalidateAtcWord0(int streamId) {
        return withStreamId(OP_ATC_INV, streamId);
    }

    /**
     * ATC_INV, word 1.
     *
     * @param address   64-bit input address, aligned to 4 KiB.
     * @param log2Pages log2 of the number of 4 KiB pages; 52 with the address 0 stands for everything.
     * @return word 1.
     * @throws IllegalArgumentException if a value does not fit its field.
     */
    public static long invalidateAtcWord1(long address, int log2Pages) {
        return BitField.setAddress(BitField.set(0, ATC_1_SIZE_MASK, log2Pages), ATC_1_ADDRESS_MASK, address);
    }
}
