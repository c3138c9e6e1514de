package dev.steward.reports.table;

import dev.steward.reports.summary.GuestTotals;
import dev.steward.reports.summary.Latency;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/** Tables of what a noisy guest costs the others: time, and events. */
public final class GuestTables {
    private static final int LATENCIES = 5;
    private static final int LOSSES = 5;

    private GuestTables() {
    }

    /**
     * The noisiest guest beside the others.
     *
     * @param summary of the run
     * @return empty unless a run has several guests
     */
    public static List<Table> of(Summary summary) {
        boolean several = summary.paths().stream().flatMap(path -> path.all().stream())
            .anyMatch(strategy -> strategy.guests().size() > 1);
        return several ? List.of(latencies(summary), losses(summary)) : List.of();
    }

    private static Table latencies(Summary summary) {
        return new Table("guests", "Guests: p99.9 of the noisiest and its neighbours",
            "From the intended arrival until the event stands in the vEVENTQ, of the events that got there, by the "
                + "guest their device is at home with. Noisy: the guest that was offered the most events; others: all "
                + "the rest together; worst: the highest p99.9 of one of them.",
            List.of(Table.Column.name("strategy"), Table.Column.figure("guests", "number of guests"),
                Table.Column.figure("share", "of all events that the noisy guest was offered"),
                Table.Column.figure("noisy", "p99.9 of the noisy guest's events"),
                Table.Column.figure("others", "p99.9 of the other guests' events together"),
                Table.Column.figure("worst", "highest p99.9 of another guest")),
            Groups.of(summary, GuestTables::latencyRow), List.of());
    }

    private static List<String> latencyRow(StrategySummary strategy) {
        List<GuestTotals> guests = strategy.guests();
        if (guests.size() < 2) {
            return CorrectnessTables.dashes(strategy, LATENCIES);
        }
        GuestTotals noisy = GuestTotals.noisiest(guests);
        List<GuestTotals> rest = rest(guests, noisy);
        GuestTotals others = GuestTotals.together(rest);
        GuestTotals worst = rest.stream()
            .max(Comparator.comparingLong(guest -> guest.latency().valueAtNs(0.999))).orElseThrow();
        long all = noisy.offered() + others.offered();
        return List.of(strategy.info().name(), Integer.toString(guests.size()),
            all == 0 ? Units.NONE : Units.share((double) noisy.offered() / all),
            p999(noisy), p999(others), p999(worst));
    }

    private static Table losses(Summary summary) {
        return new Table("guest-losses", "Guests: what the noisiest and its neighbours lost",
            "Shares of the events that each was offered. Ring: the event queue was full, which all guests of an SMMU "
                + "share; vq: the vEVENTQ was full, which is a guest's own. A dash: these results do not tell.",
            List.of(Table.Column.name("strategy"),
                Table.Column.figure("noisy ring", "share of the noisy guest's events that met a full event queue"),
                Table.Column.figure("noisy vq", "share of the noisy guest's events that met a full vEVENTQ"),
                Table.Column.figure("others ring", "share of the others' events that met a full event queue"),
                Table.Column.figure("others vq", "share of the others' events that met a full vEVENTQ"),
                Table.Column.figure("worst", "highest share that another guest lost at both together")),
            Groups.of(summary, GuestTables::lossRow),
            List.of("worst = the highest share that one of the others lost at both queues together."));
    }

    private static List<String> lossRow(StrategySummary strategy) {
        List<GuestTotals> guests = strategy.guests();
        if (guests.size() < 2) {
            return CorrectnessTables.dashes(strategy, LOSSES);
        }
        GuestTotals noisy = GuestTotals.noisiest(guests);
        List<GuestTotals> rest = rest(guests, noisy);
        GuestTotals others = GuestTotals.together(rest);
        boolean told = others.ringShare().isPresent();
        double worst = rest.stream()
            .mapToDouble(guest -> guest.lostShare() + guest.ringShare().orElse(0)).max().orElseThrow();
        return List.of(strategy.info().name(), share(noisy.ringShare()), Units.share(noisy.lostShare()),
            share(others.ringShare()), Units.share(others.lostShare()), told ? Units.share(worst) : Units.NONE);
    }

    private static List<GuestTotals> rest(List<GuestTotals> guests, GuestTotals noisy) {
        List<GuestTotals> rest = new ArrayList<>(guests);
        rest.remove(noisy);
        return rest;
    }

    private static String share(OptionalDouble share) {
        return share.isPresent() ? Units.share(share.getAsDouble()) : Units.NONE;
    }

    private static String p999(GuestTotals guest) {
        return Units.quantile(Latency.of(guest.latency()).p999());
    }
}
