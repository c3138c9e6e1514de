package dev.steward.reports.table;

import dev.steward.reports.summary.Latency;
import dev.steward.reports.summary.LoadRate;
import dev.steward.reports.summary.RepeatRange;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.results.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tables of how long events and attach operations took. */
public final class LatencyTables {
    private static final Table.Column STRATEGY = Table.Column.name("strategy");
    private static final Table.Column P50 = Table.Column.figure("p50", "median");
    private static final Table.Column P99 = Table.Column.figure("p99", "99 of 100 were not slower");
    private static final Table.Column P999 = Table.Column.figure("p99.9", "999 of 1000 were not slower");
    private static final Table.Column MAX = Table.Column.figure("max", "largest; shows the host as much as the lock");
    private static final Table.Column OK = Table.Column.figure("ok", "valid cells of planned ones");

    private LatencyTables() {
    }

    /**
     * Events until they stand in the vEVENTQ.
     *
     * @param summary of the run
     * @return the main table of a report
     */
    public static Table events(Summary summary) {
        return loaded(summary, "events", "Fault events: intended arrival until in the vEVENTQ", LoadRate.STORM,
            Tags.EVENT_ENQUEUE, Table.Column.figure("raw p50", "median from the real start"),
            Tags.EVENT_ENQUEUE_RAW,
            "raw p50: from the real start, without the lateness of the generator. events/s: all that were generated; "
                + "those that no guest gets (ledger) have no latency here.");
    }

    /**
     * Attach operations.
     *
     * @param summary of the run
     * @return the table
     */
    public static Table attaches(Summary summary) {
        return loaded(summary, "attaches", "Attach: intended start until it returned", LoadRate.CHURN,
            Tags.ATTACH, Table.Column.figure("commit", "median of the strategy's commit alone"), Tags.ATTACH_COMMIT,
            "commit: median of the strategy's part alone. The whole attach also holds the lateness of its thread's "
                + "wake-up and the objects that the guest makes and destroys.");
    }

    private static Table loaded(
        Summary summary, String id, String title, String load,
        String tag, Table.Column extra, String extraTag, String note) {
        return new Table(id, title, "Histogram tag " + tag + ", all valid repeats added up. " + offered(summary, load),
            List.of(STRATEGY, OK,
                Table.Column.figure(load.equals(LoadRate.STORM) ? "events/s" : "attach/s", "achieved rate"),
                P50, P99, P999, MAX, extra),
            Groups.of(summary, strategy -> {
                LoadRate rate = rateOf(strategy, load);
                List<String> row = new ArrayList<>(List.of(strategy.info().name(),
                    strategy.valid() + "/" + strategy.planned(),
                    rate == null ? Units.NONE : Units.rate(rate.achievedPerSecond())));
                row.addAll(figures(strategy.latency(tag)));
                row.add(Units.quantile(strategy.latency(extraTag).p50()));
                return row;
            }),
            List.of(note));
    }

    /**
     * Events until the VMM has read them.
     *
     * @param summary of the run
     * @return the table
     */
    public static Table reads(Summary summary) {
        return new Table("reads", "Fault events: intended arrival until read by the VMM",
            "Histogram tag " + Tags.EVENT_READ + ", all valid repeats added up.",
            List.of(STRATEGY, Table.Column.figure("events", "recorded"), P50, P99, P999, MAX),
            Groups.of(summary, strategy -> {
                Latency latency = strategy.latency(Tags.EVENT_READ);
                List<String> row = new ArrayList<>(
                    List.of(strategy.info().name(), Units.count(latency.count())));
                row.addAll(figures(latency));
                return row;
            }),
            List.of());
    }

    /**
     * The parts of an attach that belong to the strategy: its commit and its grace periods.
     *
     * @param summary of the run
     * @return the table
     */
    public static Table commits(Summary summary) {
        return new Table("commits", "Attach: the strategy's commit, and its grace periods",
            "Histogram tags " + Tags.ATTACH_COMMIT + " (within the attach) and " + Tags.GRACE
                + " (publication until the last old reader has left).",
            List.of(STRATEGY, Table.Column.figure("commit p50", "median commit"),
                Table.Column.figure("p99", "99th percentile of commits"),
                Table.Column.figure("graces", "grace periods recorded"),
                Table.Column.figure("grace p50", "median grace period"),
                Table.Column.figure("p99", "99th percentile of grace periods"),
                Table.Column.figure("max", "longest grace period")),
            Groups.of(summary, strategy -> {
                Latency commit = strategy.latency(Tags.ATTACH_COMMIT);
                Latency grace = strategy.latency(Tags.GRACE);
                return List.of(strategy.info().name(), Units.quantile(commit.p50()), Units.quantile(commit.p99()),
                    grace.count() == 0 ? Units.NONE : Units.count(grace.count()), Units.quantile(grace.p50()),
                    Units.quantile(grace.p99()), Units.max(grace));
            }),
            List.of());
    }

    /**
     * The p99 from the intended start beside the p99 from the real start.
     *
     * @param summary of the run
     * @return the table
     */
    public static Table intendedAndRaw(Summary summary) {
        return new Table("raw", "p99 from the intended start beside p99 from the real start",
            "Where 'raw' is much smaller, arrivals had to wait before they began; a tool that times from the real "
                + "start would have hidden that.",
            List.of(STRATEGY, Table.Column.figure("enqueue", "event in the vEVENTQ, intended"),
                Table.Column.figure("raw", "event in the vEVENTQ, from the real start"),
                Table.Column.figure("read", "event read by the VMM, intended"),
                Table.Column.figure("raw", "event read by the VMM, from the real start"),
                Table.Column.figure("attach", "attach, intended"),
                Table.Column.figure("raw", "attach, from the real start")),
            Groups.of(summary, strategy -> {
                List<String> row = new ArrayList<>(List.of(strategy.info().name()));
                for (String tag : List.of(Tags.EVENT_ENQUEUE, Tags.EVENT_ENQUEUE_RAW, Tags.EVENT_READ,
                    Tags.EVENT_READ_RAW, Tags.ATTACH, Tags.ATTACH_RAW)) {
                    row.add(Units.quantile(strategy.latency(tag).p99()));
                }
                return row;
            }),
            List.of());
    }

    /**
     * Smallest and largest p50 and p99 over the repeats.
     *
     * @param summary of the run
     * @param tag     {@link Tags#EVENT_ENQUEUE} or {@link Tags#ATTACH}
     * @return the table
     */
    public static Table ranges(Summary summary, String tag) {
        return new Table("range-" + tag.replace('.', '-'), "Range over repeats: " + tag,
            "Smallest and largest p50 and p99 that a single repeat gave. A plain range, no confidence interval.",
            List.of(STRATEGY, Table.Column.figure("repeats", "valid repeats that have a median"),
                Table.Column.figure("p50 from", "smallest median of a repeat"),
                Table.Column.figure("to", "largest median of a repeat"),
                Table.Column.figure("p99 from", "smallest p99 of a repeat"),
                Table.Column.figure("to", "largest p99 of a repeat")),
            Groups.of(summary, strategy -> {
                RepeatRange p50 = strategy.range(tag, 0.5);
                RepeatRange p99 = strategy.range(tag, 0.99);
                return List.of(strategy.info().name(), Integer.toString(p50.repeats()),
                    Units.quantile(p50.lowest()), Units.quantile(p50.highest()),
                    Units.quantile(p99.lowest()), Units.quantile(p99.highest()));
            }),
            List.of());
    }

    private static List<String> figures(Latency latency) {
        return List.of(Units.quantile(latency.p50()), Units.quantile(latency.p99()), Units.quantile(latency.p999()),
            Units.max(latency));
    }

    private static LoadRate rateOf(StrategySummary strategy, String load) {
        return load.equals(LoadRate.STORM) ? strategy.storm() : strategy.churn();
    }

    private static String offered(Summary summary, String load) {
        List<String> targets = summary.paths().stream().flatMap(path -> path.all().stream())
            .map(strategy -> rateOf(strategy, load)).filter(rate -> rate != null)
            .map(rate -> Units.rate(rate.targetPerSecond())).distinct().toList();
        return targets.isEmpty() ? "Asked for by the scenario: "
                + summary.run().scenario().getOrDefault(load + ".rate", "nothing") + "."
            : String.format(Locale.ROOT, "Offered: %s/s.", String.join("/s, ", targets));
    }
}
