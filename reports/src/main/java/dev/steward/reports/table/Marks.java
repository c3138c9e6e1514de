package dev.steward.reports.table;

import dev.steward.results.Units;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Explains the marks of the tables of a report: those that occur in them, and no others. */
public final class Marks {
    private final Set<Mark> seen = EnumSet.noneOf(Mark.class);

    /** What stands before a figure, or in its place. */
    private enum Mark {
        LATENESS("!", "at least half of it is lateness of the load generator: not compared"),
        FEW("~", "fewer than 10 values lie beyond this percentile"),
        NONE(Units.NONE, "no such figure (a percentile needs at least one value beyond it)"),
        SATURATED(">", "larger than the recorder can hold");

        private final String sign;
        private final String meaning;

        Mark(String sign, String meaning) {
            this.sign = sign;
            this.meaning = meaning;
        }

        boolean standsIn(String cell) {
            return this == NONE ? cell.equals(sign) : cell.startsWith(sign);
        }
    }

    /** {@return what the marks in some tables mean; empty if none occurs} */
    public static Optional<String> of(Collection<? extends Chapter.Block> blocks) {
        Marks marks = new Marks();
        for (Chapter.Block block : blocks) {
            if (block instanceof Chapter.Tables tables) {
                tables.tables().forEach(marks::see);
            }
        }
        return marks.legend();
    }

    /** Looks at a table. */
    public void see(Table table) {
        for (int i = 0; i < table.columns().size(); i++) {
            if (table.columns().get(i).numeric()) {
                int column = i;
                see(table.groups().stream()
                    .flatMap(group -> group.rows().stream()).map(row -> row.get(column)).toList());
            }
        }
    }

    /** Looks at figures. */
    public void see(List<String> cells) {
        for (Mark mark : Mark.values()) {
            if (cells.stream().anyMatch(mark::standsIn)) {
                seen.add(mark);
            }
        }
    }

    /** {@return what those that were seen mean; empty if there were none} */
    public Optional<String> legend() {
        return seen.isEmpty() ? Optional.empty() : Optional.of(seen.stream()
            .map(mark -> mark.sign + " " + mark.meaning).collect(Collectors.joining("; ")) + ".");
    }
}
