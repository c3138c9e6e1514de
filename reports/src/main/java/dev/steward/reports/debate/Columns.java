package dev.steward.reports.debate;

import dev.steward.reports.summary.DeliveryTotals;
import dev.steward.reports.summary.GuardCost;
import dev.steward.reports.summary.OracleTotal;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.table.Layout;
import dev.steward.reports.table.Table;
import dev.steward.results.Units;
import dev.steward.results.CellRecord;
import dev.steward.results.Tags;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;

/**
 * The table of a question. Its file names the columns: a {@link Figure}, the same with {@code range} behind it, one of
 * the words below, or {@code window} and the name of one.
 */
final class Columns {
    private static final String RANGE = " range";
    private static final String WINDOW = "window ";

    private final Layout<Row> layout = new Layout<>("design");
    private final Set<String> meanings = new LinkedHashSet<>();

    private Columns() {
    }

    private record Row(Point point, String strategy) {
    }

    /** A group of rows for each point; beneath, what the heads mean. */
    static Table of(Topic topic) {
        Question question = topic.question();
        Columns columns = new Columns();
        question.answer().table().forEach(columns::add);
        columns.meanings.forEach(columns.layout::note);
        return columns.layout.table(question.name(), question.description(), "", topic.points().stream()
            .map(point -> new Layout.Group<>(point.where(), point.strategies().stream()
                .map(strategy -> new Layout.Row<>(strategy, new Row(point, strategy))).toList())).toList());
    }

    private void add(String name) {
        switch (name) {
            case "ok" -> ofStrategy("ok", "valid cells of those planned", one -> one.valid() + "/" + one.planned());
            case "lock" -> column("lock", "share of a sampled event's handling that the strategy takes beyond its "
                + "floor, middle of the repeats; a floor has neither lock nor tree; none without it in the run",
                row -> row.point.guardCost(row.strategy).map(GuardCost::share).map(Units::share).orElse(Units.NONE));
            case "lost" -> ofStrategy("lost", "share of the events that met a full queue", Columns::lost);
            case "commit max" -> ofStrategy("c max", "longest commit of all repeats",
                one -> one.latency(Tags.ATTACH_COMMIT).maxText());
            case "held" -> ofStrategy("held", "most memory that waited to be freed", one -> one.totals() == null
                ? Units.NONE : Units.bytes(one.totals().guard().deferredPeakBytes()));
            case "late" -> ofStrategy("late", "events at the old vIOMMU although the attach had returned",
                one -> one.oracles().stream().filter(oracle -> oracle.name().equals("after-attach-returned"))
                    .mapToLong(OracleTotal::violations).boxed().findFirst().map(Units::count).orElse(Units.NONE));
            case "right" -> ofDeliveries("right", "events that went where the entry that caused them says",
                totals -> Units.count(totals.right()));
            case "to nobody" -> ofDeliveries("nobody", "to nobody, over all windows", totals -> Units.count(
                totals.windows().values().stream().mapToLong(CellRecord.WindowCount::lost).sum()));
            default -> figureOrWindow(name);
        }
    }

    private void figureOrWindow(String name) {
        if (name.startsWith(WINDOW)) {
            String window = name.substring(WINDOW.length());
            ofDeliveries(window, "stale to the same guest + to another guest + to nobody, window " + window, totals ->
                Units.count(totals.of(window).staleSameGuest()) + "+" + Units.count(totals.of(window).crossGuest())
                    + "+" + Units.count(totals.of(window).lost()));
        } else if (name.endsWith(RANGE)) {
            Figure figure = Figure.of(name.substring(0, name.length() - RANGE.length()));
            column("(repeats)", "least and greatest of the repeats",
                row -> row.point.span(row.strategy, figure).map(Span::range).orElse(Units.NONE));
        } else {
            Figure figure = Figure.of(name);
            column(figure.head(), figure.meaning(),
                row -> row.point.span(row.strategy, figure).map(Span::middle).orElse(Units.NONE));
        }
    }

    private void column(String head, String meaning, Function<Row, String> print) {
        layout.figure(head, meaning, print);
        meanings.add(head + ": " + meaning);
    }

    private void ofStrategy(String head, String meaning, Function<StrategySummary, String> print) {
        column(head, meaning, row -> row.point.of(row.strategy).map(print).orElse(Units.NONE));
    }

    private void ofDeliveries(String head, String meaning, Function<DeliveryTotals, String> print) {
        ofStrategy(head, meaning, one -> one.deliveries() == null ? Units.NONE : print.apply(one.deliveries()));
    }

    private static String lost(StrategySummary one) {
        if (one.totals() == null) {
            return Units.NONE;
        }
        CellRecord.Ledger ledger = one.totals().ledger();
        return Units.share((double) (ledger.lostAtRing() + ledger.lostInVeventq()) / ledger.generated());
    }
}
