package dev.steward.reports.table;

import dev.steward.reports.summary.DeliveryTotals;
import dev.steward.reports.summary.OracleTotal;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.results.CellRecord;
import dev.steward.results.RunManifest;
import dev.steward.results.TurnRecord;
import dev.steward.results.Units;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether events went to a wrong guest: the backlog that an attach finds in the queue, which every lock has, beside
 * what only a broken lock has. Both are right, and one without the other reads as a lie.
 */
final class WrongGuest {
    private static final String BACKLOG = "W2";
    private static final String AFTER_ATTACH = "after-attach-returned";
    private static final double SMALLEST_SHOWN = 0.001;

    private final Summary summary;

    private WrongGuest(Summary summary) {
        this.summary = summary;
    }

    /** {@return one line, or none if no cell tells} */
    static List<String> of(Summary summary) {
        WrongGuest events = new WrongGuest(summary);
        String backlog = events.backlog();
        String text = backlog + events.afterAttach(backlog.isEmpty());
        return text.isEmpty() ? List.of() : List.of("Wrong guest: " + text.strip());
    }

    /** Only the queue of path ring has a backlog. */
    private String backlog() {
        double[] shares = summary.strategies().filter(one -> one.info().ranked() && one.path().equals(CellRecord.RING))
            .map(StrategySummary::deliveries).filter(one -> one != null && all(one) > 0)
            .mapToDouble(one -> (double) one.of(BACKLOG).crossGuest() / all(one)).sorted().toArray();
        if (shares.length == 0) {
            return "";
        }
        String least = share(shares[0]);
        String most = share(shares[shares.length - 1]);
        return (least.equals(most) ? most : least + " to " + most) + " of the events on path ring were still queued "
            + "when an attach gave their device to another guest, and reached that guest: by nature, under every "
            + "lock. ";
    }

    /** One event in a million is not none. */
    private static String share(double share) {
        return share == 0 ? "none" : share < SMALLEST_SHOWN ? "less than 0.1%" : Units.share(share);
    }

    private static long all(DeliveryTotals totals) {
        return totals.right() + totals.windows().values().stream()
            .mapToLong(window -> window.staleSameGuest() + window.crossGuest() + window.lost()).sum();
    }

    /** In the cells and in the turns; only cells count their checks. */
    private String afterAttach(boolean first) {
        long checks = oracles().stream().mapToLong(OracleTotal::checks).sum();
        if (checks == 0) {
            return "";
        }
        String floors = summary.strategies().filter(one -> !one.info().ranked()).map(one -> one.info().name())
            .distinct().map(name -> name + " " + Units.count(violations(name))).collect(Collectors.joining(", "));
        return (first ? "a" : "A") + "fter an attach had returned: " + Units.count(oracles().stream()
            .mapToLong(OracleTotal::violations).sum() + turns()) + " of " + Units.count(checks) + " checks"
            + (floors.isEmpty() ? "." : "; without a lock: " + floors + ".");
    }

    private List<OracleTotal> oracles() {
        return summary.strategies().filter(one -> one.info().ranked()).flatMap(one -> one.oracles().stream())
            .filter(oracle -> oracle.name().equals(AFTER_ATTACH)).toList();
    }

    private long violations(String name) {
        return summary.strategies().filter(one -> one.info().name().equals(name))
            .flatMap(one -> one.oracles().stream()).filter(oracle -> oracle.name().equals(AFTER_ATTACH))
            .mapToLong(OracleTotal::violations).sum()
            + summary.turns().stream().filter(turn -> turn.strategy().equals(name)).mapToLong(WrongGuest::in).sum();
    }

    private long turns() {
        List<String> names = summary.run().strategies().stream().filter(RunManifest.StrategyInfo::ranked)
            .map(RunManifest.StrategyInfo::name).toList();
        return summary.turns().stream().filter(turn -> names.contains(turn.strategy())).mapToLong(WrongGuest::in).sum();
    }

    private static long in(TurnRecord turn) {
        return turn.violations().getOrDefault(AFTER_ATTACH, 0L);
    }
}
