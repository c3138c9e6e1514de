package dev.steward.reports.table;

import dev.steward.reports.summary.Summary;
import dev.steward.reports.verdict.CellGrade;
import dev.steward.results.Tags;
import java.util.ArrayList;
import java.util.List;

/** Table of the valid cells that are among the figures and not in the verdicts. */
public final class GradeTables {
    private GradeTables() {
    }

    /**
     * Loads that were not in a steady state.
     *
     * @param summary of the run
     * @return none if all were
     */
    public static List<Table> of(Summary summary) {
        List<List<String>> rows = new ArrayList<>();
        for (CellGrade grade : summary.verdicts().grades()) {
            if (grade.cell().valid()) {
                grade.unsteady().forEach((tag, reason) -> rows.add(List.of(grade.cell().json().id(),
                    tag.equals(Tags.ATTACH) ? "attach" : "events", reason)));
            }
        }
        return rows.isEmpty() ? List.of() : List.of(new Table("unsteady", "Not in a steady state",
            "Valid cells whose latency drifted while it was measured: in the figures, not in the verdicts.",
            List.of(Table.Column.name("cell"), Table.Column.name("load"), Table.Column.name("drift")),
            List.of(new Table.Group("", rows)), List.of()));
    }
}
