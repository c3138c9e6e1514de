package dev.steward.engine.stream;

import static dev.steward.engine.stream.StreamTableEntryLayout.STE_0_CONFIG_ABORT;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_0_CONFIG_BYPASS;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_0_CONFIG_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_0_CONFIG_NESTED;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_0_CONFIG_S2;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_0_V_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_EATS_FULL;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_EATS_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_MEV_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_S2FWB_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_SHCFG_INCOMING;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_SHCFG_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_2_S2AA64_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_2_S2PTW_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_2_S2R_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_2_S2S_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_2_S2VMID_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_2_VTCR_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_3_S2TTB_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_WORDS;
import static dev.steward.engine.stream.StreamTableEntryLayout.withField;

import java.util.Arrays;

/**
 * The eight words of an entry as the driver wants them: the target of an update. Immutable.
 *
 * <p>The shapes are those of the Linux driver (arm-smmu-v3.c, arm-smmu-v3-iommufd.c; docs/domain.md, 2.1).
 */
public final class StreamTableEntry {
    private static final StreamTableEntry ABORT = new StreamTableEntry(valid(STE_0_CONFIG_ABORT), 0, 0, 0);

    private final long[] words;

    StreamTableEntry(long word0, long word1, long word2, long word3) {
        words = new long[] {word0, word1, word2, word3, 0, 0, 0, 0};
    }

    /** {@return the blocked stream: transactions abort, no event} */
    public static StreamTableEntry abort() {
        return ABORT;
    }

    /**
     * A host paging domain of stage 2, also the parent of nested domains.
     *
     * @param stage2 the parent page table.
     * @param ats    full ATS.
     * @return the entry.
     * @throws IllegalArgumentException if a value does not fit its field, or both stall and ATS are asked for, which
     *                                  makes a bad STE (Arm IHI 0070, section 5.2).
     */
    public static StreamTableEntry stage2(Stage2Configuration stage2, boolean ats) {
        if (ats && stage2.stall()) {
            throw new IllegalArgumentException("an STE with S2S = 1 and full ATS is bad");
        }
        long word1 = withField(0, STE_1_EATS_MASK, ats ? STE_1_EATS_FULL : 0);
        word1 = withField(word1, STE_1_SHCFG_MASK, STE_1_SHCFG_INCOMING);
        word1 |= stage2.forceWriteBack() ? STE_1_S2FWB_MASK : 0;
        long word2 = withField(STE_2_S2AA64_MASK | STE_2_S2PTW_MASK | STE_2_S2R_MASK, STE_2_VTCR_MASK, stage2.vtcr());
        word2 = withField(word2, STE_2_S2VMID_MASK, stage2.vmid());
        word2 |= stage2.stall() ? STE_2_S2S_MASK : 0;
        long word3 = BitField.setAddress(0, STE_3_S2TTB_MASK, stage2.tableAddress());
        return new StreamTableEntry(valid(STE_0_CONFIG_S2), word1, word2, word3);
    }

    /**
     * A nested domain: what the guest asked for, on top of its parent. A guest's abort (or V = 0) is the host's abort,
     * its bypass is plain stage 2; its stage 1 gives Config 7, the guest's bits and MEV, which keeps a guest from
     * flooding the event queue.
     *
     * @param parent stage 2 of the virtual machine.
     * @param guest  the checked words of the guest.
     * @param ats    full ATS: what the host's device can do and, for stage 1, {@link GuestStreamTableEntry#enableAts}.
     * @return the entry.
     * @throws IllegalArgumentException as for {@link #stage2}.
     */
    public static StreamTableEntry nested(
        Stage2Configuration parent, GuestStreamTableEntry guest, boolean ats) {
        if (guest.config() == STE_0_CONFIG_ABORT) {
            return ABORT;
        }
        StreamTableEntry plain = stage2(parent, ats);
        if (guest.config() == STE_0_CONFIG_BYPASS) {
            return plain;
        }
        return new StreamTableEntry(
            withField(guest.word0(), STE_0_CONFIG_MASK, STE_0_CONFIG_NESTED),
            plain.words[1] | guest.word1() | STE_1_MEV_MASK,
            plain.words[2],
            plain.words[3]);
    }

    /**
     * One word.
     *
     * @param word 0 to 7.
     * @return the word.
     */
    public long word(int word) {
        return words[word];
    }

    /**
     * The bits that the hardware uses in this entry and that an update may change only while word 0 says that the entry
     * is another: used, and not safe to change at any moment, which MEV and EATS can be.
     *
     * @return eight masks, in place.
     */
    public long[] boundBits() {
        long[] bound = new long[STE_WORDS];
        StreamTableEntryUsedBits.compute(words, bound);
        bound[1] &= ~(STE_1_MEV_MASK | STE_1_EATS_MASK);
        return bound;
    }

    /**
     * Copies the entry.
     *
     * @param dst receives eight words.
     */
    public void copyTo(long[] dst) {
        System.arraycopy(words, 0, dst, 0, STE_WORDS);
    }

    /** The words themselves, for the writer, which only reads them. */
    long[] words() {
        return words;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StreamTableEntry && Arrays.equals(words, ((StreamTableEntry) other).words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }

    static long valid(int config) {
        return withField(STE_0_V_MASK, STE_0_CONFIG_MASK, config);
    }
}
