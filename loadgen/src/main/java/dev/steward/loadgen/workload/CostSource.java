package dev.steward.loadgen.workload;

/** How long a step takes, time after time. Threading: one thread. Does not allocate. */
@FunctionalInterface
public interface CostSource {
    /** {@return duration of the next step in nanoseconds, 0 to {@link CostLaw#MAX_NS}} */
    long nextNs();
}
