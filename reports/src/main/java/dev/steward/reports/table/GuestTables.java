package dev.steward.reports.table;

import dev.steward.reports.summary.GuestTotals;
import dev.steward.reports.summary.Latency;
import dev.steward.reports.summary.Quantile;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.results.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/** What a noisy guest costs the others: time, and events. */
final class GuestTables {
    private static final Layout<Neighbours> LATENCIES = new Layout<Neighbours>("strategy")
        .exact("guests", "number of guests", guests -> guests.rest.size() + 1)
        .figure("share", "of all events that the noisy guest was offered", Neighbours::share)
        .quantile("noisy", "p99.9 of the noisy guest's events", guests -> p999(guests.noisy))
        .quantile("others", "p99.9 of the other guests' events together", guests -> p999(guests.others))
        .quantile("worst", "highest p99.9 of another guest", guests -> p999(guests.rest.stream()
            .max(Comparator.comparingLong(guest -> guest.latency().valueAtNs(0.999))).orElseThrow()));
    private static final Layout<Neighbours> LOSSES = new Layout<Neighbours>("strategy")
        .figure("noisy ring", "share of the noisy guest's events that met a full event queue",
            guests -> share(guests.noisy.ringShare()))
        .figure("noisy vq", "share of the noisy guest's events that met a full vEVENTQ",
            guests -> Units.share(guests.noisy.lostShare()))
        .figure("others ring", "share of the others' events that met a full event queue",
            guests -> share(guests.others.ringShare()))
        .figure("others vq", "share of the others' events that met a full vEVENTQ",
            guests -> Units.share(guests.others.lostShare()))
        .figure("worst", "the highest share that one of the others lost at both queues together", Neighbours::worstLoss)
        .noted();

    private GuestTables() {
    }

    /** The noisiest guest beside the others; none unless a run has several guests. */
    static List<Table> of(Summary summary) {
        return summary.strategies().noneMatch(strategy -> strategy.guests().size() > 1) ? List.of() : List.of(
            LATENCIES.table("guests", "Guests: p99.9 of the noisiest and its neighbours",
                "From the intended arrival until the event stands in the vEVENTQ, of the events that got there, by the "
                    + "guest that had their device first. Noisy: the guest that was offered the most events; others: "
                    + "all the rest together; worst: the highest p99.9 of one of them. The events of a device that has "
                    + "moved to another guest still count for the first.",
                Layout.strategies(summary, Neighbours::of)),
            LOSSES.table("guest-losses", "Guests: what the noisiest and its neighbours lost",
                "Shares of the events that each was offered. Ring: the event queue was full, which all guests of an "
                    + "SMMU share; vq: the vEVENTQ was full, which is a guest's own. A dash: these results do not "
                    + "tell.",
                Layout.strategies(summary, Neighbours::of)));
    }

    private static String share(OptionalDouble share) {
        return Units.share(share.orElse(Double.NaN));
    }

    private static Quantile p999(GuestTotals guest) {
        return Latency.of(guest.latency()).p999();
    }

    /** The noisiest guest, the others one by one, and the others together. */
    private record Neighbours(GuestTotals noisy, List<GuestTotals> rest, GuestTotals others) {
        /** Null with a single guest. */
        static Neighbours of(StrategySummary strategy) {
            List<GuestTotals> rest = new ArrayList<>(strategy.guests());
            if (rest.size() < 2) {
                return null;
            }
            GuestTotals noisy = GuestTotals.noisiest(rest);
            rest.remove(noisy);
            return new Neighbours(noisy, rest, GuestTotals.together(rest));
        }

        String share() {
            long all = noisy.offered() + others.offered();
            return all == 0 ? Units.NONE : Units.share((double) noisy.offered() / all);
        }

        String worstLoss() {
            return others.ringShare().isEmpty() ? Units.NONE : Units.share(rest.stream()
                .mapToDouble(guest -> guest.lostShare() + guest.ringShare().orElse(0)).max().orElseThrow());
        }
    }
}
