package dev.steward.reports.table;

import dev.steward.results.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table ready for print. Immutable.
 *
 * @param id      short identifier, letters and dashes only
 */
public record Table(
    String id, String title, String about, List<Column> columns, List<Group> groups, List<String> notes) {
    /** Copies the lists and holds rows to the number of columns. */
    public Table {
        columns = List.copyOf(columns);
        groups = List.copyOf(groups);
        notes = List.copyOf(notes);
        for (Group group : groups) {
            for (List<String> row : group.rows()) {
                if (row.size() != columns.size()) {
                    throw new IllegalArgumentException(
                        id + ": row has " + row.size() + " cells for " + columns.size() + " columns");
                }
            }
        }
    }

    /** {@return what all rows say, if there are several and each says the same as the others; empty otherwise} */
    Optional<String> inOneLine() {
        List<List<String>> rows = groups.stream().flatMap(group -> group.rows().stream())
            .map(row -> row.subList(1, row.size())).toList();
        // What has no figures, as an INVALID cell, says nothing else.
        List<List<String>> said = rows.stream().filter(row -> !row.stream().allMatch(Units.NONE::equals)).toList();
        List<List<String>> alike = said.isEmpty() ? rows : said;
        if (alike.size() < 2 || alike.stream().distinct().count() > 1) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>();
        for (int i = 1; i < columns.size(); i++) {
            words.add(columns.get(i).head() + " " + alike.get(0).get(i - 1));
        }
        return Optional.of(title + ": the same in all " + alike.size() + " rows"
            + (alike.size() < rows.size() ? " that have figures" : "") + ": " + String.join(", ", words) + ".");
    }

    /** One column; the meaning is empty where the head says it all. */
    public record Column(String head, String meaning, boolean numeric) {
        static Column name(String head) {
            return new Column(head, "", false);
        }

        static Column figure(String head, String meaning) {
            return new Column(head, meaning, true);
        }
    }

    /** Rows under a common head, empty for none. */
    public record Group(String head, List<List<String>> rows) {
        /** Copies the rows. */
        public Group {
            rows = rows.stream().map(List::copyOf).toList();
        }
    }
}
