package dev.steward.reports.table;

import dev.steward.reports.summary.PathSummary;
import dev.steward.reports.summary.Quantile;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.results.Units;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Declares a table: for each column its head, what it means and how it prints a row, in one place. The first column
 * names the row; a row without data has dashes in all others.
 *
 * @param <R> what a row is about
 */
public final class Layout<R> {
    private final List<Table.Column> columns = new ArrayList<>();
    private final List<Function<? super R, String>> values = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** Starts with the column that names the rows. */
    public Layout(String head) {
        columns.add(new Table.Column(head, "", false));
    }

    /** Its name in the first column, and what it is about; null for dashes. */
    public record Row<R>(String name, R of) {
    }

    /** Rows under a common head, empty for none. */
    public record Group<R>(String head, List<Row<R>> rows) {
    }

    /** Adds a column of words, set to the left; the meaning is empty where the head says it all. */
    public Layout<R> words(String head, String meaning, Function<? super R, String> value) {
        columns.add(new Table.Column(head, meaning, false));
        values.add(value);
        return this;
    }

    /** Adds a column of figures, set to the right; the meaning is empty where the head says it all. */
    public Layout<R> figure(String head, String meaning, Function<? super R, String> value) {
        columns.add(new Table.Column(head, meaning, true));
        values.add(value);
        return this;
    }

    Layout<R> exact(String head, String meaning, ToLongFunction<? super R> value) {
        return figure(head, meaning, row -> Units.exact(value.applyAsLong(row)));
    }

    Layout<R> count(String head, String meaning, ToLongFunction<? super R> value) {
        return figure(head, meaning, row -> Units.count(value.applyAsLong(row)));
    }

    Layout<R> bytes(String head, String meaning, ToLongFunction<? super R> value) {
        return figure(head, meaning, row -> Units.bytes(value.applyAsLong(row)));
    }

    Layout<R> duration(String head, String meaning, ToDoubleFunction<? super R> value) {
        return figure(head, meaning, row -> Units.duration(value.applyAsDouble(row)));
    }

    Layout<R> quantile(String head, String meaning, Function<? super R, Quantile> value) {
        return figure(head, meaning, row -> Quantile.text(value.apply(row)));
    }

    /** Puts the meaning of the last column under the table too: its head alone would be a riddle. */
    Layout<R> noted() {
        Table.Column column = columns.get(columns.size() - 1);
        return note(column.head() + " = " + column.meaning());
    }

    /** Adds a note under the table. */
    public Layout<R> note(String note) {
        notes.add(note);
        return this;
    }

    /** Prints a table with groups of rows; the id is of letters and dashes only. */
    public Table table(String id, String title, String about, List<Group<R>> groups) {
        return new Table(id, title, about, columns, groups.stream()
            .map(group -> new Table.Group(group.head(), group.rows().stream().map(this::cells).toList())).toList(),
            notes);
    }

    /** Prints a table without groups; the id is of letters and dashes only. */
    public Table table(String id, String title, String about, Collection<R> rows, Function<? super R, String> name) {
        return table(id, title, about,
            List.of(new Group<>("", rows.stream().map(row -> new Row<R>(name.apply(row), row)).toList())));
    }

    private List<String> cells(Row<R> row) {
        List<String> cells = new ArrayList<>(List.of(row.name()));
        if (row.of() == null) {
            cells.addAll(Collections.nCopies(values.size(), Units.NONE));
        } else {
            values.forEach(value -> cells.add(value.apply(row.of())));
        }
        return cells;
    }

    /** The strategies of a run as rows: by path, floors and negative controls apart. */
    static <R> List<Group<R>> strategies(Summary summary, Function<StrategySummary, R> part) {
        List<Group<R>> groups = new ArrayList<>();
        for (PathSummary path : summary.paths()) {
            add(groups, "path " + path.path(), path.ranked(), part);
            add(groups, "path " + path.path() + ", not ranked: the floor, wrong on purpose", path.unranked(), part);
        }
        return groups;
    }

    private static <R> void add(
        List<Group<R>> groups, String head, List<StrategySummary> strategies, Function<StrategySummary, R> part) {
        if (!strategies.isEmpty()) {
            groups.add(new Group<>(head, strategies.stream()
                .map(strategy -> new Row<>(strategy.info().name(), part.apply(strategy))).toList()));
        }
    }
}
