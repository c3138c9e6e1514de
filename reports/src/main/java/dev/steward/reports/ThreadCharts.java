package dev.steward.reports;

import dev.steward.reports.summary.RunSet;
import dev.steward.reports.summary.Scaling;
import dev.steward.reports.table.Layout;
import dev.steward.results.Units;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Draws throughput over numbers of threads, whether the scalability law describes it or not. */
final class ThreadCharts {
    private static final String JMH = "JMH ";

    private ThreadCharts() {
    }

    /** {@return one chart for what is measured in one way: a curve for each strategy, or for each JMH benchmark} */
    static List<Chart> of(RunSet runs) {
        Map<String, Map<String, Scaling>> byTitle = new LinkedHashMap<>();
        for (Scaling scaling : Scaling.of(runs)) {
            String subject = scaling.subject();
            int name = subject.indexOf(", ");
            boolean jmh = subject.startsWith(JMH) || name < 0;
            byTitle.computeIfAbsent(jmh ? "Benchmarks of JMH" : subject.substring(name + 2),
                any -> new LinkedHashMap<>()).put(jmh ? subject.replaceFirst(JMH, "") : subject.substring(0, name),
                    scaling);
        }
        List<Chart> charts = new ArrayList<>();
        byTitle.forEach((title, curves) -> charts.add(chart("threads-" + charts.size(), title, curves)));
        return charts;
    }

    private static Chart chart(String id, String title, Map<String, Scaling> curves) {
        List<Chart.Series> series = new ArrayList<>();
        curves.forEach((name, scaling) -> series.add(new Chart.Series(name, series.size(), scaling.counts().stream()
            .map(count -> new double[] {count, scaling.medianPerSecond(count)}).toList())));
        TreeSet<Integer> counts = curves.values().stream().flatMap(scaling -> scaling.counts().stream())
            .collect(Collectors.toCollection(TreeSet::new));
        Layout<String> layout = new Layout<>("threads");
        counts.forEach(count -> layout.figure(count.toString(), "", name -> curves.get(name).counts().contains(count)
            ? Units.rate(curves.get(name).medianPerSecond(count)) : Units.NONE));
        return new Chart(id, "threads", title, "Operations per second of all threads together; median of the repeats.",
            List.of(), series, layout.table(id + "-figures", title, "", curves.keySet(), Function.identity()));
    }
}
