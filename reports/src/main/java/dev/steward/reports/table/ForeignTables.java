package dev.steward.reports.table;

import dev.steward.reports.foreign.ForeignFigure;
import dev.steward.reports.foreign.ForeignResult;
import java.util.ArrayList;
import java.util.List;

/** Tables of what other tools measured, each with its machine: shown beside a run, never put together with it. */
public final class ForeignTables {
    private ForeignTables() {
    }

    /**
     * One table for each tool and file.
     *
     * @param others results of other tools
     * @return may be empty
     */
    public static List<Table> of(List<ForeignResult> others) {
        List<Table> tables = new ArrayList<>();
        for (ForeignResult other : others) {
            tables.add(new Table("other-" + tables.size(), other.tool() + ", " + other.file(),
                other.machine() + ": not the same machine, and not the same program. Do not compare digits with those "
                    + "of a run.",
                List.of(Table.Column.name("what"), Table.Column.figure("n", "values behind the figures"),
                    Table.Column.figure("min", "smallest"), Table.Column.figure("mean", "mean"),
                    Table.Column.figure("p50", "median"),
                    Table.Column.figure("p99", "99 of 100 were not larger"), Table.Column.figure("max", "largest")),
                List.of(new Table.Group("", other.figures().stream().map(ForeignTables::row).toList())),
                other.remarks()));
        }
        return tables;
    }

    private static List<String> row(ForeignFigure figure) {
        return List.of(figure.unit().equals(ForeignFigure.NANOSECONDS) ? figure.subject()
                : figure.subject() + " [" + figure.unit() + "]",
            figure.count() == 0 ? Units.NONE : Units.count(figure.count()), value(figure, figure.min()),
            value(figure, figure.mean()), value(figure, figure.p50()), value(figure, figure.p99()),
            value(figure, figure.max()));
    }

    private static String value(ForeignFigure figure, double value) {
        if (Double.isNaN(value)) {
            return Units.NONE;
        }
        return figure.unit().equals(ForeignFigure.NANOSECONDS) ? Units.duration(value) : Units.number(value);
    }
}
