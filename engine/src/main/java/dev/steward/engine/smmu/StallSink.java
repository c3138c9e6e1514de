package dev.steward.engine.smmu;

/** The end of a stalled fault's way through a guard: hands the fault under way to the attach handle of its group. */
@FunctionalInterface
public interface StallSink {
    /**
     * Reports the fault. Its stream has a master; what that is attached to is not the guard's business here.
     *
     * @return 0 or more for a result of the sink, a negative {@code errno} on failure.
     */
    int report();
}
