package dev.steward.engine.stream;

import static dev.steward.engine.stream.BitField.mask;

/**
 * The commands that an attach, the answer to a stalled fault and the invalidations of a guest put on the command queue:
 * two little-endian 64-bit words, 16 bytes.
 *
 * <pre>
 *                      63          32 31      12      11 10 9   8 7      0
 *                     +--------------+----------+-----+----+--+---+--------+
 *  word 0             |   StreamID   |SubstreamID| SSV |  - |G | - | opcode |
 *                     +--------------+----------+-----+----+--+---+--------+
 *  word 0 of RESUME: response in 13:12     word 0 of SYNC: completion signal in 13:12
 *  word 1: CFGI_STE leaf 0 | CFGI_ALL range 4:0 | RESUME STAG 15:0 | ATC_INV address 63:12, size 5:0
 * </pre>
 *
 * <p>Encoders come in pairs for word 0 and word 1, so that a command is made without garbage; a command whose encoder
 * for word 1 is missing has a word 1 of 0. A StreamID is 32 raw bits.
 *
 * <p>Source: Linux header arm-smmu-v3.h; domain reference 2.4. Pure functions, safe for any thread.
 */
public final class CommandLayout {
    /** Length of a command in bytes. */
    public static final int COMMAND_LENGTH = 16;
    /** Opcode, in word 0 of every command. */
    public static final long CMD_0_OPCODE_MASK = mask(7, 0);
    /** StreamID, in word 0 of every command that names a stream. */
    public static final long CMD_0_SID_MASK = mask(63, 32);
    /** The SubstreamID of the command counts. */
    public static final long CMD_0_SSV_MASK = 1L << 11;
    /** SubstreamID, 20 bits. */
    public static final long CMD_0_SSID_MASK = mask(31, 12);

    /** Opcode: fetch the configuration of a stream ahead of its first use. */
    public static final int OP_PREFETCH_CFG = 0x01;
    /** Opcode: forget the cached configuration of a stream. */
    public static final int OP_CFGI_STE = 0x03;
    /** Opcode: forget the cached configuration of a range of streams, or of all. */
    public static final int OP_CFGI_ALL = 0x04;
    /** Opcode: forget the cached context descriptor of one SubstreamID of a stream. */
    public static final int OP_CFGI_CD = 0x05;
    /** Opcode: forget all cached context descriptors of a stream. */
    public static final int OP_CFGI_CD_ALL = 0x06;
    /** Opcode: forget translations that a device holds (ATS). */
    public static final int OP_ATC_INV = 0x40;
    /** Opcode: answer a stalled transaction. */
    public static final int OP_RESUME = 0x44;
    /** Opcode: wait for the completion of everything before. */
    public static final int OP_SYNC = 0x46;

    /** CFGI_STE: only the entry itself, not what leads to it. */
    public static final long CFGI_1_LEAF_MASK = 1L;
    /** CFGI_ALL: log2 of the range, minus 1. */
    public static final long CFGI_1_RANGE_MASK = mask(4, 0);
    /** CFGI_ALL: the range that stands for all streams. */
    public static final int CFGI_1_RANGE_ALL = 31;

    /** RESUME: see the {@code RESUME_0_RESPONSE_...} values. */
    public static final long RESUME_0_RESPONSE_MASK = mask(13, 12);
    /** RESUME: terminate as the configuration of the stream says. */
    public static final int RESUME_0_RESPONSE_TERMINATE = 0;
    /** RESUME: try again. */
    public static final int RESUME_0_RESPONSE_RETRY = 1;
    /** RESUME: abort. */
    public static final int RESUME_0_RESPONSE_ABORT = 2;
    /** RESUME: the tag by which the hardware knows the stalled transaction, from its event record. */
    public static final long RESUME_1_STAG_MASK = mask(15, 0);

    /** SYNC: see the {@code SYNC_0_SIGNAL_...} values. */
    public static final long SYNC_0_SIGNAL_MASK = mask(13, 12);
    /** SYNC: the consumer index tells, software polls. */
    public static final int SYNC_0_SIGNAL_NONE = 0;
    /** SYNC: interrupt or message. */
    public static final int SYNC_0_SIGNAL_IRQ = 1;
    /** SYNC: event that ends a wait-for-event. */
    public static final int SYNC_0_SIGNAL_EVENT = 2;

    /** ATC_INV: the invalidation holds for all SubstreamIDs. */
    public static final long ATC_0_GLOBAL_MASK = 1L << 9;
    /** ATC_INV: log2 of the number of 4 KiB pages. */
    public static final long ATC_1_SIZE_MASK = mask(5, 0);
    /** ATC_INV: the size that stands for everything. */
    public static final int ATC_1_SIZE_ALL = 52;
    /** ATC_INV: address, bits 63:12 in place. */
    public static final long ATC_1_ADDRESS_MASK = mask(63, 12);

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
     * PREFETCH_CFG, word 0.
     *
     * @param streamId 32 raw bits.
     * @return word 0.
     */
    public static long prefetchConfigWord0(int streamId) {
        return forStream(OP_PREFETCH_CFG, streamId);
    }

    /**
     * CFGI_STE, word 0.
     *
     * @param streamId 32 raw bits.
     * @return word 0.
     */
    public static long invalidateEntryWord0(int streamId) {
        return forStream(OP_CFGI_STE, streamId);
    }

    /**
     * CFGI_STE, word 1.
     *
     * @param leaf true after a change of the entry alone, false after a change of its level-1 descriptor too.
     * @return word 1.
     */
    public static long invalidateEntryWord1(boolean leaf) {
        return leaf ? CFGI_1_LEAF_MASK : 0;
    }

    /**
     * CFGI_ALL, word 0.
     *
     * @return word 0.
     */
    public static long invalidateAllWord0() {
        return OP_CFGI_ALL;
    }

    /**
     * CFGI_ALL, word 1.
     *
     * @return word 1.
     */
    public static long invalidateAllWord1() {
        return CFGI_1_RANGE_ALL;
    }

    /**
     * CFGI_CD, word 0, for the context descriptor without SubstreamID.
     *
     * @param streamId 32 raw bits.
     * @return word 0.
     */
    public static long invalidateContextWord0(int streamId) {
        return forStream(OP_CFGI_CD, streamId);
    }

    /**
     * CFGI_CD_ALL, word 0.
     *
     * @param streamId 32 raw bits.
     * @return word 0.
     */
    public static long invalidateContextsWord0(int streamId) {
        return forStream(OP_CFGI_CD_ALL, streamId);
    }

    /**
     * ATC_INV, word 0, without SubstreamID.
     *
     * @param streamId 32 raw bits.
     * @return word 0.
     */
    public static long invalidateAtcWord0(int streamId) {
        return forStream(OP_ATC_INV, streamId);
    }

    /**
     * ATC_INV, word 1.
     *
     * @param address   64-bit input address, aligned to 4 KiB.
     * @param log2Pages log2 of the number of 4 KiB pages, or {@link #ATC_1_SIZE_ALL} with the address 0.
     * @return word 1.
     * @throws IllegalArgumentException if a value does not fit its field.
     */
    public static long invalidateAtcWord1(long address, int log2Pages) {
        return BitField.setAddress(BitField.set(0, ATC_1_SIZE_MASK, log2Pages), ATC_1_ADDRESS_MASK, address);
    }

    /**
     * RESUME, word 0.
     *
     * @param streamId 32 raw bits, the physical StreamID.
     * @param response one of the {@code RESUME_0_RESPONSE_...} values.
     * @return word 0.
     * @throws IllegalArgumentException if the response does not fit its field.
     */
    public static long resumeWord0(int streamId, int response) {
        return BitField.set(forStream(OP_RESUME, streamId), RESUME_0_RESPONSE_MASK, response);
    }

    /**
     * RESUME, word 1.
     *
     * @param stallTag STAG of the event record, 0 to 65535.
     * @return word 1.
     * @throws IllegalArgumentException if the tag does not fit its field.
     */
    public static long resumeWord1(int stallTag) {
        return BitField.set(0, RESUME_1_STAG_MASK, stallTag);
    }

    /**
     * SYNC, word 0.
     *
     * @param signal one of the {@code SYNC_0_SIGNAL_...} values.
     * @return word 0.
     * @throws IllegalArgumentException if the signal does not fit its field.
     */
    public static long syncWord0(int signal) {
        return BitField.set(OP_SYNC, SYNC_0_SIGNAL_MASK, signal);
    }

    private static long forStream(int opcode, int streamId) {
        return BitField.set(opcode, CMD_0_SID_MASK, streamId & 0xffff_ffffL);
    }
}
