package dev.steward.engine.stream;

/**
 * What a stage-2 entry says about the parent page table of a virtual machine. Values are checked when the entry is
 * built.
 *
 * @param vmid           0 to 65535.
 * @param tableAddress   physical address, 52 bits, aligned to 16 bytes.
 * @param vtcr           value of {@link StreamTableEntryLayout#vtcr}.
 * @param forceWriteBack S2FWB.
 * @param stall          stage-2 faults stall; excludes ATS.
 */
public record Stage2Configuration(
    int vmid, long tableAddress, int vtcr, boolean forceWriteBack, boolean stall) {
}
