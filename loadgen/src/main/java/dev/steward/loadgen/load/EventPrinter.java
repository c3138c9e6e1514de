package dev.steward.loadgen.load;

import dev.steward.engine.smmu.EventOutcome;
import dev.steward.loadgen.guest.Delay;
import dev.steward.loadgen.guest.PrintBudget;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.Count;

/**
 * Prints the events of one SMMU that its driver cannot pass on, as far as the budget of all SMMUs goes: in the handler,
 * after the guard has been left (arm_smmu_evtq_thread(); docs/domain.md, 3.4, step 7). Nothing is written; the time is
 * spent.
 *
 * <p>Threading: the handler thread; the counts once it has ended.
 */
final class EventPrinter {
    private final PrintBudget budget;
    private final Delay print;
    private long printed;
    private long suppressed;

    EventPrinter(PrintBudget budget, Delay print) {
        this.budget = budget;
        this.print = print;
    }

    void handled(EventOutcome outcome) {
        if (!outcome.printed()) {
            return;
        }
        if (budget.take()) {
            printed++;
            print.spend();
        } else {
            suppressed++;
        }
    }

    void addTo(CellReport report) {
        report.add(Count.PRINTED, printed);
        report.add(Count.PRINTS_SUPPRESSED, suppressed);
    }
}
