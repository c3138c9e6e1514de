package dev.steward.engine.stream;

/** Fields of a 64-bit word, each named by the mask of the bits it covers; the shift is the mask's lowest bit. */
final class BitField {
    private BitField() {
    }

    /** Mask of the bits {@code high} to {@code low}, both included, 63 at most. */
    static long mask(int high, int low) {
        return (-1L >>> (63 - high)) & (-1L << low);
    }

    static long get(long word, long mask) {
        return (word & mask) >>> Long.numberOfTrailingZeros(mask);
    }

    /** Replaces one field; a value that does not fit is refused, for it would spill into the neighbours. */
    static long set(long word, long mask, long value) {
        int shift = Long.numberOfTrailingZeros(mask);
        if ((value & ~(mask >>> shift)) != 0) {
            throw new IllegalArgumentException(String.format(
                "value 0x%x does not fit the field with the mask 0x%016x", value, mask));
        }
        return (word & ~mask) | (value << shift);
    }

    /** Sets a field that holds the upper bits of an address in place: the low bits of the address must be zero. */
    static long setAddress(long word, long mask, long address) {
        if ((address & ~mask) != 0) {
            throw new IllegalArgumentException(String.format(
                "address 0x%x has bits outside the field with the mask 0x%016x", address, mask));
        }
        return (word & ~mask) | address;
    }
}
