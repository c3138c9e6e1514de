package dev.steward.loadgen.outlier;

import java.util.ArrayList;
import java.util.List;

/** One outlier: the stages it passed, each with what such a stage usually takes and whom to blame for the rest. */
record Timeline(long latencyNs, List<Stage> stages) {
    /** Copies the list. */
    Timeline {
        stages = List.copyOf(stages);
    }

    /**
     * One stage.
     *
     * @param suspects  who gets the part of the excess that overlaps with them, in order of precedence.
     */
    record Stage(Spans time, long usualNs, List<Suspect> suspects, Cause otherwise) {
        /** Copies the list. */
        Stage {
            suspects = List.copyOf(suspects);
        }
    }

    /** Something that went on. */
    record Suspect(Cause cause, Spans when) {
    }

    /**
     * Assigns the excess of each stage. Of two suspects at the same time the earlier one in the list gets it.
     *
     * @return nanoseconds by ordinal of {@link Cause}.
     */
    long[] blame() {
        long[] blamed = new long[Cause.values().length];
        for (Stage stage : stages) {
            Spans open = stage.time();
            long excess = Math.max(0, open.lengthNs() - stage.usualNs());
            for (Suspect suspect : stage.suspects()) {
                long share = Math.min(excess, open.overlapNs(suspect.when()));
                blamed[suspect.cause().ordinal()] += share;
                excess -= share;
                open = open.minus(suspect.when());
            }
            blamed[stage.otherwise().ordinal()] += excess;
        }
        return blamed;
    }

    /** Collects stages. */
    static final class Builder {
        private final List<Stage> stages = new ArrayList<>();
        private final List<Suspect> always;

        Builder(List<Suspect> always) {
            this.always = always;
        }

        Builder stage(Spans time, long usualNs, Cause otherwise, Suspect... more) {
            List<Suspect> suspects = new ArrayList<>(always);
            suspects.addAll(List.of(more));
            stages.add(new Stage(time, Math.max(0, usualNs), suspects, otherwise));
            return this;
        }

        Timeline build(long latencyNs) {
            return new Timeline(latencyNs, stages);
        }
    }
}
