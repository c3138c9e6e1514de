package dev.steward.engine.stream;

import static dev.steward.engine.stream.StreamTableEntryLayout.STE_0_CONFIG_BYPASS;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_0_CONFIG_S1;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_0_S1CDMAX_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_0_S1CONTEXTPTR_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_0_S1FMT_64K_L2;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_0_S1FMT_LINEAR;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_0_S1FMT_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_EATS_FULL;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_EATS_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_S1CIR_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_S1COR_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_S1CSH_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_S1DSS_BYPASS;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_S1DSS_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_S1DSS_SSID0;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_S1STALLD_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_SHCFG_INCOMING;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_SHCFG_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_STRW_EL2;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_STRW_MASK;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_STRW_NSEL1;
import static dev.steward.engine.stream.StreamTableEntryLayout.withField;

import java.util.Random;

/** Entries for tests, named and random ones; every one of them is legal. */
final class Entries {
    static final long CD_TABLE = 0x8_1234_0000L;
    static final Stage2Configuration PARENT = stage2(5);
    /** Guest words of docs/domain.md, 11.2: S1CDMax 10, S1DSS = SSID0, CIR/COR 1/1, CSH 3. */
    static final GuestStreamTableEntry GUEST = GuestStreamTableEntry.of(0x5000_0008_1234_000bL, 0xd6L);

    private static final StreamTableEntry BYPASS = new StreamTableEntry(
        StreamTableEntry.valid(STE_0_CONFIG_BYPASS), withField(0, STE_1_SHCFG_MASK, STE_1_SHCFG_INCOMING), 0, 0);
    /** Fetches of context descriptors as the driver asks for them: write-back, read-allocate, inner shareable. */
    private static final long CD_FETCH = withField(
        withField(withField(0, STE_1_S1CIR_MASK, 1), STE_1_S1COR_MASK, 1), STE_1_S1CSH_MASK, 3);

    private Entries() {
    }

    static Stage2Configuration stage2(int vmid) {
        return new Stage2Configuration(
            vmid, 0x9_0000_0000L, StreamTableEntryLayout.vtcr(24, 2, 1, 1, 3, 0, 5), true, false);
    }

    static Stage2Configuration stallingStage2(int vmid) {
        Stage2Configuration plain = stage2(vmid);
        return new Stage2Configuration(vmid, plain.tableAddress(), plain.vtcr(), plain.forceWriteBack(), true);
    }

    static Stage1Configuration stage1(int defaultSsid, boolean stallDisabled) {
        return new Stage1Configuration(CD_TABLE, 10, STE_0_S1FMT_64K_L2, defaultSsid, stallDisabled, false);
    }

    static GuestStreamTableEntry guestStage1(int defaultSsid) {
        return GuestStreamTableEntry.of(0x5000_0008_1234_000bL, 0xd4L | defaultSsid);
    }

    static StreamTableEntry random(Random random) {
        boolean ats = random.nextBoolean();
        Stage2Configuration stage2 = randomStage2(random, !ats && random.nextBoolean());
        switch (random.nextInt(6)) {
            case 0:
                return StreamTableEntry.abort();
            case 1:
                return bypass();
            case 2:
                return stage1(randomStage1(random), ats);
            case 3:
                return StreamTableEntry.stage2(stage2, ats);
            default:
                return StreamTableEntry.nested(stage2, randomGuest(random), ats);
        }
    }

    /** Few values per field, so that many pairs differ in one field only. */
    private static Stage1Configuration randomStage1(Random random) {
        return new Stage1Configuration(
            CD_TABLE + (random.nextInt(2) << 6), 10 * random.nextInt(2),
            random.nextBoolean() ? STE_0_S1FMT_LINEAR : STE_0_S1FMT_64K_L2,
            random.nextInt(STE_1_S1DSS_SSID0 + 1), random.nextBoolean(), random.nextBoolean());
    }

    private static Stage2Configuration randomStage2(Random random, boolean stall) {
        return new Stage2Configuration(
            random.nextInt(3), 0x9_0000_0000L + (random.nextInt(2) << 12),
            StreamTableEntryLayout.vtcr(24 + random.nextInt(2), 2, 1, 1, 3, 0, 5), random.nextBoolean(), stall);
    }

    private static GuestStreamTableEntry randomGuest(Random random) {
        return GuestStreamTableEntry.of(
            0x5000_0008_1234_000bL + ((long) random.nextInt(2) << 6),
            (random.nextInt(2) << 27) | (random.nextInt(2) << 28) | 0xd4L | random.nextInt(3));
    }

    /** The identity domain: transactions pass untranslated. */
    static StreamTableEntry bypass() {
        return BYPASS;
    }

    /** A host paging domain of stage 1. */
    static StreamTableEntry stage1(Stage1Configuration stage1, boolean ats) {
        long word0 = StreamTableEntry.valid(STE_0_CONFIG_S1);
        word0 = BitField.setAddress(word0, STE_0_S1CONTEXTPTR_MASK, stage1.cdTableAddress());
        word0 = withField(word0, STE_0_S1FMT_MASK, stage1.format());
        word0 = withField(word0, STE_0_S1CDMAX_MASK, stage1.cdMax());
        long word1 = withField(CD_FETCH, STE_1_S1DSS_MASK, stage1.defaultSsid());
        word1 = withField(word1, STE_1_EATS_MASK, ats ? STE_1_EATS_FULL : 0);
        word1 = withField(word1, STE_1_STRW_MASK, stage1.el2() ? STE_1_STRW_EL2 : STE_1_STRW_NSEL1);
        word1 |= stage1.stallDisabled() ? STE_1_S1STALLD_MASK : 0;
        if (stage1.defaultSsid() == STE_1_S1DSS_BYPASS) {
            word1 = withField(word1, STE_1_SHCFG_MASK, STE_1_SHCFG_INCOMING);
        }
        return new StreamTableEntry(word0, word1, 0, 0);
    }
}
