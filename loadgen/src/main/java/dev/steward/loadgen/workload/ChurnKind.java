package dev.steward.loadgen.workload;

/** What an attach operation does to a stream (docs/domain.md, 5.2, 9.3). */
public enum ChurnKind {
    /** Nested domain of another vIOMMU in place of the current one. */
    REPLACE("replace"),
    /** Nested to blocked to nested, on another vIOMMU if there is one to choose. */
    DETACH_ATTACH("detach-attach"),
    /** A new nested domain of the same vIOMMU, as after a guest rewrote its stream table entry. */
    SAME_VIOMMU("same-viommu"),
    /** Nested to blocked to nested on the same vIOMMU: the guest's abort entry and back, as while its SMMU is off. */
    BLOCK("block"),
    /** The vDEVICE freed and allocated anew with another virtual id, made known by a replace. */
    VDEVICE("vdevice"),
    /** Hot unplug and plug: detached, unbound and released; probed, bound and attached. */
    UNPLUG("unplug"),
    /** A vIOMMU made for the device, the device moved to it and back, the vIOMMU destroyed. */
    VIOMMU("viommu"),
    /** All devices of a guest to blocked, then all to nested. */
    REBOOT("reboot"),
    /** All devices of a guest detached, its vIOMMUs destroyed and made anew, all devices attached. */
    MIGRATE("migrate"),
    /** To another guest, the only way there is: closed and unbound by one VMM, bound and attached by the other. */
    MOVE("move");

    private static final ChurnKind[] VALUES = values();

    private final String label;

    ChurnKind(String label) {
        this.label = label;
    }

    /** Name in a scenario file, lower case with hyphens. */
    public String label() {
        return label;
    }

    /** Whether the operation is on all devices of a guest at once. */
    public boolean onGuest() {
        return this == REBOOT || this == MIGRATE;
    }

    /** Kind of an ordinal, without allocation. */
    public static ChurnKind of(int ordinal) {
        return VALUES[ordinal];
    }
}
