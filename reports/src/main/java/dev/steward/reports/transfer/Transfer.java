package dev.steward.reports.transfer;

import dev.steward.reports.statistics.Ratio;
import dev.steward.results.LockFigure;
import dev.steward.results.LockFigure.Workload;
import dev.steward.results.LockFigure.World;
import dev.steward.results.RunManifest.StrategyInfo;
import dev.steward.results.TransferResult;
import dev.steward.results.Wording;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A measured transfer, judged: orders, ratios, what is confirmed. Immutable. */
public final class Transfer {
    /** Two locks closer than this have no order. */
    public static final double TOLERANCE = 0.05;
    /** The words beside a lock whose order C does not confirm. */
    public static final String JVM_ONLY = "JVM only";

    /** Confirms nothing. */
    public static final Transfer NONE = new Transfer(new TransferResult(TransferResult.FORMAT, TransferResult.VERSION,
        "", "", "", "", 0, List.of(), 1, 1, 0, 0, List.of(), List.of(), List.of()), List.of());

    /** Of every interval. */
    static final double LEVEL = 0.95;

    private static final String FLOOR = "unguarded";
    static final Set<String> FLOORS = Set.of(FLOOR, "unguarded-pointer");
    private static final String MUTEX = "mutex";
    /** Less than this beyond the floor is noise. */
    private static final double LEAST_NS = 1;

    private final TransferResult result;
    private final List<LoadTransfer> loads;

    private Transfer(TransferResult result, List<LoadTransfer> loads) {
        this.result = result;
        this.loads = List.copyOf(loads);
    }

    /** Judges a result. */
    public static Transfer of(TransferResult result) {
        Map<List<Object>, List<LockFigure>> byLoad = new LinkedHashMap<>();
        for (LockFigure figure : result.figures()) {
            byLoad.computeIfAbsent(List.of(figure.workload(), figure.readers(), figure.writers(),
                figure.writesPerSecond()), any -> new ArrayList<>()).add(figure);
        }
        return new Transfer(result, byLoad.values().stream().map(Transfer::load).toList());
    }

    /** {@return whether it has the generations that orders need: it was not interrupted before} */
    public boolean isWhole() {
        return isWhole(result);
    }

    static boolean isWhole(TransferResult result) {
        return result.generations() >= TransferResult.FEWEST_GENERATIONS;
    }

    /** {@return the result, each figure with the interval of its repeats, if it has none and they give one} */
    public static TransferResult withIntervals(TransferResult result) {
        return result.withFigures(result.figures().stream().map(figure -> {
            Ratio of = Ratio.of(values(figure), LEVEL);
            return figure.lowNs() != null || of.interval() == null ? figure
                : figure.withInterval(of.interval().low(), of.interval().high());
        }).toList());
    }

    static double[] values(LockFigure figure) {
        return figure.repeatsNs().stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static LoadTransfer load(List<LockFigure> figures) {
        Map<String, Map<World, LockFigure>> byName = new LinkedHashMap<>();
        for (LockFigure figure : figures) {
            String name = figure.strategy() == null ? figure.lock() : figure.strategy();
            byName.computeIfAbsent(name, any -> new LinkedHashMap<>()).put(figure.world(), figure);
        }
        Map<World, LockFigure> floors = byName.getOrDefault(FLOOR, Map.of());
        Map<World, LockFigure> mutexes = byName.getOrDefault(MUTEX, Map.of());
        List<LockRow> rows = new ArrayList<>();
        byName.forEach((name, worlds) -> rows.add(row(name, worlds, floors, mutexes)));
        rows.sort(Comparator.comparing((LockRow row) -> !FLOORS.contains(row.name()))
            .thenComparing(row -> row.jvm() == null));
        return LoadTransfer.of(words(figures.get(0)), rows);
    }

    private static String words(LockFigure figure) {
        return Wording.counted(figure.readers(), "reader")
            + (figure.workload() == Workload.REPORT ? (figure.readers() == 1 ? " that reports" : " that report") : "")
            + (figure.writers() == 0 ? "" : Wording.format(" beside %s at %.0f/s",
                Wording.counted(figure.writers(), "writer"), figure.writesPerSecond()));
    }

    private static LockRow row(
        String name, Map<World, LockFigure> of, Map<World, LockFigure> floors, Map<World, LockFigure> mutexes) {
        return new LockRow(name, of.get(World.C), of.get(World.JVM), of.get(World.KERNEL),
            ratio(of.get(World.C), floors.get(World.C)), ratio(of.get(World.JVM), floors.get(World.JVM)),
            ratio(of.get(World.C), mutexes.get(World.C)), ratio(of.get(World.JVM), mutexes.get(World.JVM)),
            beyond(of.get(World.JVM), floors.get(World.JVM)) / beyond(of.get(World.C), floors.get(World.C)));
    }

    private static Ratio ratio(LockFigure ours, LockFigure theirs) {
        return ours == null || theirs == null ? null : Ratio.of(values(ours), values(theirs), LEVEL);
    }

    private static double beyond(LockFigure figure, LockFigure floor) {
        double ns = figure == null || floor == null ? 0 : figure.ns() - floor.ns();
        return ns < LEAST_NS ? Double.NaN : ns;
    }

    /** {@return a name, with the mark behind it if it is one of those; the build of two is no part of it} */
    public static String marked(String name, Set<String> jvmOnly) {
        return jvmOnly.contains(name.replace(StrategyInfo.AGAINST, "")) ? name + " (" + JVM_ONLY + ")" : name;
    }

    /** {@return the unconfirmed of the ranked in a sentence; empty without any, or if fewer than two are ranked} */
    public Optional<String> jvmOnlySentence(Collection<String> ranked) {
        Set<String> unconfirmed = ranked.size() < 2 ? Set.of() : jvmOnly(ranked);
        return unconfirmed.isEmpty() ? Optional.empty() : Optional.of(JVM_ONLY + ": " + String.join(", ", unconfirmed)
            + ". The same locks in C do not confirm their order (docs/trust.md).");
    }

    /** {@return whether a lock let a torn snapshot pass, or what guards nothing was not caught} */
    public boolean broken() {
        return result.controls().stream().anyMatch(one -> one.violations() == 0) || !violations().isEmpty();
    }

    /** {@return figures of locks, not of floors, that have violations} */
    public List<LockFigure> violations() {
        return result.figures().stream().filter(one -> one.violations() > 0 && result.controls().stream()
            .noneMatch(control -> control.world() == one.world() && control.lock().equals(one.lock()))).toList();
    }

    /** {@return what was measured} */
    public TransferResult result() {
        return result;
    }

    /** {@return each load, in the order of the result} */
    public List<LoadTransfer> loads() {
        return loads;
    }

    /**
     * Which of the ranked have an order among themselves that nobody has confirmed: those that were not measured in
     * both worlds, and those that change places in C with another of the ranked, under any load.
     *
     * @param ranked names; floors have no rank
     * @return in the order of the alphabet
     */
    public Set<String> jvmOnly(Collection<String> ranked) {
        Set<String> all = new LinkedHashSet<>(ranked);
        all.removeAll(FLOORS);
        Set<String> unconfirmed = new TreeSet<>(all);
        for (LoadTransfer load : loads) {
            load.rows().stream().filter(LockRow::inBoth).map(LockRow::name).forEach(unconfirmed::remove);
        }
        for (LoadTransfer load : loads) {
            for (LoadTransfer.Inversion inversion : load.inversions()) {
                if (all.contains(inversion.faster()) && all.contains(inversion.slower())) {
                    unconfirmed.add(inversion.faster());
                    unconfirmed.add(inversion.slower());
                }
            }
        }
        return unconfirmed;
    }
}
