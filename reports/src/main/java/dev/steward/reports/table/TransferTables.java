package dev.steward.reports.table;

import dev.steward.reports.statistics.Interval;
import dev.steward.reports.statistics.KendallTau;
import dev.steward.reports.statistics.LinearTransfer;
import dev.steward.reports.statistics.Ratio;
import dev.steward.reports.transfer.LoadTransfer;
import dev.steward.reports.transfer.LockRow;
import dev.steward.reports.transfer.Transfer;
import dev.steward.results.LockFigure;
import dev.steward.results.RunManifest;
import dev.steward.results.TransferResult;
import dev.steward.results.Units;
import dev.steward.results.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the same locks say of each other in a JVM and in C, and in the kernel where it was measured. */
public final class TransferTables {
    private static final List<String> FACTS = List.of(
        "cpu", "logical cpus", "virtualised", "os", "jvm", "compiler", "noise");
    private static final int MOST_REVERSED = 8;
    /** Beyond three times as much or a third of it a ratio says nothing. */
    private static final double MOST_UP = 2;
    private static final String UNKNOWN = "unknown";

    private TransferTables() {
    }

    /** {@return orders, figures, ratios, and the locks that C alone has} */
    public static List<Table> of(Transfer transfer) {
        List<Table> tables = new ArrayList<>(List.of(orders(transfer), figures(transfer), ratios(transfer)));
        if (transfer.loads().stream().flatMap(load -> load.rows().stream()).anyMatch(TransferTables::inOneWorld)) {
            tables.add(others(transfer));
        }
        return tables;
    }

    private static Table orders(Transfer transfer) {
        return new Layout<Order>("load")
            .figure("locks", "in both worlds, without the floors", order -> Units.exact(order.load.locks()))
            .figure("tau-b", "", order -> Double.isNaN(order.tau.tau()) ? Units.NONE
                : Wording.format("%.2f", order.tau.tau()))
            .figure("interval", "", order -> interval(order.tau))
            .figure("sure", "", order -> Units.exact(order.sure))
            .figure("reversed", "", order -> Units.exact(order.reversed.size()))
            .figure("inversions", "", order -> Units.exact(order.load.inversions().size()))
            .figure("line off", "", order -> order.linear == null ? Units.NONE
                : Units.wholeShare(order.linear.medianError()))
            .note(Wording.format("tau-b: Kendall's, 1 for the same order in JVM and C; 95 %% interval by bootstrap "
                + "over locks and repeats; noise lowers it. sure: pairs whose 95 %% intervals leave one order in "
                + "each world; reversed: those of them with the other order in C, by however little. inversions: "
                + "pairs that change places by more than %.0f %% either way, sure or not. line: C from JVM by a "
                + "straight line, fitted on a third of the locks; median relative error on the others.",
                100 * Transfer.TOLERANCE))
            .table("transfer-orders", "The order of the locks in JVM and C", "", transfer.loads().stream()
                .map(Order::of).toList(), order -> order.load.load());
    }

    /** What a row needs, computed once. */
    private record Order(
        LoadTransfer load, KendallTau tau, LinearTransfer linear, long sure, List<LoadTransfer.Inversion> reversed) {
        static Order of(LoadTransfer load) {
            return new Order(load, load.tau(), load.linear(), load.surePairs(), load.reversed());
        }
    }

    private static String interval(KendallTau tau) {
        Interval of = tau.interval();
        return of == null ? Units.NONE : Wording.format("%.2f..%.2f", of.low(), of.high());
    }

    private static Table figures(Transfer transfer) {
        Layout<LockRow> layout = new Layout<LockRow>("lock")
            .figure("C", "", row -> ns(row.c())).figure("JVM", "", row -> ns(row.jvm()));
        if (transfer.result().figures().stream().anyMatch(one -> one.world() == LockFigure.World.KERNEL)) {
            layout.figure("kernel", "", row -> ns(row.kernel()));
        }
        return layout.figure("beyond floor", "", row -> ratio(row.beyondFloor()))
            .note("One operation of one reader, with its 95 % interval over "
                + Wording.counted(transfer.result().generations(), "generation") + " of processes. beyond floor: JVM "
                + "over C once the floor, 'unguarded', is taken off both.")
            .table("transfer-figures", "What an operation takes", "", groups(transfer, row -> !inOneWorld(row)));
    }

    private static Table ratios(Transfer transfer) {
        return new Layout<LockRow>("lock")
            .figure("C/floor", "", row -> ratio(row.cByFloor())).figure("JVM/floor", "", row -> ratio(row.jvmByFloor()))
            .figure("C/mutex", "", row -> ratio(row.cByMutex())).figure("JVM/mutex", "", row -> ratio(row.jvmByMutex()))
            .note("+-: upper end of the 95 % interval; the lower one is as many times smaller. unknown: it is above "
                + Wording.format("+-%.0f%%.", 100 * MOST_UP))
            .table("transfer-ratios", "Times the floor and times the mutex", "",
                groups(transfer, row -> !inOneWorld(row)));
    }

    private static Table others(Transfer transfer) {
        return new Layout<LockRow>("lock")
            .words("world", "", row -> world(one(row))).figure("takes", "", row -> ns(one(row)))
            .table("transfer-others", "Locks of one world alone", "", groups(transfer, TransferTables::inOneWorld));
    }

    private static LockFigure one(LockRow row) {
        return row.c() != null ? row.c() : row.jvm() != null ? row.jvm() : row.kernel();
    }

    private static String world(LockFigure figure) {
        return switch (figure.world()) {
            case C -> "C";
            case JVM -> "JVM";
            case KERNEL -> "kernel";
        };
    }

    private static boolean inOneWorld(LockRow row) {
        return (row.c() == null ? 0 : 1) + (row.jvm() == null ? 0 : 1) + (row.kernel() == null ? 0 : 1) == 1;
    }

    private static List<Layout.Group<LockRow>> groups(Transfer transfer, Predicate<LockRow> which) {
        return transfer.loads().stream().map(load -> new Layout.Group<>(load.load(),
            load.rows().stream().filter(which).map(row -> new Layout.Row<>(row.name(), row)).toList()))
            .filter(group -> !group.rows().isEmpty()).toList();
    }

    private static String ns(LockFigure figure) {
        return figure == null ? Units.NONE : Amounts.compact(figure.ns(), figure.lowNs(), figure.highNs());
    }

    private static String ratio(Ratio ratio) {
        if (ratio == null) {
            return Units.NONE;
        }
        if (ratio.interval() == null) {
            return ratio(ratio.value());
        }
        double up = ratio.interval().high() / ratio.value() - 1;
        return up > MOST_UP ? UNKNOWN : ratio(ratio.value()) + Wording.format(" +-%.0f%%", 100 * up);
    }

    private static String ratio(double value) {
        return Double.isNaN(value) ? Units.NONE
            : String.format(Locale.ROOT, value >= 10 ? "%.0f" : value >= 1 ? "%.1f" : "%.2f", value);
    }

    /** {@return what stands before the tables: the machine, what was broken, what changes places, what is before} */
    public static List<String> sentences(Transfer transfer) {
        TransferResult result = transfer.result();
        Map<String, String> facts = result.environment().stream().collect(Collectors.toMap(
            RunManifest.EnvironmentEntry::key, RunManifest.EnvironmentEntry::value, (one, other) -> one,
            TreeMap::new));
        List<String> lines = new ArrayList<>();
        lines.add("Measured on: " + FACTS.stream().filter(facts::containsKey).map(fact -> fact + " " + facts.get(fact))
            .collect(Collectors.joining("; ")) + "; commit " + result.commit() + "; " + result.createdAt() + ".");
        if (!transfer.isWhole()) {
            lines.add("Interrupted after " + Wording.counted(result.generations(), "generation")
                + " of processes: it confirms no order, which takes " + TransferResult.FEWEST_GENERATIONS + ".");
        }
        lines.addAll(oracle(transfer));
        for (LoadTransfer load : transfer.loads()) {
            sameOrder(load).ifPresent(lines::add);
        }
        for (LoadTransfer load : transfer.loads()) {
            List<List<String>> classes = load.classes();
            if (classes.size() > 1) {
                lines.add(load.load() + ", surely faster in both worlds first: " + classes.stream()
                    .map(one -> String.join(", ", one)).collect(Collectors.joining(" < ")) + ".");
            }
        }
        result.missing().forEach(one ->
            lines.add("Not measured: " + one.world().named(one.lock()) + ": " + one.reason() + "."));
        return lines;
    }

    private static List<String> oracle(Transfer transfer) {
        TransferResult result = transfer.result();
        String blind = result.controls().stream().filter(one -> one.violations() == 0)
            .map(one -> one.world().named(one.lock())).collect(Collectors.joining(", "));
        Map<String, Long> broken = new TreeMap<>();
        transfer.violations()
            .forEach(one -> broken.merge(one.world().named(one.lock()), one.violations(), Long::sum));
        List<String> lines = new ArrayList<>();
        if (!blind.isEmpty()) {
            lines.add("The oracle did not catch what guards nothing: " + blind + ".");
        } else if (!result.controls().isEmpty()) {
            lines.add("Oracle: " + (broken.isEmpty() ? "no violation of any lock" : "violations of "
                + broken.entrySet().stream().map(one -> one.getKey() + ": " + one.getValue())
                    .collect(Collectors.joining(", "))) + "; what guards nothing was caught in each world.");
        }
        return lines;
    }

    /** Of an order that noise alone can turn round nothing is said. */
    private static Optional<String> sameOrder(LoadTransfer load) {
        long sure = load.surePairs();
        List<LoadTransfer.Inversion> reversed = load.reversed();
        return sure == 0 ? Optional.empty() : Optional.of(Wording.format(
            "%s: %d of the %s whose order is certain in both worlds keep it in C%s.", load.load(),
            sure - reversed.size(), Wording.counted(sure, "pair"), reversed.isEmpty() ? "" : some(reversed)));
    }

    private static String some(List<LoadTransfer.Inversion> reversed) {
        return ". Reversed, as the ratio of the two times: " + reversed.stream().limit(MOST_REVERSED)
            .map(one -> Wording.format(
                "%s/%s %.2f in the JVM, %.2f in C", one.slower(), one.faster(), one.jvm(), one.c()))
            .collect(Collectors.joining("; "))
            + (reversed.size() > MOST_REVERSED ? "; and " + (reversed.size() - MOST_REVERSED) + " more" : "");
    }
}
