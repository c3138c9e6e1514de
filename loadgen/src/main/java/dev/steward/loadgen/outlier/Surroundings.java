package dev.steward.loadgen.outlier;

import java.util.List;

/**
 * What went on beside the outliers. Time that two claim belongs to the first of: pauses, machine, grace periods,
 * commits.
 *
 * @param machine when the hiccup meter's thread was due and could not run.
 */
public record Surroundings(Spans pauses, Spans machine, Spans graces, Spans commits) {
    List<Timeline.Suspect> always() {
        return List.of(new Timeline.Suspect(Cause.JVM_PAUSE, pauses), new Timeline.Suspect(Cause.MACHINE, machine));
    }
}
