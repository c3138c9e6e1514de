package dev.steward.reports.table;

import dev.steward.reports.summary.GuestTotals;
import dev.steward.reports.summary.Latency;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Table of what a noisy guest costs the others. */
public final class GuestTables {
    private static final int FIGURES = 7;

    private GuestTables() {
    }

    /**
     * The noisiest guest beside the others.
     *
     * @param summary of the run
     * @return empty unless a run has several guests
     */
    public static List<Table> of(final Summary summary) {
        final boolean several = summary.paths().stream().flatMap(path -> path.all().stream())
            .anyMatch(strategy -> strategy.guests().size() > 1);
        return several ? List.of(table(summary)) : List.of();
    }

    private static Table table(final Summary summary) {
        return new Table("guests", "Guests: the noisiest and its neighbours",
            "Events by the guest their device is at home with. Noisy: the guest that was offered the most events; "
                + "others: all the rest together; worst: the one of them with the highest p99.9.",
            List.of(Table.Column.name("strategy"), Table.Column.figure("guests", "number of guests"),
                Table.Column.figure("share", "of all events that the noisy guest was offered"),
                Table.Column.figure("noisy", "p99.9 of the noisy guest's events until they stand in its vEVENTQ"),
                Table.Column.figure("lost", "share of its events that met a full vEVENTQ"),
                Table.Column.figure("others", "p99.9 of the other guests' events together"),
                Table.Column.figure("lost", "share of the others' events that met a full vEVENTQ"),
                Table.Column.figure("worst", "highest p99.9 of another guest")),
            Groups.of(summary, GuestTables::row), List.of());
    }

    private static List<String> row(final StrategySummary strategy) {
        final List<GuestTotals> guests = strategy.guests();
        if (guests.size() < 2) {
            return CorrectnessTables.dashes(strategy, FIGURES);
        }
        final GuestTotals noisy = GuestTotals.noisiest(guests);
        final List<GuestTotals> rest = new ArrayList<>(guests);
        rest.remove(noisy);
        final GuestTotals others = GuestTotals.together(rest);
        final GuestTotals worst = rest.stream()
            .max(Comparator.comparingLong(guest -> guest.latency().valueAtNs(0.999))).orElseThrow();
        final long all = noisy.offered() + others.offered();
        return List.of(strategy.info().name(), Integer.toString(guests.size()),
            all == 0 ? Units.NONE : Units.share((double) noisy.offered() / all),
            p999(noisy), Units.share(noisy.lostShare()), p999(others), Units.share(others.lostShare()), p999(worst));
    }

    private static String p999(final GuestTotals guest) {
        return Units.quantile(Latency.of(guest.latency()).p999());
    }
}
