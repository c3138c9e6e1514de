package dev.steward.reports.table;

import dev.steward.reports.statistics.Scalability;
import dev.steward.reports.summary.RunSet;
import dev.steward.reports.summary.Scaling;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Table of the scalability law over numbers of threads. */
public final class ScalingTables {
    private static final MathContext DIGITS = new MathContext(3);
    private static final double SMALLEST_PLAIN = 1e-6;

    private ScalingTables() {
    }

    /**
     * The fits, what was refused, and what to be careful with.
     *
     * @param runs of a report, with results of other tools
     * @return none where nothing was measured with several numbers of threads
     */
    public static List<Table> of(RunSet runs) {
        List<Table.Group> groups = new ArrayList<>();
        Set<String> notes = new LinkedHashSet<>();
        List<Scaling> all = Scaling.of(runs);
        int coresOfRuns = runs.runs().stream().mapToInt(run -> run.summary().run().cores()).max().orElse(0);
        for (Scaling scaling : all) {
            groups.add(new Table.Group(scaling.subject() + "; " + scaling.points().size() + " repeats with "
                + scaling.counts().stream().map(count -> Integer.toString(count)).collect(Collectors.joining(", "))
                + " threads", rows(scaling)));
            notes.addAll(notes(scaling, coresOfRuns));
        }
        return all.isEmpty() ? List.of() : List.of(new Table("scaling", "Scalability law over numbers of threads",
            "X(n) = lambda n / (1 + sigma (n - 1) + kappa n (n - 1)), least squares over the repeats. X: operations "
                + "per second of all threads together while each is busy. Intervals: 95%, Student's t.",
            List.of(Table.Column.name("parameter"), Table.Column.figure("value", "of the fit"),
                Table.Column.figure("std error", "standard error"), Table.Column.figure("from", "lower end"),
                Table.Column.figure("to", "upper end")),
            groups, List.copyOf(notes)));
    }

    private static List<List<String>> rows(Scaling scaling) {
        Scalability fit = scaling.fit();
        if (fit == null) {
            return List.of(List.of("no fit", Units.NONE, Units.NONE, Units.NONE, Units.NONE));
        }
        return List.of(
            row("lambda, per second and thread", fit.lambda()),
            row("sigma, waiting in line", fit.sigma()),
            row("kappa, keeping one view", fit.kappa()),
            List.of("threads at the peak", peak(scaling), Units.NONE, Units.NONE, Units.NONE),
            List.of("R squared", number(fit.rSquared()), Units.NONE, Units.NONE, Units.NONE));
    }

    private static List<String> row(String name, Scalability.Parameter parameter) {
        return List.of(name, number(parameter.value()), number(parameter.error()),
            number(parameter.interval().low()), number(parameter.interval().high()));
    }

    private static String peak(Scaling scaling) {
        double peak = scaling.fit().peak();
        return Double.isInfinite(peak) ? "none" : number(Math.max(1, peak));
    }

    private static List<String> notes(Scaling scaling, int coresOfRuns) {
        List<String> notes = new ArrayList<>();
        int most = scaling.counts().get(scaling.counts().size() - 1);
        if (scaling.refusal() != null) {
            notes.add(scaling.subject() + ": " + scaling.refusal() + ".");
        } else if (scaling.fit().sigma().value() < 0 || scaling.fit().kappa().value() < 0) {
            notes.add(scaling.subject() + ": a parameter below 0, so the law does not describe these values.");
        } else if (scaling.fit().kappa().interval().contains(0)) {
            notes.add(scaling.subject() + ": kappa may be 0, so whether there is a peak is open.");
        } else if (scaling.fit().peak() > most) {
            notes.add(scaling.subject() + ": the peak lies beyond what was measured.");
        }
        if (scaling.cores() > 0 && most > scaling.cores()) {
            notes.add("! " + most + " threads on " + scaling.cores() + (scaling.cores() == 1 ? " core" : " cores")
                + ": what they wait for there is a core, which is not what the law is about. Trust no parameter.");
        } else if (scaling.cores() == 0) {
            notes.add("! A file of JMH does not say how many cores its machine had; the runs of this report had up to "
                + coresOfRuns + ". With more threads than cores the wait for a core is what is fitted.");
        }
        return notes;
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return Units.NONE;
        }
        return Math.abs(value) >= 1e4 ? Units.count(value)
            : Math.abs(value) < SMALLEST_PLAIN ? new BigDecimal(value).round(DIGITS).toString()
            : new BigDecimal(value).round(DIGITS).toPlainString();
    }
}
