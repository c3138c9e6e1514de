package dev.steward.design;

/** How often the handler looks the master up for an event. */
enum LookUps {
    /** Once, as before the event was decoded with its master; twice as a variant. */
    ONE,
    /** Twice, as the merged handler; once as a variant. */
    TWO,
    /** Once, and there is nothing to vary. */
    ONLY_ONE;

    boolean twoByDefault() {
        return this == TWO;
    }
}
