package dev.steward.design;

import java.util.Set;

/** What a design may promise. Each says which it keeps; tests hold it to those, and show the others broken. */
public enum Promise {
    /**
     * When an attach has returned, no report to the previous vIOMMU is under way or still to come (rule 2 of
     * docs/domain.md, 1.4).
     */
    QUIESCENT_ATTACH("nothing reaches the old vIOMMU once an attach has returned"),
    /** No report ever meets a vIOMMU whose destroy has succeeded (invariant I1). */
    VIOMMU_ALIVE("no report meets a destroyed vIOMMU"),
    /** Where an event goes is decided by the last attach alone, whatever the vDEVICE does meanwhile. */
    ONE_LINK("the last attach alone decides where an event goes"),
    /** Once its vDEVICE is destroyed, a virtual StreamID is reported no more (rule 4 of docs/domain.md, 1.4). */
    FORGETS_VDEVICE("the id of a destroyed vDEVICE is reported no more"),
    /** No lock that may sleep is taken inside one that must not (invariant I9). */
    SLEEPS_WHERE_ALLOWED("nothing sleeps under a spinning lock"),
    /** An attach of a device without vDEVICE is refused, so a VMM learns of its mistake. */
    REFUSES_WITHOUT_VDEVICE("an attach without vDEVICE answers -ENOENT");

    /** Those of the merged design. */
    static final Set<Promise> MERGED =
        Set.of(QUIESCENT_ATTACH, VIOMMU_ALIVE, ONE_LINK, SLEEPS_WHERE_ALLOWED, REFUSES_WITHOUT_VDEVICE);
    /** The same but for an attach that waits. */
    static final Set<Promise> DEFERRED = Set.of(VIOMMU_ALIVE, ONE_LINK, SLEEPS_WHERE_ALLOWED, REFUSES_WITHOUT_VDEVICE);
    /** Those of designs that look the virtual StreamID up for each event and report under a spinlock. */
    static final Set<Promise> SCANNING = Set.of(QUIESCENT_ATTACH, VIOMMU_ALIVE, ONE_LINK, FORGETS_VDEVICE);
    /** Those of the design with two links. */
    static final Set<Promise> TWO_LINKS = Set.of(VIOMMU_ALIVE, FORGETS_VDEVICE, SLEEPS_WHERE_ALLOWED);

    private final String words;

    Promise(String words) {
        this.words = words;
    }

    /** The promise in words. */
    public String words() {
        return words;
    }
}
