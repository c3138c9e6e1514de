package dev.steward.reports;

import dev.steward.reports.summary.Run;
import dev.steward.reports.summary.RunSet;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.results.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What was recorded under one histogram tag of one strategy on one path. */
record Operation(Run run, StrategySummary strategy, String tag) {
    private static final String GUEST = ".guest.";

    /** Everything that was recorded, guest by guest excluded: that is for the report's own table. */
    static List<Operation> of(RunSet runs) {
        List<Operation> operations = new ArrayList<>();
        for (Run run : runs.runs()) {
            run.summary().strategies().forEach(strategy -> new TreeSet<>(strategy.tags()).stream()
                .filter(tag -> !tag.contains(GUEST) && strategy.of(tag).count() > 0)
                .forEach(tag -> operations.add(new Operation(run, strategy, tag))));
        }
        return operations;
    }

    /** All repeats added up. */
    Distribution merged() {
        return strategy.of(tag);
    }

    /** The repeats that hold values. */
    List<Distribution> repeats() {
        return strategy.perRepeat().stream().map(repeat -> repeat.of(tag)).filter(values -> values.count() > 0)
            .toList();
    }
}
