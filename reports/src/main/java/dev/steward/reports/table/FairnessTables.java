package dev.steward.reports.table;

import dev.steward.results.Wording;
import dev.steward.reports.summary.Fairness;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.results.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** How evenly guests and threads were served. */
final class FairnessTables {
    private static final Layout<Fairness> FAIRNESS = new Layout<Fairness>("strategy")
        .exact("number", "how many", Fairness::parties)
        .figure("min", "smallest mean", of(fairness -> Units.duration(fairness.minNs())))
        .figure("mean", "mean of the means", of(fairness -> Units.duration(fairness.meanNs())))
        .figure("max", "largest mean", of(fairness -> Units.duration(fairness.maxNs())))
        .figure("Jain", "Jain's index", of(fairness -> Wording.format("%.3f", fairness.jain())));

    private FairnessTables() {
    }

    /** One table for each kind of which there are several. */
    static List<Table> of(Summary summary) {
        List<Table> tables = new ArrayList<>();
        add(tables, summary, "fairness-guests", "Fairness among guests", "mean latency of each guest's events",
            StrategySummary::guestFairness);
        add(tables, summary, "fairness-handlers", "Fairness among handlers", "mean latency of each handler's events",
            StrategySummary::handlerFairness);
        add(tables, summary, "fairness-attach", "Fairness among attach threads",
            "mean latency of each thread's attach operations", StrategySummary::attachFairness);
        return tables;
    }

    private static void add(
        List<Table> tables, Summary summary, String id, String title, String of,
        Function<StrategySummary, Fairness> which) {
        if (summary.strategies().anyMatch(strategy -> which.apply(strategy).parties() > 1)) {
            tables.add(FAIRNESS.table(id, title,
                "By the " + of + ". Jain's index is 1 if all are alike, and 1/n if one of n bears it all.",
                Layout.strategies(summary, which)));
        }
    }

    /** One alone is neither even nor uneven. */
    private static Function<Fairness, String> of(Function<Fairness, String> value) {
        return fairness -> fairness.parties() < 2 ? Units.NONE : value.apply(fairness);
    }
}
