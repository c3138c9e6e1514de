package dev.steward.engine.stream;

import static dev.steward.engine.stream.BitField.mask;

/**
 * The level-1 stream table descriptor of the two-level form: 8 bytes that point at a block of 2^split entries.
 *
 * <pre>
 *   63   52 51                              6 5 5 4    0
 *  +-------+---------------------------------+---+------+
 *  |   -   |          L2Ptr (51:6)           | - | Span |
 *  +-------+---------------------------------+---+------+
 * </pre>
 *
 * <p>Source: Arm IHI 0070, section 5.1 (Level 1 Stream Table Descriptor), as used by the Linux header arm-smmu-v3.h;
 * docs/domain.md, 2.2. Pure functions, safe for any thread.
 */
public final class L1DescriptorLayout {
    /** Log2 of the length of a descriptor in bytes. */
    public static final int L1_DESCRIPTOR_LENGTH_SHIFT = 3;
    /** Span: 0 means no block, n means a block of 2^(n-1) entries. */
    public static final long L1_0_SPAN_MASK = mask(4, 0);
    /** Physical address of the block, bits 51:6 in place. */
    public static final long L1_0_L2PTR_MASK = mask(51, 6);
    /** Descriptor without a block. */
    public static final long INVALID = 0L;

    private L1DescriptorLayout() {
    }

    /**
     * Composes a valid descriptor.
     *
     * @param blockAddress physical address of the block, 52 bits, aligned to 64 bytes.
     * @param split        log2 of the entries of a block: 6, 8 or 10.
     * @return the descriptor, with a span of {@code split + 1}.
     * @throws IllegalArgumentException if the address or the span does not fit its field.
     */
    public static long encode(long blockAddress, int split) {
        return BitField.setAddress(BitField.set(0, L1_0_SPAN_MASK, split + 1L), L1_0_L2PTR_MASK, blockAddress);
    }

    /**
     * Tells whether the descriptor points at a block.
     *
     * @param descriptor any descriptor.
     * @return false if the span is 0.
     */
    public static boolean isValid(long descriptor) {
        return (descriptor & L1_0_SPAN_MASK) != 0;
    }

    /**
     * Address of the block.
     *
     * @param descriptor valid descriptor.
     * @return physical address, aligned to 64 bytes.
     */
    public static long blockAddress(long descriptor) {
        return descriptor & L1_0_L2PTR_MASK;
    }

    /**
     * Position of the descriptor that leads to a StreamID.
     *
     * @param streamId 32 raw bits.
     * @param split    log2 of the entries of a block.
     * @return index into level 1.
     */
    public static int l1Index(int streamId, int split) {
        return streamId >>> split;
    }

    /**
     * Position of the entry of a StreamID within its block.
     *
     * @param streamId 32 raw bits.
     * @param split    log2 of the entries of a block.
     * @return index into level 2.
     */
    public static int l2Index(int streamId, int split) {
        return streamId & ((1 << split) - 1);
    }
}
