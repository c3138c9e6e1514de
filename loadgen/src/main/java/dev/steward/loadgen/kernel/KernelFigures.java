package dev.steward.loadgen.kernel;

import dev.steward.loadgen.transfer.Load;
import dev.steward.results.KernelResult;
import dev.steward.results.KernelResult.Figure;
import dev.steward.results.KernelResult.Measurement;
import dev.steward.results.LockFigure;
import dev.steward.results.LockFigure.Workload;
import dev.steward.results.LockFigure.World;
import dev.steward.results.Median;
import dev.steward.results.TransferResult.Control;
import dev.steward.results.TransferResult.Missing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Figures of the module in the form in which those of the JVM and of C stand beside them: its closed loop without a
 * section is the workload of {@code TranslateBenchmark} and {@code ChurnBenchmark}. Immutable.
 *
 * @param figures  one for each lock under each load; the runs of a log are its repeats
 * @param used     what they are made of
 * @param missing  locks that have none, each reason once
 * @param controls locks that are broken on purpose, with all violations of the log; those of runs alone in which they
 *                 were caught or should have been
 */
public record KernelFigures(
    List<LockFigure> figures, List<Measurement> used, List<Missing> missing, List<Control> controls) {
    private static final String REAL_TIME = "rt";

    /** Copies the lists. */
    public KernelFigures {
        figures = List.copyOf(figures);
        used = List.copyOf(used);
        missing = List.copyOf(missing);
        controls = List.copyOf(controls);
    }

    /** Takes them from a log. */
    public static KernelFigures of(KernelResult result) {
        List<Measurement> used = result.measurements().stream().filter(one -> reasonAgainst(one) == null).toList();
        Map<Sameness, List<Measurement>> repeats = new LinkedHashMap<>();
        used.forEach(one -> repeats.computeIfAbsent(Sameness.of(one), same -> new ArrayList<>()).add(one));
        Map<String, Long> controls = new LinkedHashMap<>();
        result.measurements().stream().filter(KernelFigures::isControl)
            .forEach(one -> controls.merge(one.lock(), one.violations().total(), Long::sum));
        return new KernelFigures(
            repeats.entrySet().stream().map(one -> figure(one.getKey(), one.getValue())).toList(), used,
            result.measurements().stream().filter(one -> reasonAgainst(one) != null
                && used.stream().noneMatch(other -> other.lock().equals(one.lock())))
                .map(one -> new Missing(World.KERNEL, one.lock(), reasonAgainst(one))).distinct().toList(),
            controls.entrySet().stream().map(one -> new Control(World.KERNEL, one.getKey(), one.getValue())).toList());
    }

    /** Without attaches, or where they seldom meet a look-up, nothing need be caught, and nothing is proven by that. */
    private static boolean isControl(Measurement one) {
        boolean due = one.run().attachThreads() > 0 && one.run().attachesPerSecond() == 0 && one.run().entries() == 1;
        return one.control() && (due || one.violations().total() > 0);
    }

    private static String reasonAgainst(Measurement one) {
        if (one.run().checking()) {
            return "this kernel checks its locks or its memory: its figures mean nothing";
        }
        if (!one.run().closed()) {
            return "open loop: the benchmarks have no intended arrivals";
        }
        if (one.run().sectionNs() > 0) {
            return "section of " + one.run().sectionNs() + " ns: the benchmarks have none";
        }
        if (one.run().attachThreads() > 0 && one.run().attachesPerSecond() == 0) {
            return "attaches without a pause: not a rate of the benchmarks";
        }
        if (one.run().entries() != Load.ENTRIES) {
            return "table of " + one.run().entries() + " entries: that of the benchmarks has " + Load.ENTRIES;
        }
        return one.figures().stream().anyMatch(figure -> isTranslate(figure) && figure.values() == 0)
            ? "a reader finished no round: the run was too short" : null;
    }

    private static boolean isTranslate(Figure figure) {
        return figure.what().equals("translate");
    }

    private static LockFigure figure(Sameness load, List<Measurement> repeats) {
        double[] ns = repeats.stream().mapToDouble(KernelFigures::meanNs).toArray();
        return new LockFigure(World.KERNEL, load.lock, strategy(load.lock, load.realTime), Workload.TRANSLATE,
            load.readers, load.writers, (double) load.writers * load.attachesPerSecond, Median.of(ns), null, null,
            Arrays.stream(ns).boxed().toList(),
            repeats.stream().mapToLong(one -> one.violations().total()).sum());
    }

    /** As the benchmarks give it: of one reader, all readers counting the same. */
    private static double meanNs(Measurement one) {
        return one.figures().stream().filter(KernelFigures::isTranslate).mapToDouble(Figure::meanNs).average()
            .orElseThrow();
    }

    /** The strategy that models it; under PREEMPT_RT most locks are an rt_mutex, which no strategy is. */
    private static String strategy(String lock, boolean realTime) {
        return switch (lock) {
            case "none" -> "unguarded";
            case "none-pointer" -> "unguarded-pointer";
            case "mutex" -> realTime ? null : "mutex";
            case "rwsem" -> realTime ? null : "rwsem";
            case "rwlock" -> realTime ? null : "rwlock-spin";
            case "spinlock" -> realTime ? null : "mcs";
            case "percpu-rwsem" -> "percpu-rwsem";
            case "seqlock" -> "seqlock";
            case "srcu" -> "rcu-entry:srcu";
            case "rcu-sync" -> "rcu-entry";
            case "rcu-call" -> "rcu-entry:ebr:deferred";
            default -> null;
        };
    }

    /** What repeats have in common. */
    private record Sameness(
        String lock, String kernel, boolean realTime, int readers, int writers, int attachesPerSecond) {
        static Sameness of(Measurement one) {
            return new Sameness(one.lock(), one.run().kernel(), one.run().preempt().equals(REAL_TIME),
                one.run().readers(), one.run().attachThreads(),
                one.run().attachThreads() == 0 ? 0 : one.run().attachesPerSecond());
        }
    }
}
