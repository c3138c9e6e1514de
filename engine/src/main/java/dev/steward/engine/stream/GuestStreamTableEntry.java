package dev.steward.engine.stream;

import static dev.steward.engine.stream.StreamTableEntryLayout.STE_0_CONFIG_ABORT;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_0_CONFIG_BYPASS;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_0_CONFIG_S1;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_0_GUEST_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_EATS_ABORT;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_EATS_FULL;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_EATS_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_GUEST_MASK;

/**
 * The two words of its own STE that a guest hands over when a nested domain is allocated, checked and cleaned.
 *
 * <p>EATS is taken out of word 1 and kept as {@link #enableAts()}: whether the host's entry allows ATS is decided at
 * attach time. Source: arm-smmu-v3-iommufd.c; docs/domain.md, 1.3 and 2.1. Immutable.
 */
public final class GuestStreamTableEntry {
    private final long word0;
    private final long word1;
    private final boolean enableAts;

    private GuestStreamTableEntry(long word0, long word1, boolean enableAts) {
        this.word0 = word0;
        this.word1 = word1;
        this.enableAts = enableAts;
    }

    /**
     * Checks the words of a guest. With V = 0 nothing else counts and the result is an abort.
     *
     * @param word0 word 0 of the guest's entry.
     * @param word1 word 1 of the guest's entry.
     * @return the checked entry.
     * @throws IllegalArgumentException if a bit outside the allowed masks is set, Config is not abort, bypass or
     *                                  stage 1, or EATS is not 0 or 1: bad STE data, the driver's EIO.
     */
    public static GuestStreamTableEntry of(long word0, long word1) {
        if (!StreamTableEntryLayout.isValid(word0)) {
            return new GuestStreamTableEntry(0, 0, false);
        }
        checkMask(0, word0, STE_0_GUEST_MASK);
        checkMask(1, word1, STE_1_GUEST_MASK);
        int config = StreamTableEntryLayout.config(word0);
        if (config != STE_0_CONFIG_ABORT && config != STE_0_CONFIG_BYPASS && config != STE_0_CONFIG_S1) {
            throw new IllegalArgumentException("a guest STE is abort, bypass or stage 1, not Config " + config);
        }
        long eats = StreamTableEntryLayout.field(word1, STE_1_EATS_MASK);
        if (eats != STE_1_EATS_ABORT && eats != STE_1_EATS_FULL) {
            throw new IllegalArgumentException("a guest STE has EATS 0 or 1, not " + eats);
        }
        // Only stage 1 decides about ATS: for the other two the host's own state counts.
        return new GuestStreamTableEntry(
            word0, word1 & ~STE_1_EATS_MASK, config == STE_0_CONFIG_S1 && eats == STE_1_EATS_FULL);
    }

    /** {@return Config: abort, as which V = 0 counts, bypass or stage 1} */
    public int config() {
        return StreamTableEntryLayout.config(word0);
    }

    /** {@return the cleaned word 0; 0 if the guest had V = 0} */
    public long word0() {
        return word0;
    }

    /** {@return the cleaned word 1, without EATS; 0 if the guest had V = 0} */
    public long word1() {
        return word1;
    }

    /** {@return whether the guest asked for full ATS with stage 1; if not, ATS must be off for the attached device} */
    public boolean enableAts() {
        return enableAts;
    }

    @Override
    public String toString() {
        return String.format("GuestStreamTableEntry{word0=0x%016x, word1=0x%016x, enableAts=%b}",
            word0, word1, enableAts);
    }

    private static void checkMask(int word, long value, long allowed) {
        if ((value & ~allowed) != 0) {
            throw new IllegalArgumentException(String.format(
                "word %d of a guest STE, 0x%016x, has bits outside 0x%016x", word, value, allowed));
        }
    }
}
