package dev.steward.reports.debate;

import dev.steward.reports.summary.OracleTotal;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.table.Table;
import dev.steward.reports.table.Units;
import dev.steward.results.CellRecord;
import dev.steward.results.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What the table of each question shows. */
final class Columns {
    private static final Column OK = new Column("ok", "valid cells of those planned",
        one -> one.valid() + "/" + one.planned());
    private static final Column EVENT = new Column("event", "median from the real start: look-up, lock, report",
        one -> middle(one, Tags.EVENT_ENQUEUE_RAW, 0.5));
    private static final Column EVENT_SPAN = new Column("(repeats)", "least and greatest of the repeats",
        one -> span(one, Tags.EVENT_ENQUEUE_RAW, 0.5));
    private static final Column EVENT_P99 = new Column("ev p99", "99th percentile from the real start",
        one -> middle(one, Tags.EVENT_ENQUEUE_RAW, 0.99));
    private static final Column LOCK = new Column("lock",
        "share of the lock's stages in a sampled event, all repeats together",
        one -> Units.share(one.stages().lockShare()));
    private static final Column COMMIT = new Column("commit", "median of the commit of an attach",
        one -> middle(one, Tags.ATTACH_COMMIT, 0.5));
    private static final Column COMMIT_P99 = new Column("c p99", "99th percentile of the commit",
        one -> middle(one, Tags.ATTACH_COMMIT, 0.99));
    private static final Column COMMIT_MAX = new Column("c max", "longest commit of all repeats",
        one -> Units.max(one.latency(Tags.ATTACH_COMMIT)));
    private static final Column COMMIT_SPAN = new Column("(repeats)", "least and greatest of the repeats",
        one -> span(one, Tags.ATTACH_COMMIT, 0.5));
    private static final Column ATTACH = new Column("attach", "median of a whole attach",
        one -> middle(one, Tags.ATTACH, 0.5));
    private static final Column ATTACH_P99 = new Column("a p99", "99th percentile of a whole attach",
        one -> middle(one, Tags.ATTACH, 0.99));
    private static final Column LOST = new Column("lost", "share of the events that met a full queue",
        Columns::lost);
    private static final Column BATCH = new Column("inv", "median of a batch of invalidations from the real start",
        one -> middle(one, Tags.INVALIDATE_RAW, 0.5));
    private static final Column BATCH_P99 = new Column("inv p99", "99th percentile of it",
        one -> middle(one, Tags.INVALIDATE_RAW, 0.99));
    private static final Column MEMORY = new Column("held", "most memory that waited to be freed",
        one -> one.totals() == null ? Units.NONE : Units.bytes(one.totals().guard().deferredPeakBytes()));
    private static final Column LATE = new Column("late", "events at the old vIOMMU although the attach had returned",
        one -> late(one));

    private static final List<Column> DESIGNS = List.of(OK, EVENT, EVENT_SPAN, LOCK, COMMIT, ATTACH);
    private static final Map<String, List<Column>> OF_TOPIC = Map.of(
        "1-designs", DESIGNS,
        "1-ring", DESIGNS,
        "2-load", List.of(OK, LOST, COMMIT, COMMIT_P99, COMMIT_MAX, ATTACH, ATTACH_P99),
        "3-scan", List.of(OK, EVENT, EVENT_SPAN, EVENT_P99, BATCH, BATCH_P99),
        "4-scope", List.of(OK, EVENT, COMMIT, COMMIT_SPAN, COMMIT_P99),
        "5-smmus", List.of(OK, EVENT, EVENT_SPAN, EVENT_P99, COMMIT, COMMIT_P99),
        "6-rcu", List.of(OK, EVENT, EVENT_SPAN, COMMIT, COMMIT_P99, MEMORY, LATE),
        "7-enough", List.of(OK, EVENT, COMMIT, COMMIT_SPAN, COMMIT_P99, ATTACH),
        "8-hazards", List.of(
            window("right"), window("W1"), window("W2"), window("W5"), window("OPS"), window("drop"), window("lost"),
            LATE));

    private Columns() {
    }

    /**
     * One column.
     *
     * @param head    short
     * @param meaning in words
     * @param print   of a strategy
     */
    record Column(String head, String meaning, Function<StrategySummary, String> print) {
    }

    /** The table of a topic: a group of rows for each point and path. */
    static Table table(Topic topic, Function<Topic.Point, String> where) {
        List<Column> columns = OF_TOPIC.getOrDefault(topic.name(), List.of(OK, EVENT, COMMIT, ATTACH));
        List<Table.Column> heads = new ArrayList<>(List.of(new Table.Column("design", "", false)));
        columns.forEach(column -> heads.add(new Table.Column(column.head(), column.meaning(), true)));
        List<Table.Group> groups = new ArrayList<>();
        for (Topic.Point point : topic.points()) {
            point.summary().paths().forEach(path -> {
                List<List<String>> rows = new ArrayList<>();
                path.all().forEach(one -> {
                    List<String> row = new ArrayList<>(List.of(one.info().name()));
                    columns.forEach(column -> row.add(column.print().apply(one)));
                    rows.add(row);
                });
                groups.add(new Table.Group(path.path() + ", " + where.apply(point), rows));
            });
        }
        return new Table(topic.name(), topic.question(), "", heads, groups, List.of());
    }

    /** What the heads mean, without repetition. */
    static List<String> meanings(Topic topic) {
        return OF_TOPIC.getOrDefault(topic.name(), List.of()).stream()
            .map(column -> column.head() + ": " + column.meaning()).distinct().toList();
    }

    private static String middle(StrategySummary one, String tag, double quantile) {
        return Span.of(one, tag, quantile).map(Span::middle).orElse(Units.NONE);
    }

    private static String span(StrategySummary one, String tag, double quantile) {
        return Span.of(one, tag, quantile)
            .map(span -> Units.duration(span.low()) + "-" + Units.duration(span.high())).orElse(Units.NONE);
    }

    private static String lost(StrategySummary one) {
        if (one.totals() == null) {
            return Units.NONE;
        }
        CellRecord.Ledger ledger = one.totals().ledger();
        return Units.share((double) (ledger.lostAtRing() + ledger.lostInVeventq()) / ledger.generated());
    }

    private static String late(StrategySummary one) {
        return one.oracles().stream().filter(oracle -> oracle.name().equals("after-attach-returned"))
            .mapToLong(OracleTotal::violations).boxed().findFirst().map(Units::count).orElse(Units.NONE);
    }

    private static Column window(String name) {
        return switch (name) {
            case "right" -> new Column(name, "events that went where the entry that caused them says",
                one -> one.deliveries() == null ? Units.NONE : Units.count(one.deliveries().right()));
            case "lost" -> new Column(name, "to nobody, over all windows", one -> one.deliveries() == null ? Units.NONE
                : Units.count(one.deliveries().windows().values().stream()
                    .mapToLong(CellRecord.WindowCount::lost).sum()));
            case "drop" -> new Column(name, "to nobody: pointer cleared while a domain was installed (OPS)",
                one -> one.deliveries() == null ? Units.NONE : Units.count(one.deliveries().of("OPS").lost()));
            case "OPS" -> new Column(name, "the same, vDEVICE ops and attach out of step",
                one -> one.deliveries() == null ? Units.NONE : astray(one, name));
            default -> new Column(name, "stale to the same guest + to another guest, window " + name,
                one -> one.deliveries() == null ? Units.NONE : astray(one, name));
        };
    }

    private static String astray(StrategySummary one, String window) {
        return Units.count(one.deliveries().of(window).staleSameGuest()) + "+"
            + Units.count(one.deliveries().of(window).crossGuest());
    }
}
