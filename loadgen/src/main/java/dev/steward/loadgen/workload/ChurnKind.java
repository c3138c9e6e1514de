package dev.steward.loadgen.workload;

/**
 * What an attach operation does to a stream (domain reference 5.2, 9.3).
 */
public enum ChurnKind {
    /** Nested domain of another vIOMMU in place of the current one. */
    REPLACE("replace"),
    /** Nested to blocked to nested, on another vIOMMU. */
    DETACH_ATTACH("detach-attach"),
    /** A new nested domain of the same vIOMMU, as after a guest rewrote its stream table entry. */
    SAME_VIOMMU("same-viommu");

    private static final ChurnKind[] VALUES = values();

    private final String label;

    ChurnKind(String label) {
        this.label = label;
    }

    /**
     * Name in a scenario file.
     *
     * @return lower case with hyphens.
     */
    public String label() {
        return label;
    }

    /**
     * Kind of an ordinal, without allocation.
     *
     * @param ordinal of {@link #ordinal()}.
     * @return the kind.
     */
    public static ChurnKind of(int ordinal) {
        return VALUES[ordinal];
    }
}
