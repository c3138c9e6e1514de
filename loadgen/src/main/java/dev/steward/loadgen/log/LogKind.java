package dev.steward.loadgen.log;

/** Kinds of logs that can be replayed, by what their lines say. */
public enum LogKind {
    /** Raw words of arm-smmu-v3. */
    SMMUV3_RAW("smmuv3-raw"),
    /** Decoded lines of arm-smmu-v3, Linux 6.14 and later, with or without raw words. */
    SMMUV3_NEW("smmuv3-new"),
    /** The iommu tracepoints as text. */
    FTRACE_IOMMU("ftrace-iommu"),
    /** Faults of Intel VT-d. */
    INTEL_DMAR("intel-dmar"),
    /** Events of AMD-Vi. */
    AMD_VI("amd-vi"),
    /** Devices that enter and leave IOMMU groups. */
    IOMMU_GROUP("iommu-group");

    private final String label;

    LogKind(String label) {
        this.label = label;
    }

    /** Name for people and files, lower case with hyphens. */
    public String label() {
        return label;
    }
}
