package dev.steward.loadgen.cell;

import dev.steward.results.CellRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Decides whether a cell may enter a comparison: it kept its schedule, lost next to nothing, its loads ran at the
 * same time, and no oracle saw a violation.
 */
final class CellVerdict {
    /** A cell whose achieved rate is further off its schedule is INVALID. */
    static final double MAX_RATE_ERROR = 0.01;
    /** A cell that lost a larger share of its events at one queue, or could not make them, is INVALID. */
    static final double MAX_LOSS = 0.01;
    /** A cell whose loads overlapped less is INVALID. */
    static final double MIN_OVERLAP = 0.95;

    private CellVerdict() {
    }

    static List<String> reasons(
        List<CellRecord.Rate> rates,
        CellRecord.Ledger ledger,
        long refused,
        List<CellRecord.Oracle> oracles,
        double threadOverlap,
        boolean lossesExpected) {
        List<String> reasons = new ArrayList<>();
        for (CellRecord.Rate rate : rates) {
            if (rate.scheduled() == 0) {
                reasons.add(rate.load() + ": nothing was due in the measured window");
            } else if (Math.abs(rate.done() - rate.scheduled()) > MAX_RATE_ERROR * rate.scheduled()) {
                reasons.add(String.format(
                    Locale.ROOT,
                    "%s: %d of %d arrivals of the window started in it (%+.1f %%, limit 1 %%)",
                    rate.load(),
                    rate.done(),
                    rate.scheduled(),
                    100.0 * (rate.done() - rate.scheduled()) / rate.scheduled()));
            }
        }
        if (threadOverlap < MIN_OVERLAP) {
            reasons.add(String.format(
                Locale.ROOT,
                "the load threads ran together for %.0f %% of the window only (limit 95 %%)%s",
                100 * threadOverlap,
                // Each stays active until the end of the window, so nothing else comes to none at all.
                threadOverlap == 0 ? ": threads started after the window had ended, the machine was too busy" : ""));
        }
        if (!lossesExpected) {
            checkLoss(reasons, "event queue", ledger.lostAtRing(), ledger.generated());
            checkLoss(reasons, "vEVENTQs", ledger.lostInVeventq(), ledger.generated());
            checkRefusals(reasons, refused, ledger.generated());
        }
        for (CellRecord.Oracle oracle : oracles) {
            if (oracle.violations() > 0) {
                reasons.add(String.format(
                    Locale.ROOT,
                    "oracle %s: %d of %d checks, first after %d ms",
                    oracle.name(),
                    oracle.violations(),
                    oracle.checks(),
                    oracle.firstAtMs()));
            }
        }
        return reasons;
    }

    /** A stall that finds no tag waits in its device: the handler was offered less than the scenario says. */
    private static void checkRefusals(List<String> reasons, long refused, long generated) {
        if (refused > MAX_LOSS * (generated + refused)) {
            reasons.add(String.format(
                Locale.ROOT,
                "%d of %d events never came: eventq.maxStalls transactions were stalled already (%.1f %%, limit 1 %%)",
                refused,
                generated + refused,
                100.0 * refused / (generated + refused)));
        }
    }

    /** Latencies are those of the events that came through: with losses they are the survivors' and flatter. */
    private static void checkLoss(List<String> reasons, String where, long lost, long generated) {
        if (lost > MAX_LOSS * generated) {
            reasons.add(String.format(
                Locale.ROOT,
                "saturated: %d of %d events were lost at the %s (%.1f %%, limit 1 %%)",
                lost,
                generated,
                where,
                100.0 * lost / generated));
        }
    }
}
