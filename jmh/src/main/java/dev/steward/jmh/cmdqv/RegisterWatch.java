package dev.steward.jmh.cmdqv;

/** Sees each write of a register of a VINTF, after it has taken effect: where hardware may look in between. */
@FunctionalInterface
public interface RegisterWatch {
    /** Does not look. */
    RegisterWatch NONE = (offset, value) -> {
    };

    /**
     * A register has been written.
     *
     * @param offset of the register in its VINTF, bytes.
     * @param value  32 raw bits.
     */
    void written(int offset, int value);
}
