package dev.steward.engine.stream;

import static dev.steward.engine.stream.StreamTableEntryLayout.STE_0_S1FMT_64K_L2;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_0_S1FMT_LINEAR;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_1_S1DSS_SSID0;

import java.util.Random;

/** Entries for tests, named and random ones; every one of them is legal. */
final class Entries {
    static final long CD_TABLE = 0x8_1234_0000L;
    static final Stage2Configuration PARENT = stage2(5);
    /** Guest words of domain reference 11.2: S1CDMax 10, S1DSS = SSID0, CIR/COR 1/1, CSH 3. */
    static final GuestStreamTableEntry GUEST = GuestStreamTableEntry.of(0x5000_0008_1234_000bL, 0xd6L);

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
                return StreamTableEntry.bypass();
            case 2:
                return StreamTableEntry.stage1(randomStage1(random), ats);
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
}
