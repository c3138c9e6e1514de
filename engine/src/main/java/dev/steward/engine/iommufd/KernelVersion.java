package dev.steward.engine.iommufd;

import java.util.Arrays;

/**
 * The kernel whose steps the model takes, where they changed: each predicate is one change, with its commit. A value
 * stands for all releases from its own to the next one here.
 *
 * <p>What a version lacks altogether the model has all the same (own): v6.11 has no vEVENTQ, and stands here for its
 * order of attach handle and driver operation only.
 */
public enum KernelVersion {
    /** To v6.14: the first with attach handles (14678219cf40). */
    V6_11("6.11"),
    /** The release that merged the design under debate. */
    V6_15("6.15"),
    /** Abort and bypass need no vDEVICE any more. */
    V6_19("6.19"),
    /** With the invalidation array. */
    V7_1("7.1"),
    /** With the fixes of the vEVENTQ, which v7.1.4 has as well. */
    V7_2("7.2");

    /** The newest that is here; each change of it that the model takes is confirmed as merged. */
    public static final KernelVersion NEWEST = V7_2;

    private final String release;

    KernelVersion(String release) {
        this.release = release;
    }

    /** Name of the release, such as {@code 6.15}. */
    public String release() {
        return release;
    }

    /** Names of this release and of all after it, oldest first. */
    public String[] releasesFromHere() {
        return Arrays.stream(values()).filter(version -> version.compareTo(this) >= 0).map(KernelVersion::release)
            .toArray(String[]::new);
    }

    /**
     * Finds a version by its release.
     *
     * @param release as {@link #release()} gives it.
     * @return the version.
     * @throws IllegalArgumentException if there is none of that name.
     */
    public static KernelVersion of(String release) {
        return Arrays.stream(values()).filter(version -> version.release.equals(release)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no kernel version '" + release + "'"));
    }

    /** Whether an attach publishes its handle before the driver operation; since v6.15 after it (5e9f822c9c68). */
    public boolean handleBeforeDriver() {
        return this == V6_11;
    }

    /** Whether abort and bypass of a guest are refused without a vDEVICE; not since v6.19 (81c45c62dc3e). */
    public boolean abortNeedsVdevice() {
        return compareTo(V6_19) < 0;
    }

    /** Whether an attach merges the invalidation array of the parent domain, since v7.1 (15a2a5645ad7 and others). */
    public boolean keepsInvalidationArray() {
        return compareTo(V7_1) >= 0;
    }

    /** Whether the node of an event is allocated under the spinlock of its vEVENTQ; not since v7.2 (47443565d10c). */
    public boolean allocatesUnderVeventqLock() {
        return compareTo(V7_2) < 0;
    }

    /** Whether a read of a vEVENTQ that has no room for one record is refused, since v7.2 (00203ca8323f). */
    public boolean checksReadSize() {
        return compareTo(V7_2) >= 0;
    }

    /** Whether a record of which only the header could be copied is not counted as read, since v7.2 (01e41ad76c12). */
    public boolean rewindsHeader() {
        return compareTo(V7_2) >= 0;
    }
}
