package dev.steward.reports;

import dev.steward.reports.table.Layout;
import dev.steward.results.KernelResult;
import dev.steward.results.KernelResult.Bucket;
import dev.steward.results.KernelResult.Figure;
import dev.steward.results.KernelResult.Measurement;
import dev.steward.results.KernelResult.Run;
import dev.steward.results.Units;
import dev.steward.results.Wording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What the kernel module measured, for the terminal: a table for each run. */
public final class KernelText {
    private static final double P99 = 0.99;
    private static final double MS_PER_S = 1000;

    private KernelText() {
    }

    /** {@return the tables as printable ASCII in at most 72 columns, each line ended by a line feed} */
    public static String of(KernelResult result) {
        Map<Run, List<Measurement>> runs = new LinkedHashMap<>();
        result.measurements().forEach(one -> runs.computeIfAbsent(one.run(), run -> new ArrayList<>()).add(one));
        List<String> lines = new ArrayList<>();
        runs.forEach((run, locks) -> {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(TextTable.lines((run.closed() ? closed(run, locks) : open(run)).table(
                "kernel", title(run), about(run, locks), locks, Measurement::lock)));
            lines.add("");
            locks.stream().filter(Measurement::control).forEach(one -> lines.addAll(
                Ascii.wrap(control(one), "", "  ", TextTable.WIDTH)));
            if (run.checking()) {
                lines.addAll(Ascii.wrap("This kernel checks its locks or its memory: its figures mean nothing.", "",
                    "  ", TextTable.WIDTH));
            }
        });
        return String.join("\n", lines) + (lines.isEmpty() ? "" : "\n");
    }

    private static String title(Run run) {
        return "Run " + run.id() + ": Linux " + run.kernel() + " " + run.arch() + ", preemption " + run.preempt()
            + ", " + Wording.counted(run.cpus(), "CPU");
    }

    private static String about(Run run, List<Measurement> locks) {
        String attaches = run.attachThreads() == 0 ? "no attach thread"
            : Wording.counted(run.attachThreads(), "attach thread") + " "
                + (run.attachesPerSecond() == 0 ? "without a pause" : "at " + run.attachesPerSecond() + "/s each");
        return (run.closed() ? "Closed loop: " : "Open loop, times from the intended arrival: ")
            + Wording.counted(run.readers(), "reader")
            + (run.closed() ? "" : " at " + run.eventsPerSecond() + "/s each") + ", " + attaches + ", "
            + Wording.counted(run.entries(), "entry") + ", section " + Units.axis(run.sectionNs(), "ns")
            + ", " + Units.number(run.durationMs() / MS_PER_S) + " s for each lock. A clock read takes "
            + Units.duration(locks.stream().mapToLong(Measurement::clockNs).min().orElse(0)) + ".";
    }

    private static Layout<Measurement> open(Run run) {
        Layout<Measurement> layout = new Layout<Measurement>("lock");
        time(layout, "event", "reader", "event", Figure::meanNs);
        quantile(layout, "p99 <", "event");
        layout.figure("max", "", one -> largest(one, "event"));
        if (run.attachThreads() > 0) {
            time(layout, "attach", "attach", "attach", Figure::meanNs);
            quantile(layout, "p99 <", "attach");
        }
        return layout.figure("missed", "", one -> Units.count(one.missed()))
            .figure("violations", "", one -> Units.count(one.violations().total()))
            .note("event, attach: mean. p99 <: upper end of its power of two. missed: had not begun when time was up.");
    }

    private static Layout<Measurement> closed(Run run, List<Measurement> locks) {
        String what = run.sectionNs() > 0 ? "report" : "translate";
        Layout<Measurement> layout = new Layout<Measurement>("lock");
        time(layout, run.sectionNs() > 0 ? "report" : "look-up", "reader", what, Figure::meanNs);
        layout.figure("over floor", "", one -> overFloor(one, locks, what));
        time(layout, "fastest", "reader", what, Figure::minNs);
        if (run.attachThreads() > 0) {
            time(layout, "commit", "attach", "commit", Figure::meanNs);
            quantile(layout, "p99 <", "commit");
        }
        if (run.attachesPerSecond() > 0) {
            layout.figure("missed", "", one -> Units.count(one.missed()));
        }
        return layout.figure("violations", "", one -> Units.count(one.violations().total()))
            .note("Mean of a thread. over floor: beyond 'none', or 'none-pointer' for entries behind a pointer. "
                + "fastest: round of one thread.");
    }

    private static void time(
        Layout<Measurement> layout, String head, String role, String what, ToDoubleFunction<Figure> of) {
        layout.figure(head, "", one -> mean(one, role, what, of).map(Units::duration).orElse(Units.NONE));
    }

    private static Optional<Double> mean(Measurement one, String role, String what, ToDoubleFunction<Figure> of) {
        List<Figure> figures = figures(one, what).stream()
            .filter(figure -> figure.role().equals(role)).toList();
        return figures.isEmpty() ? Optional.empty()
            : Optional.of(figures.stream().mapToDouble(of).average().orElseThrow());
    }

    private static List<Figure> figures(Measurement one, String what) {
        return one.figures().stream().filter(figure -> figure.what().equals(what) && figure.values() > 0).toList();
    }

    private static String largest(Measurement one, String what) {
        return figures(one, what).stream().mapToDouble(Figure::maxNs).max().stream().mapToObj(Units::duration)
            .findFirst().orElse(Units.NONE);
    }

    private static void quantile(Layout<Measurement> layout, String head, String what) {
        layout.figure(head, "", one -> {
            List<Bucket> buckets = figures(one, what).stream().flatMap(figure -> figure.buckets().stream())
                .sorted(Comparator.comparingDouble(Bucket::belowNs)).toList();
            double below = buckets.stream().mapToLong(Bucket::values).sum() * P99;
            for (Bucket bucket : buckets) {
                below -= bucket.values();
                if (below <= 0) {
                    return Units.duration(bucket.belowNs());
                }
            }
            return Units.NONE;
        });
    }

    private static String overFloor(Measurement one, List<Measurement> locks, String what) {
        Optional<Double> floor = locks.stream().filter(other -> other.control() && other.pointer() == one.pointer())
            .findFirst().flatMap(control -> mean(control, "reader", what, Figure::meanNs));
        Optional<Double> ns = mean(one, "reader", what, Figure::meanNs);
        if (one.control() || floor.isEmpty() || ns.isEmpty()) {
            return Units.NONE;
        }
        double over = ns.get() - floor.get();
        return (over < 0 ? "-" : "+") + Units.duration(Math.abs(over));
    }

    private static String control(Measurement one) {
        return one.violations().total() > 0
            ? one.lock() + ", broken on purpose: caught, " + Wording.counted(one.violations().total(), "violation")
            : one.lock() + ", broken on purpose: not caught; under this load the zeros above prove nothing";
    }
}
