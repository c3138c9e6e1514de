package dev.steward.loadgen.oracle;

import static dev.steward.engine.stream.StreamTableEntryLayout.STE_0_CONFIG_ABORT;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_0_CONFIG_NESTED;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_0_CONFIG_S1;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_0_V_MASK;

import dev.steward.engine.stream.GuestStreamTableEntry;
import dev.steward.engine.stream.StreamTableEntryLayout;

/**
 * What a cell hides in the table address of a guest's stream table entry: the vIOMMU, the stream, and which of its
 * domains this is. The address means nothing to the model, is in word 0, and so says in one load which attachment the
 * hardware acts under.
 */
public final class SteTag {
    /** Word 0 of an entry in the invalid phase of a disruptive update. */
    public static final long INVALID = 0;

    private static final int CONFIG_SHIFT = 1;
    private static final int GENERATION_SHIFT = 6;
    private static final int GENERATION_BITS = 17;
    private static final int STREAM_SHIFT = GENERATION_SHIFT + GENERATION_BITS;
    private static final int STREAM_BITS = 16;
    private static final int VIOMMU_SHIFT = STREAM_SHIFT + STREAM_BITS;
    private static final int VIOMMU_BITS = 13;

    /** Domains of a stream that are distinguishable before their numbers come again. */
    public static final int GENERATIONS = 1 << GENERATION_BITS;

    /** Numbers of vIOMMUs that are distinguishable. */
    static final int VIOMMUS = 1 << VIOMMU_BITS;

    private SteTag() {
    }

    /** Word 0 of a guest's entry: valid, stage 1. */
    public static long guestWord0(int viommu, int stream, int generation) {
        return STE_0_V_MASK | (long) STE_0_CONFIG_S1 << CONFIG_SHIFT
            | (long) viommu << VIOMMU_SHIFT | (long) stream << STREAM_SHIFT | (long) generation << GENERATION_SHIFT;
    }

    /** The guest's entry with that word. */
    public static GuestStreamTableEntry guestEntry(int viommu, int stream, int generation) {
        return GuestStreamTableEntry.of(guestWord0(viommu, stream, generation), 0);
    }

    /** Word 0 of the entry of a guest that blocks the device, as while its SMMU is off. */
    public static long guestAbortWord0() {
        return STE_0_V_MASK | (long) STE_0_CONFIG_ABORT << CONFIG_SHIFT;
    }

    /** Whether word 0 of a host's entry is that of a nested domain. */
    public static boolean nested(long word0) {
        return StreamTableEntryLayout.isValid(word0) && StreamTableEntryLayout.config(word0) == STE_0_CONFIG_NESTED;
    }

    /** Number of the vIOMMU in word 0 of a nested entry. */
    public static int viommu(long word0) {
        return (int) (word0 >>> VIOMMU_SHIFT) & VIOMMUS - 1;
    }
}
