package dev.steward.reports.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.results.Checkpoint;
import dev.steward.results.FleetFolder;
import dev.steward.results.SweepManifest;
import dev.steward.results.TaskAttempt;
import dev.steward.results.TurnRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another attempt finds of one that was killed. */
class CheckpointTest {
    private static final List<String> POINTS = List.of("0000", "0001");

    @TempDir
    private Path folder;
    private FleetFolder fleet;
    private Path sweep;

    @BeforeEach
    void measure() throws IOException {
        fleet = Fleets.plan(folder.resolve("plan"), List.of(POINTS, List.of("0002")));
        sweep = Files.createDirectories(folder.resolve("local"));
        Files.copy(fleet.path().resolve(SweepManifest.FILE), sweep.resolve(SweepManifest.FILE));
        for (String point : POINTS) {
            Fleets.measured(sweep.resolve(point), 1, "a machine", 1, Fleets.turns(1, 1.5));
            Files.writeString(sweep.resolve(point).resolve(".running"), "");
        }
    }

    private void write(int generations, String attempt) throws IOException {
        Checkpoint.write(fleet, sweep, POINTS, generations, Fleets.attempt(1, attempt, "n1"));
    }

    private List<String> names() throws IOException {
        try (var all = Files.list(fleet.path().resolve("checkpoints"))) {
            return all.map(one -> one.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void shouldKeepTheNewestOfEachAttemptAndGoOnFromTheFurthest() throws IOException {
        assertThat(Checkpoint.furthest(fleet, 1, POINTS)).isEmpty();
        write(1, "a");
        write(1, "b");
        write(2, "a");

        assertThat(names()).containsExactly("t1-1-b", "t1-2-a");
        Checkpoint newest = Checkpoint.furthest(fleet, 1, POINTS).orElseThrow();
        assertThat(newest.generations()).isEqualTo(2);
        assertThat(newest.points()).containsExactlyInAnyOrderElementsOf(POINTS);
        assertThat(newest.attempt()).isEqualTo(Fleets.attempt(1, "a", "n1"));
        assertThat(Checkpoint.furthest(fleet, 2, List.of("0002"))).as("another task").isEmpty();

        Path local = Files.createDirectories(folder.resolve("again"));
        newest.copyTo(local);
        Files.delete(sweep.resolve("0000/.running"));
        Files.delete(sweep.resolve("0001/.running"));
        assertThat(Fleets.content(local)).isEqualTo(Fleets.content(sweep));
        Checkpoint.removeAll(fleet, 1);
        assertThat(names()).isEmpty();
    }

    @Test
    void shouldRemoveWhatAKilledWriterHasLeft() throws IOException {
        write(1, "a");
        Path part = fleet.path().resolve("checkpoints/.t1-2-b.part");
        Files.createDirectories(part.resolve("0000"));
        Path ofAnother = Files.createDirectories(fleet.path().resolve("checkpoints/.t12-2-b.part"));

        assertThat(Checkpoint.furthest(fleet, 1, POINTS)).get().extracting(Checkpoint::generations).isEqualTo(1);
        Checkpoint.removeAll(fleet, 1);
        assertThat(names()).containsExactly(ofAnother.getFileName().toString());
    }

    /** Else it would count twice, or be measured in vain. */
    @Test
    void shouldNotGoOnWithAPointThatIsThere() throws IOException {
        write(1, "a");

        assertThat(Checkpoint.furthest(fleet, 1, List.of("0001"))).isEmpty();
    }

    /** A shared folder shows some of its files late, or their begin alone. */
    @Test
    void shouldGoOnFromAnEarlierOneWhenTheNewestIsNotToBeSeenWhole() throws IOException {
        write(1, "b");
        write(2, "a");
        for (String file : List.of("0001/turns.jsonl", "0000/run.json", TaskAttempt.FILE, SweepManifest.FILE,
            "0000/cells/mutex-ring-r1.hlog", "0001/cells/mutex-ring-r1.json")) {
            Path late = fleet.path().resolve("checkpoints/t1-2-a").resolve(file);
            Path hidden = Files.move(late, folder.resolve("hidden"));

            assertThat(Checkpoint.furthest(fleet, 1, POINTS)).as("without %s", file).get()
                .extracting(Checkpoint::generations).isEqualTo(1);
            Files.move(hidden, late);
        }
        Path turns = fleet.path().resolve("checkpoints/t1-2-a/0000").resolve(TurnRecord.FILE);
        List<String> lines = Files.readAllLines(turns);
        Files.write(turns, lines.subList(0, lines.size() - 1));
        assertThat(Checkpoint.furthest(fleet, 1, POINTS)).get().extracting(Checkpoint::generations).isEqualTo(1);
    }

    /** Its points may be those of the checkpoint before. */
    @Test
    void shouldNotBelieveANameThatPromisesMoreGenerationsThanThereAre() throws IOException {
        write(2, "a");
        write(3, "b");

        assertThat(Checkpoint.furthest(fleet, 1, POINTS)).get().extracting(Checkpoint::generations).isEqualTo(2);
    }

    @Test
    void shouldSayWhatWasWrongWithEachNodeAndWhichTheyWere() {
        TaskAttempt first = Fleets.attempt(1, "a", "n1").now(TaskAttempt.Status.RUNNING, null, null, List.of(),
            List.of("2 other threads wanted a CPU at the start"));
        TaskAttempt second = Fleets.attempt(1, "b", "n2").now(TaskAttempt.Status.RUNNING, null, null, List.of(),
            List.of("the host took 3.0 % of the time")).after(first);
        TaskAttempt third = Fleets.attempt(1, "c", "n1").after(second);

        assertThat(third.earlierNodes()).containsExactly("n1", "n2");
        assertThat(third.noise()).containsExactly("before, on n1: 2 other threads wanted a CPU at the start",
            "before, on n2: the host took 3.0 % of the time");
    }
}
