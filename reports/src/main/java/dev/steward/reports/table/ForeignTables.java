package dev.steward.reports.table;

import dev.steward.reports.read.ForeignFigure;
import dev.steward.reports.read.ForeignResult;
import dev.steward.results.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What other tools measured, each with its machine: shown beside a run, never put together with it. */
final class ForeignTables {
    private ForeignTables() {
    }

    /** One table for each tool and file. */
    static List<Table> of(List<ForeignResult> others) {
        List<Table> tables = new ArrayList<>();
        for (ForeignResult other : others) {
            Layout<ForeignFigure> layout = new Layout<ForeignFigure>("what")
                .figure("n", "values behind the figures",
                    figure -> figure.count() == 0 ? Units.NONE : Units.count(figure.count()))
                .figure("min", "smallest", value(ForeignFigure::min))
                .figure("mean", "mean", value(ForeignFigure::mean))
                .figure("p50", "median", value(ForeignFigure::p50))
                .figure("p99", "99 of 100 were not larger", value(ForeignFigure::p99))
                .figure("max", "largest", value(ForeignFigure::max));
            other.remarks().forEach(layout::note);
            tables.add(layout.table("other-" + tables.size(), other.tool() + ", " + other.file(),
                other.machine() + ": not the same machine, and not the same program. Do not compare digits with those "
                    + "of a run.", other.figures(),
                figure -> inNanoseconds(figure) ? figure.subject() : figure.subject() + " [" + figure.unit() + "]"));
        }
        return tables;
    }

    private static Function<ForeignFigure, String> value(ToDoubleFunction<ForeignFigure> of) {
        return figure -> {
            double value = of.applyAsDouble(figure);
            return inNanoseconds(figure) ? Units.duration(value) : Double.isNaN(value) ? Units.NONE
                : Units.number(value);
        };
    }

    private static boolean inNanoseconds(ForeignFigure figure) {
        return figure.unit().equals(ForeignFigure.NANOSECONDS);
    }
}
