package dev.steward.loadgen.outlier;

/**
 * What the time of an outlier is blamed on. The order is that of the precedence, as far as two could claim the same
 * time; {@code docs/results-format.md} lists the labels.
 */
public enum Cause {
    JVM_PAUSE("jvm-pause", "a safepoint of the JVM, collections included"),
    MACHINE("machine", "host or scheduler: the hiccup meter, which only sleeps, woke late as well"),
    GENERATOR("generator", "the thread that plays the load woke late, or fell behind by itself"),
    QUEUEING("queueing", "behind earlier events (operations) that the same thread was still busy with"),
    WAKE_UP("wake-up", "the handler slept and had to be woken"),
    GRACE("grace", "a grace period: an attach that waited for it, or an event that could not get in meanwhile"),
    LOCK("lock", "getting into the section while an attach committed on the same SMMU"),
    GUARD("guard", "getting into the section with no commit in the way: retries, look-up, or the core was lost"),
    COMMIT("commit", "the strategy's commit: its lock, its readers, its copy; without grace periods"),
    ENQUEUE("enqueue", "the vEVENTQ: its lock, or waking the VMM"),
    OBJECTS("objects", "objects made and destroyed, STE writes with their syncs, the attach lock"),
    UNEXPLAINED("unexplained", "no recorded cause; most likely a core that was lost for less than the meter sees");

    private final String label;
    private final String meaning;

    Cause(String label, String meaning) {
        this.label = label;
        this.meaning = meaning;
    }

    /** Its name in files, lower case with dashes. */
    public String label() {
        return label;
    }

    /** What it says. */
    public String meaning() {
        return meaning;
    }
}
