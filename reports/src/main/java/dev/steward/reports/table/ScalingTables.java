package dev.steward.reports.table;

import dev.steward.reports.statistics.Interval;
import dev.steward.reports.statistics.Scalability;
import dev.steward.reports.summary.RunSet;
import dev.steward.reports.summary.Scaling;
import dev.steward.results.Units;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Throughput over numbers of threads, and the scalability law where it can be believed. */
final class ScalingTables {
    private static final MathContext DIGITS = new MathContext(3);
    private static final double SMALLEST_PLAIN = 1e-6;

    private ScalingTables() {
    }

    /** The points, the fits, what was refused, and what to be careful with; none with one number of threads. */
    static List<Table> of(RunSet runs) {
        List<Scaling> all = Scaling.of(runs);
        if (all.isEmpty()) {
            return List.of();
        }
        List<Scaling> fitted = all.stream().filter(scaling -> scaling.fit() != null).toList();
        List<Table> tables = new ArrayList<>(List.of(points(all, runs)));
        if (!fitted.isEmpty()) {
            tables.add(fits(fitted));
        }
        return tables;
    }

    private static Table points(List<Scaling> all, RunSet runs) {
        Layout<Scaling> layout = new Layout<>("threads");
        all.stream().flatMap(scaling -> scaling.counts().stream()).distinct().sorted().forEach(count ->
            layout.figure(Integer.toString(count), "with so many threads", scaling -> scaling.counts().contains(count)
                ? Units.rate(scaling.medianPerSecond(count)) : Units.NONE));
        Set<String> notes = new LinkedHashSet<>();
        int coresOfRuns = runs.runs().stream().mapToInt(run -> run.summary().run().cores()).max().orElse(0);
        all.forEach(scaling -> notes.addAll(notes(scaling, coresOfRuns)));
        notes.forEach(layout::note);
        return layout.table("scaling-points", "Throughput over numbers of threads",
            "Operations per second of all threads together while each is busy; median of the repeats.", all,
            Scaling::subject);
    }

    private static Table fits(List<Scaling> fitted) {
        return new Layout<Scalability.Parameter>("parameter")
            .figure("value", "of the fit", parameter -> number(parameter.value()))
            .figure("std error", "standard error", parameter -> number(parameter.error()))
            .figure("from", "lower end", parameter -> number(parameter.interval().low()))
            .figure("to", "upper end", parameter -> number(parameter.interval().high()))
            .table("scaling", "Scalability law over numbers of threads",
                "X(n) = lambda n / (1 + sigma (n - 1) + kappa n (n - 1)), least squares over the repeats. X: "
                    + "throughput. Intervals: 95%, Student's t.",
                fitted.stream().map(scaling -> new Layout.Group<>(scaling.subject() + "; " + scaling.points().size()
                    + " repeats with " + scaling.counts().stream().map(count -> Integer.toString(count))
                        .collect(Collectors.joining(", ")) + " threads", rows(scaling.fit()))).toList());
    }

    private static List<Layout.Row<Scalability.Parameter>> rows(Scalability fit) {
        return List.of(
            new Layout.Row<>("lambda, per second and thread", fit.lambda()),
            new Layout.Row<>("sigma, contention", fit.sigma()),
            new Layout.Row<>("kappa, coherency", fit.kappa()),
            new Layout.Row<>("threads at the peak", alone(Math.max(1, fit.peak()))),
            new Layout.Row<>("R squared", alone(fit.rSquared())));
    }

    /** A figure that has neither an error nor an interval. */
    private static Scalability.Parameter alone(double value) {
        return new Scalability.Parameter(value, Double.NaN, new Interval(Double.NaN, Double.NaN, Double.NaN));
    }

    private static List<String> notes(Scaling scaling, int coresOfRuns) {
        List<String> notes = new ArrayList<>();
        int most = scaling.counts().get(scaling.counts().size() - 1);
        if (scaling.refusal() != null) {
            notes.add(scaling.subject() + ": no fit, since " + scaling.refusal() + ".");
        } else if (scaling.fit().kappa().interval().contains(0)) {
            notes.add(scaling.subject() + ": kappa may be 0, so whether there is a peak is open.");
        } else if (scaling.fit().peak() > most) {
            notes.add(scaling.subject() + ": the peak lies beyond what was measured.");
        }
        if (scaling.cores() == 0) {
            notes.add("! A file of JMH does not say how many cores its machine had; the runs of this report had up to "
                + coresOfRuns + ". With more threads than cores the wait for a core is what is fitted.");
        }
        return notes;
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return Units.NONE;
        }
        if (Double.isInfinite(value)) {
            return "none";
        }
        return Math.abs(value) >= 1e4 ? Units.count(value)
            : Math.abs(value) < SMALLEST_PLAIN ? new BigDecimal(value).round(DIGITS).toString()
            : new BigDecimal(value).round(DIGITS).toPlainString();
    }
}
