package dev.steward.reports.verdict;

import dev.steward.results.Launcher;
import dev.steward.results.WholeFile;
import dev.steward.results.Wording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Past runs in one SQLite file, which any other program may read too. A run is kept once, however often it is added.
 * Not safe for use by several threads; several processes wait for each other.
 */
public final class HistoryStore implements AutoCloseable {
    private static final int VERSION = 1;
    private static final int WAIT_MS = 10_000;
    /** What the driver puts around a message of SQLite: its code, and mostly the same once more in other words. */
    private static final Pattern IN_DRIVER_WORDS = Pattern.compile("\\[SQLITE_\\w+]\\s*.*? \\((.*)\\)");
    private static final List<String> TABLES = List.of(
        "create table if not exists run (id text primary key, host text not null, scenario text not null, "
            + "load text not null, created text not null, commit_id text not null, folder text not null)",
        "create table if not exists figure (run_id text not null references run (id), path text not null, "
            + "strategy text not null, figure text not null, placement text not null, value_ns real not null, "
            + "cells integer not null, primary key (run_id, path, strategy, figure, placement))");

    private final Path file;
    private final Connection connection;

    private HistoryStore(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /**
     * Opens a history, and makes it if there is none.
     *
     * @return open, to be closed
     * @throws HistoryException if the file is something else, of a newer version, or cannot be written
     */
    public static HistoryStore openOrCreate(Path file) {
        WholeFile.pipeOrDevice(file).ifPresent(why -> {
            throw new HistoryException(file + ": " + why, null);
        });
        try {
            if (file.toAbsolutePath().getParent() != null) {
                Files.createDirectories(file.toAbsolutePath().getParent());
            }
        } catch (IOException e) {
            throw new HistoryException(file + ": cannot be made: " + e.getMessage(), e);
        }
        return open(file, true);
    }

    /**
     * Opens a history that is there.
     *
     * @return open, to be closed
     * @throws HistoryException if there is none, or as {@link #openOrCreate}
     */
    public static HistoryStore open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new HistoryException(
                file + ": no history there; '" + Launcher.command() + " history add DIR' makes one", null);
        }
        return open(file, false);
    }

    private static HistoryStore open(Path file, boolean writing) {
        Connection connection = null;
        try {
            connection = DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath());
            try (Statement statement = connection.createStatement()) {
                statement.execute("pragma busy_timeout = " + WAIT_MS);
                int version = version(statement);
                if (version > VERSION) {
                    throw new HistoryException(file + ": is version " + version + " of a history, this program knows "
                        + "up to " + VERSION + ": use a newer Steward", null);
                }
                if (version == 0 && !writing) {
                    throw new HistoryException(file + ": is no history of Steward", null);
                }
                if (version == 0) {
                    create(file, statement);
                }
            }
            connection.setAutoCommit(false);
            return new HistoryStore(file, connection);
        } catch (SQLException e) {
            close(connection);
            throw failed(file, e);
        } catch (HistoryException e) {
            close(connection);
            throw e;
        }
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("pragma user_version")) {
            return row.getInt(1);
        }
    }

    private static void create(Path file, Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select count(*) from sqlite_master")) {
            if (row.getInt(1) > 0) {
                throw new HistoryException(file + ": is a database of another program", null);
            }
        }
        for (String table : TABLES) {
            statement.execute(table);
        }
        statement.execute("pragma user_version = " + VERSION);
    }

    private static void close(Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a connection that was only just opened", e);
        }
    }

    /** Keeps a run; false if it was there already. */
    public boolean add(PastRun run) {
        try {
            try (PreparedStatement insert =
                connection.prepareStatement("insert or ignore into run values (?, ?, ?, ?, ?, ?, ?)")) {
                set(insert, run.id(), run.host(), run.scenario(), run.load(), run.created(), run.commit(),
                    run.folder());
                if (insert.executeUpdate() == 0) {
                    connection.rollback();
                    return false;
                }
            }
            try (PreparedStatement insert =
                connection.prepareStatement("insert into figure values (?, ?, ?, ?, ?, ?, ?)")) {
                for (PastRun.Value value : run.figures()) {
                    set(insert, run.id(), value.path(), value.strategy(), value.figure(), value.placement(),
                        value.valueNs(), value.cells());
                    insert.executeUpdate();
                }
            }
            connection.commit();
            return true;
        } catch (SQLException e) {
            throw failed(file, e);
        }
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    /** A file that another program made may leave out what this one never does. */
    private String text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        if (text == null) {
            throw new HistoryException(file + ": a run without its " + row.getMetaData().getColumnName(column)
                + ", which each must have", null);
        }
        return text;
    }

    /** {@return the runs, without their figures: in order of time} */
    public List<PastRun> runs() {
        List<PastRun> runs = new ArrayList<>();
        try (Statement statement = connection.createStatement();
            ResultSet row = statement.executeQuery(
                "select id, host, scenario, load, created, commit_id, folder from run order by created, id")) {
            while (row.next()) {
                runs.add(new PastRun(text(row, 1), text(row, 2), text(row, 3), text(row, 4),
                    text(row, 5), text(row, 6), text(row, 7), List.of()));
            }
            return runs;
        } catch (SQLException e) {
            throw failed(file, e);
        }
    }

    /** {@return each figure over the runs, apart by machine, load, path, strategy and placement class} */
    public List<Series> series() {
        Map<List<String>, List<Series.Point>> points = new LinkedHashMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
            ResultSet row = statement.executeQuery(
                "select host, load, path, strategy, figure, placement, id, created, commit_id, value_ns, cells, "
                    + "scenario from figure join run on run.id = figure.run_id "
                    + "order by host, load, path, figure.rowid, created, id")) {
            while (row.next()) {
                List<String> key = new ArrayList<>();
                for (int i = 1; i <= 6; i++) {
                    key.add(text(row, i));
                }
                names.put(text(row, 2), text(row, 12));
                points.computeIfAbsent(key, any -> new ArrayList<>()).add(new Series.Point(text(row, 7),
                    text(row, 8), text(row, 9), row.getDouble(10), row.getInt(11)));
            }
        } catch (SQLException e) {
            throw failed(file, e);
        }
        List<Series> series = new ArrayList<>();
        points.forEach((key, list) -> {
            list.sort(Comparator.comparing(Series.Point::created).thenComparing(Series.Point::runId));
            series.add(new Series(key.get(0), names.get(key.get(1)), key.get(1), key.get(2), key.get(3), key.get(4),
                key.get(5), list));
        });
        return series;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(file, e);
        }
    }

    private static HistoryException failed(Path file, SQLException cause) {
        Throwable why = cause.getCause();
        if (why != null && why.getClass().getSimpleName().equals("NativeLibraryNotFoundException")) {
            return new HistoryException(file + ": the library of SQLite cannot be unpacked to "
                + System.getProperty("java.io.tmpdir") + " and run from there; name another folder with "
                + "JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=DIR", cause);
        }
        String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return new HistoryException(
            file + ": " + Wording.oneLine(IN_DRIVER_WORDS.matcher(message).replaceFirst("$1")), cause);
    }
}
