package dev.steward.engine.stream;

import static dev.steward.engine.stream.StreamTableEntryLayout.STE_0_CONFIG_BYPASS;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_0_CONFIG_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_0_S1CDMAX_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_0_S1CONTEXTPTR_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_0_S1FMT_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_0_V_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_EATS_FULL;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_EATS_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_EATS_S1CHK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_MEV_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_S1CIR_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_S1COR_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_S1CSH_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_S1DSS_BYPASS;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_S1DSS_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_S1STALLD_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_S2FWB_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_SHCFG_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_STRW_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_2_S2AA64_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_2_S2ENDI_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_2_S2PTW_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_2_S2R_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_2_S2S_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_2_S2VMID_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_2_VTCR_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_3_S2TTB_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.field;
import static dev.steward.engine.stream.StreamTableEntryLayout.isValid;
import static dev.steward.engine.stream.StreamTableEntryLayout.usesStage1;
import static dev.steward.engine.stream.StreamTableEntryLayout.usesStage2;

import java.util.Arrays;

/**
 * Which bits of an entry the hardware looks at, given the entry itself: the ground of every hitless update.
 *
 * <p>The sets are those of the Linux driver (arm-smmu-v3.c; docs/domain.md, 2.3). Two of them are easy to miss.
 * Stage 1 alone uses S2VMID, which is 0 there, so that a change between stage 1 and stage 2 is hitless only for VMID 0.
 * And stage 1 uses SHCFG just where S1DSS lets traffic bypass it (Arm IHI 0070, section 13.5).
 */
final class StreamTableEntryUsedBits {
    private static final long STAGE_1_WORD_0 = STE_0_S1FMT_MASK | STE_0_S1CONTEXTPTR_MASK | STE_0_S1CDMAX_MASK;
    private static final long STAGE_1_WORD_1 = STE_1_S1DSS_MASK | STE_1_S1CIR_MASK | STE_1_S1COR_MASK
        | STE_1_S1CSH_MASK | STE_1_S1STALLD_MASK | STE_1_STRW_MASK | STE_1_EATS_MASK | STE_1_MEV_MASK;
    private static final long STAGE_2_WORD_1 = STE_1_S2FWB_MASK | STE_1_EATS_MASK | STE_1_SHCFG_MASK | STE_1_MEV_MASK;
    private static final long STAGE_2_WORD_2 = STE_2_S2VMID_MASK | STE_2_VTCR_MASK | STE_2_S2AA64_MASK
        | STE_2_S2ENDI_MASK | STE_2_S2PTW_MASK | STE_2_S2S_MASK | STE_2_S2R_MASK;
    private static final long EATS_FULL_BIT = (long) STE_1_EATS_FULL << Long.numberOfTrailingZeros(STE_1_EATS_MASK);
    private static final long EATS_S1CHK_BIT = (long) STE_1_EATS_S1CHK << Long.numberOfTrailingZeros(STE_1_EATS_MASK);

    private StreamTableEntryUsedBits() {
    }

    /** Sets {@code used} to the bits that the hardware would look at. */
    static void compute(long[] entry, long[] used) {
        Arrays.fill(used, 0L);
        used[0] = STE_0_V_MASK;
        if (!isValid(entry[0])) {
            return;
        }
        used[0] |= STE_0_CONFIG_MASK;
        int config = StreamTableEntryLayout.config(entry[0]);
        if (usesStage1(config)) {
            used[0] |= STAGE_1_WORD_0;
            used[1] |= STAGE_1_WORD_1;
            if (field(entry[1], STE_1_S1DSS_MASK) == STE_1_S1DSS_BYPASS) {
                used[1] |= STE_1_SHCFG_MASK;
            }
            used[2] |= STE_2_S2VMID_MASK;
        }
        if (usesStage2(config)) {
            used[1] |= STAGE_2_WORD_1;
            used[2] |= STAGE_2_WORD_2;
            used[3] |= STE_3_S2TTB_MASK;
        }
        if (config == STE_0_CONFIG_BYPASS) {
            used[1] |= STE_1_SHCFG_MASK;
        }
    }

    /**
     * Bits of word 1 that may change at any moment even though both entries use them.
     *
     * <p>MEV only merges reports. The full-ATS bit is safe because ATS is off at the PCI device while the entry
     * changes; not so together with split ATS (3 would be an errant 0) nor with S2S, for S2S = 1 with full ATS is a bad
     * STE (Arm IHI 0070, section 5.2), and the two bits live in different words. Source: the discussion of the fix,
     * docs/domain.md, 2.3.
     */
    static long safeWord1(long[] current, long[] target) {
        boolean splitAts = ((current[1] | target[1]) & EATS_S1CHK_BIT) != 0;
        boolean stage2Stalls = ((current[2] | target[2]) & STE_2_S2S_MASK) != 0;
        return splitAts || stage2Stalls ? STE_1_MEV_MASK : STE_1_MEV_MASK | EATS_FULL_BIT;
    }
}
