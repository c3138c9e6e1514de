package dev.steward.reports.debate;

import dev.steward.reports.summary.DeliveryTotals;
import dev.steward.reports.summary.OracleTotal;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.table.Table;
import dev.steward.results.Units;
import dev.steward.results.CellRecord;
import dev.steward.results.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The table of a question. Its file names the columns: a {@link Figure}, the same with {@code range} behind it, one of
 * the words below, or {@code window} and the name of one.
 */
final class Columns {
    private static final String RANGE = " range";
    private static final String WINDOW = "window ";

    private Columns() {
    }

    private record Column(String head, String meaning, BiFunction<Point, String, String> print) {
        static Column of(String head, String meaning, Function<StrategySummary, String> print) {
            return new Column(
                head, meaning, (point, strategy) -> point.of(strategy).map(print).orElse(Units.NONE));
        }

        static Column delivered(String head, String meaning, Function<DeliveryTotals, String> print) {
            return of(head, meaning, one -> one.deliveries() == null ? Units.NONE : print.apply(one.deliveries()));
        }
    }

    private static Column column(String name) {
        return switch (name) {
            case "ok" -> Column.of("ok", "valid cells of those planned", one -> one.valid() + "/" + one.planned());
            case "lock" -> Column.of("lock", "share of the lock's stages in a sampled event, all repeats together",
                one -> Units.share(one.stages().lockShare()));
            case "lost" -> Column.of("lost", "share of the events that met a full queue", Columns::lost);
            case "commit max" -> Column.of("c max", "longest commit of all repeats",
                one -> one.latency(Tags.ATTACH_COMMIT).maxText());
            case "held" -> Column.of("held", "most memory that waited to be freed", one -> one.totals() == null
                ? Units.NONE : Units.bytes(one.totals().guard().deferredPeakBytes()));
            case "late" -> Column.of("late", "events at the old vIOMMU although the attach had returned",
                one -> one.oracles().stream().filter(oracle -> oracle.name().equals("after-attach-returned"))
                    .mapToLong(OracleTotal::violations).boxed().findFirst().map(Units::count).orElse(Units.NONE));
            case "right" -> Column.delivered("right", "events that went where the entry that caused them says",
                totals -> Units.count(totals.right()));
            case "to nobody" -> Column.delivered("nobody", "to nobody, over all windows", totals -> Units.count(
                totals.windows().values().stream().mapToLong(CellRecord.WindowCount::lost).sum()));
            default -> name.startsWith(WINDOW) ? window(name.substring(WINDOW.length())) : figure(name);
        };
    }

    private static Column window(String name) {
        return Column.delivered(name, "stale to the same guest + to another guest + to nobody, window " + name,
            totals -> Units.count(totals.of(name).staleSameGuest()) + "+" + Units.count(totals.of(name).crossGuest())
                + "+" + Units.count(totals.of(name).lost()));
    }

    private static Column figure(String name) {
        if (name.endsWith(RANGE)) {
            Figure figure = Figure.of(name.substring(0, name.length() - RANGE.length()));
            return new Column("(repeats)", "least and greatest of the repeats", (point, strategy) ->
                point.span(strategy, figure).map(Span::range).orElse(Units.NONE));
        }
        Figure figure = Figure.of(name);
        return new Column(figure.head(), figure.meaning(), (point, strategy) ->
            point.span(strategy, figure).map(Span::middle).orElse(Units.NONE));
    }

    private static String lost(StrategySummary one) {
        if (one.totals() == null) {
            return Units.NONE;
        }
        CellRecord.Ledger ledger = one.totals().ledger();
        return Units.share((double) (ledger.lostAtRing() + ledger.lostInVeventq()) / ledger.generated());
    }

    /** A group of rows for each point; beneath, what the heads mean. */
    static Table of(Topic topic) {
        Question question = topic.question();
        List<Column> columns = question.answer().table().stream().map(Columns::column).toList();
        List<Table.Column> heads = new ArrayList<>(List.of(new Table.Column("design", "", false)));
        columns.forEach(column -> heads.add(new Table.Column(column.head(), column.meaning(), true)));
        List<Table.Group> groups = topic.points().stream().map(point -> new Table.Group(point.where(),
            point.strategies().stream().map(strategy -> {
                List<String> row = new ArrayList<>(List.of(strategy));
                columns.forEach(column -> row.add(column.print().apply(point, strategy)));
                return row;
            }).map(List::copyOf).toList())).toList();
        return new Table(question.name(), question.description(), "", heads, groups,
            columns.stream().map(column -> column.head() + ": " + column.meaning()).distinct().toList());
    }
}
