package dev.steward.reports.table;

import dev.steward.reports.summary.PathSummary;
import dev.steward.reports.summary.Run;
import dev.steward.reports.summary.RunSet;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.reports.summary.ThreadRates;
import dev.steward.results.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What threads did in a second: all of them, and the ones that did least and most. */
final class ThreadRateTables {
    private static final String ABOUT =
        "Operations per second of the measured window. The load is offered on schedule, so all do what is asked of "
            + "them until the lock, or the core, is saturated; a thread that does less than the others is starved.";
    private static final Layout<ThreadRates> RATES = new Layout<ThreadRates>("strategy")
        .exact("threads", "how many", rates -> rates.perSecond().size())
        .figure("all", "together", rates -> Units.rate(rates.all()))
        .figure("min", "the thread that did least", rates -> Units.rate(rates.min()))
        .figure("mean", "all, by the number of threads", rates -> Units.rate(rates.all() / rates.perSecond().size()))
        .figure("max", "the thread that did most", rates -> Units.rate(rates.max()));

    private ThreadRateTables() {
    }

    /** Of one run, a table for each role of which there are several threads. */
    static List<Table> of(Summary summary) {
        List<Table> tables = new ArrayList<>();
        roles().forEach((role, rates) -> {
            if (summary.strategies().anyMatch(strategy -> rates.apply(strategy).perSecond().size() > 1)) {
                tables.add(RATES.table("rates-" + role, "Operations per second of each " + word(role), ABOUT,
                    Layout.strategies(summary, strategy -> told(rates.apply(strategy)))));
            }
        });
        return tables;
    }

    /** Of runs with different numbers of threads, by that number. */
    static List<Table> of(RunSet runs) {
        List<Table> tables = new ArrayList<>();
        roles().forEach((role, rates) -> {
            Map<String, List<Layout.Row<ThreadRates>>> bySubject = new LinkedHashMap<>();
            for (Run run : runs.runs()) {
                for (PathSummary path : run.summary().paths()) {
                    for (StrategySummary strategy : path.all()) {
                        ThreadRates one = told(rates.apply(strategy));
                        if (one != null) {
                            bySubject.computeIfAbsent("path " + path.path() + ", host " + run.host(),
                                any -> new ArrayList<>()).add(new Layout.Row<>(strategy.info().name(), one));
                        }
                    }
                }
            }
            if (bySubject.values().stream().flatMap(List::stream)
                .map(row -> row.of().perSecond().size()).distinct().count() > 1) {
                tables.add(RATES.table("rates-by-" + role, "Operations per second by number of " + word(role) + "s",
                    ABOUT, bySubject.entrySet().stream().map(one -> new Layout.Group<>(one.getKey(),
                        one.getValue().stream().sorted(Comparator.comparing((Layout.Row<ThreadRates> row) -> row.name())
                            .thenComparing(row -> row.of().perSecond().size())).toList())).toList()));
            }
        });
        return tables;
    }

    private static Map<String, Function<StrategySummary, ThreadRates>> roles() {
        Map<String, Function<StrategySummary, ThreadRates>> roles = new LinkedHashMap<>();
        roles.put("handler", StrategySummary::handlerRates);
        roles.put("attach", StrategySummary::attachRates);
        return roles;
    }

    private static String word(String role) {
        return role.equals("attach") ? "attach thread" : role;
    }

    private static ThreadRates told(ThreadRates rates) {
        return rates.perSecond().isEmpty() ? null : rates;
    }
}
