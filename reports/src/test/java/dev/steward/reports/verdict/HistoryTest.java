package dev.steward.reports.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steward.reports.Fixture;
import dev.steward.reports.HistoryReport;
import dev.steward.results.UnreadableResultsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    @TempDir
    Path folder;

    @Test
    void shouldKeepARunOnceHoweverOftenAndFromWhereItIsAdded() {
        Path run = fixture("2026-02-03T04:05:06Z").write(folder.resolve("run"));
        Path copy = fixture("2026-02-03T04:05:06Z").write(folder.resolve("copy"));
        try (HistoryStore store = HistoryStore.openOrCreate(folder.resolve("deep/history.db"))) {
            assertThat(store.add(PastRun.read(run, null))).isTrue();
            assertThat(store.add(PastRun.read(run, null))).isFalse();
            assertThat(store.add(PastRun.read(copy, null))).isFalse();
        }
        try (HistoryStore store = HistoryStore.open(folder.resolve("deep/history.db"))) {
            assertThat(store.runs()).singleElement().satisfies(kept -> {
                assertThat(kept.host()).isEqualTo("Example CPU at 3.1 GHz, 8 logical CPUs, KVM guest, 8 cores");
                assertThat(kept.scenario()).isEqualTo("boot-storm");
            });
            assertThat(store.series()).filteredOn(series -> series.figure().equals("event p50")).singleElement()
                .satisfies(series -> assertThat(series.points().get(0).valueNs()).isBetween(1000.0, 4000.0));
        }
    }

    @Test
    void shouldKeepMachinesAndScenariosApart() {
        Fixture other = fixture("2026-02-05T00:00:00Z");
        other.run().withObject("/scenario").put("storm.rate", "99/s");
        Fixture again = fixture("2026-02-06T00:00:00Z");
        again.run().withObject("/scenario").put("seed", "7");
        try (HistoryStore store = HistoryStore.openOrCreate(folder.resolve("history.db"))) {
            store.add(PastRun.read(fixture("2026-02-03T00:00:00Z").write(folder.resolve("a")), null));
            store.add(PastRun.read(fixture("2026-02-04T00:00:00Z").write(folder.resolve("b")), "arm-board"));
            store.add(PastRun.read(other.write(folder.resolve("c")), null));
            store.add(PastRun.read(again.write(folder.resolve("d")), null));

            assertThat(store.series()).filteredOn(series -> series.figure().equals("event p50"))
                .extracting(series -> series.points().size()).containsExactlyInAnyOrder(2, 1, 1);
            assertThat(HistoryReport.list(store.runs())).contains("Runs in the history: 4").contains("arm-board");
        }
    }

    @Test
    void shouldTakeARunWithoutInvalidationsForOneFromBeforeThereWereAny() {
        Fixture without = fixture("2026-02-04T00:00:00Z");
        without.run().withObject("/scenario").put("invalidation.rate", "0/s").put("invalidation.batch", "16");
        Fixture with = fixture("2026-02-05T00:00:00Z");
        with.run().withObject("/scenario").put("invalidation.rate", "1/s").put("invalidation.batch", "16");
        PastRun before = PastRun.read(fixture("2026-02-03T00:00:00Z").write(folder.resolve("a")), null);

        assertThat(PastRun.read(without.write(folder.resolve("b")), null).load()).isEqualTo(before.load());
        assertThat(PastRun.read(with.write(folder.resolve("c")), null).load()).isNotEqualTo(before.load());
    }

    @Test
    void shouldRefuseRunsThatHaveNothingToKeep() {
        Fixture running = fixture("2026-02-03T04:05:06Z");
        running.run().put("status", "running");
        Fixture invalid = fixture("2026-02-03T04:05:06Z").invalidate("mutex-ring-r1", "x");

        assertThatThrownBy(() -> PastRun.read(running.write(folder.resolve("a")), null))
            .isInstanceOf(UnreadableResultsException.class).hasMessageContaining("still at work or was killed");
        assertThat(PastRun.read(invalid.write(folder.resolve("b")), null).figures()).isEmpty();
    }

    @Test
    void shouldSayWhatIsWrongWithTheFile() throws IOException, SQLException {
        Path text = Files.writeString(folder.resolve("text.db"), "hello");
        Path foreign = folder.resolve("foreign.db");
        execute(foreign, "create table other (a)");
        Path newer = folder.resolve("newer.db");
        execute(newer, "pragma user_version = 9");

        assertThatThrownBy(() -> HistoryStore.open(folder.resolve("none.db"))).hasMessageContaining("no history there");
        assertThatThrownBy(() -> HistoryStore.open(text)).hasMessageContaining("text.db: ")
            .hasMessageNotContaining("SQLITE");
        assertThatThrownBy(() -> HistoryStore.open(foreign)).hasMessageContaining("is no history of Steward");
        assertThatThrownBy(() -> HistoryStore.openOrCreate(foreign))
            .hasMessageContaining("is a database of another program");
        assertThatThrownBy(() -> HistoryStore.open(newer)).hasMessageContaining("is version 9 of a history");
    }

    @Test
    void shouldShowWhereAFigureChanged() {
        List<Series.Point> points = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            points.add(new Series.Point("run" + i, "2026-02-" + (10 + i), "c" + i,
                (i < 9 ? 400 : 480) + 3 * (i * 7 % 5), 10));
        }
        Series series = new Series("host", "default", "abc", "inline", "mutex", "event p50", "near", points);

        assertThat(series.changes()).singleElement().satisfies(change -> {
            assertThat(change.first().runId()).isEqualTo("run9");
            assertThat(change.ratio()).isCloseTo(1.2, within(0.02));
        });
        assertThat(HistoryReport.show(List.of(series), false)).isEqualTo("""
            host; scenario default (abc); path inline; CPUs near
              mutex, event p50: __.____._#######  400ns..492ns, 16 runs
                +19.7% from run run9 on (2026-02-19, commit c9), p = 0.001

            Bars from the lowest to the highest run of a line, oldest first.
            Changes: E-divisive, chance of a false one at each figure 1%.
            """);
        assertThat(HistoryReport.show(List.of(new Series("host", "default", "abc", "inline", "mutex", "event p50",
            "near", points.subList(0, 3))), true)).contains("\u2581").contains("No change points: they need 10 runs");
    }

    /** The driver says what SQLite says a second time. */
    @Test
    void shouldSayOnceWhatIsWrong(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("h.db"), "x".repeat(5000));
        assertThatThrownBy(() -> HistoryStore.open(file)).hasMessage(file + ": file is not a database");
    }

    private static void execute(Path file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Fixture fixture(String createdAt) {
        Fixture fixture = Fixture.of(List.of("mutex"), List.of("ring"), 1);
        fixture.run().put("createdAt", createdAt);
        return fixture;
    }
}
