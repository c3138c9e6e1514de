package dev.steward.loadgen.cell;

import dev.steward.results.CellRecord;
import dev.steward.results.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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

    /** A broken promise counts, whatever was done to the threads. */
    static CellRecord.Status status(List<Reason> reasons) {
        Set<Reason.Kind> kinds = reasons.stream().map(Reason::kind).collect(Collectors.toSet());
        return kinds.isEmpty() ? CellRecord.Status.OK
            : kinds.contains(Reason.Kind.DISTURBED) && !kinds.contains(Reason.Kind.ORACLE)
            ? CellRecord.Status.DISTURBED : CellRecord.Status.INVALID;
    }

    static List<Reason> reasons(
        List<CellRecord.Rate> rates, CellRecord.Ledger ledger, long refused, List<CellRecord.Oracle> oracles,
        double threadOverlap, boolean lossesExpected) {
        List<Reason> reasons = new ArrayList<>();
        for (CellRecord.Rate rate : rates) {
            if (rate.scheduled() == 0) {
                reasons.add(Reason.nothingDue(rate.load()));
            } else if (Math.abs(rate.done() - rate.scheduled()) > MAX_RATE_ERROR * rate.scheduled()) {
                reasons.add(Reason.schedule(rate.load(), rate.done(), rate.scheduled(), MAX_RATE_ERROR));
            }
        }
        if (threadOverlap < MIN_OVERLAP) {
            reasons.add(Reason.overlap(threadOverlap, MIN_OVERLAP));
        }
        if (!lossesExpected) {
            checkLoss(reasons, "event queue", ledger.lostAtRing(), ledger.generated());
            checkLoss(reasons, "vEVENTQs", ledger.lostInVeventq(), ledger.generated());
            checkRefusals(reasons, refused, ledger.generated());
        }
        for (CellRecord.Oracle oracle : oracles) {
            if (oracle.violations() > 0) {
                reasons.add(Reason.oracle(oracle));
            }
        }
        return reasons;
    }

    /** A stall that finds no tag waits in its device: the handler was offered less than the scenario says. */
    private static void checkRefusals(List<Reason> reasons, long refused, long generated) {
        if (refused > MAX_LOSS * (generated + refused)) {
            reasons.add(Reason.refusal(refused, generated + refused, MAX_LOSS));
        }
    }

    /** Latencies are those of the events that came through: with losses they are the survivors' and flatter. */
    private static void checkLoss(List<Reason> reasons, String where, long lost, long generated) {
        if (lost > MAX_LOSS * generated) {
            reasons.add(Reason.loss(where, lost, generated, MAX_LOSS));
        }
    }
}
