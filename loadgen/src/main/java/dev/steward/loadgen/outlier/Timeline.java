package dev.steward.loadgen.outlier;

import java.util.ArrayList;
import java.util.List;

/** One outlier: what each stage it passed took beyond the usual, and whom to blame for that. */
final class Timeline {
    private final long latencyNs;
    private final Surroundings beside;
    private final long[] blamed = new long[Cause.values().length];

    Timeline(long latencyNs, Surroundings beside) {
        this.latencyNs = latencyNs;
        this.beside = beside;
    }

    /** Something that went on. */
    record Suspect(Cause cause, Spans when) {
    }

    /**
     * Adds a stage and assigns its excess: to the suspects that overlap with it, always the surroundings first, and
     * what is left to its own cause. Of two suspects at the same time the earlier one in the list gets it.
     */
    Timeline stage(Spans time, long usualNs, Cause otherwise, Suspect... more) {
        List<Suspect> suspects = new ArrayList<>(beside.always());
        suspects.addAll(List.of(more));
        Spans open = time;
        long excess = Math.max(0, time.lengthNs() - Math.max(0, usualNs));
        for (Suspect suspect : suspects) {
            long share = Math.min(excess, open.overlapNs(suspect.when));
            blamed[suspect.cause.ordinal()] += share;
            excess -= share;
            open = open.minus(suspect.when);
        }
        blamed[otherwise.ordinal()] += excess;
        return this;
    }

    long latencyNs() {
        return latencyNs;
    }

    /** Excess of all stages in nanoseconds, by ordinal of {@link Cause}. */
    long[] blame() {
        return blamed;
    }
}
