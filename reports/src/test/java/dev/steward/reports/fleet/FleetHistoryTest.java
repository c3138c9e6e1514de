package dev.steward.reports.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.results.Delivery;
import dev.steward.results.FleetFolder;
import dev.steward.results.FleetPlan;
import dev.steward.results.Folders;
import dev.steward.results.TaskAttempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A scheduler that is meaner than a cluster: it starts tasks in any order and twice at once, kills them between any two
 * files, starts them again on another node whose clock differs, and shows files late. Whatever it does, the merge comes
 * to what one machine would have measured.
 */
@Tag("slow")
class FleetHistoryTest {
    private static final int HISTORIES = 300;
    private static final List<List<String>> TASKS = List.of(List.of("0000", "0001"), List.of("0002", "0000"),
        List.of("0003"));

    @TempDir
    private Path folder;
    private Map<String, String> unsplit;

    @BeforeEach
    void runUnsplit() throws IOException {
        int seed = 0;
        for (int task = 1; task <= TASKS.size(); task++) {
            for (String point : TASKS.get(task - 1)) {
                // Files are what takes time here: long cells at one point, which two tasks share.
                Fleets.measured(local(task, point), 42, "a machine", point.equals("0000") ? 1 : 0,
                    Fleets.turns(++seed, 1.5));
            }
        }
        FleetFolder fleet = Fleets.plan(folder.resolve("unsplit"), TASKS);
        for (FleetPlan.Task task : fleet.plan().tasks()) {
            for (String point : task.points()) {
                Fleets.deliver(fleet, local(task.number(), point), point, Fleets.attempt(task.number(), "a", "n1"));
            }
        }
        assertThat(FleetMerge.merge(fleet).results()).isEqualTo(5);
        unsplit = Fleets.content(folder.resolve("unsplit").resolve("merged"));
        assertThat(unsplit).hasSize(2 + 4 * 2 + 2 * 2 * 2);
    }

    private Path local(int task, String point) {
        return folder.resolve("local").resolve(task + "-" + point);
    }

    @Test
    void shouldMergeToTheUnsplitWhateverHappensToTasks() throws IOException {
        for (int seed = 0; seed < HISTORIES; seed++) {
            Path plan = folder.resolve("history");
            History history = new History(Fleets.plan(plan, TASKS), new SplittableRandom(seed));
            history.run();

            assertThat(Fleets.content(plan.resolve("merged"))).as("history %d", seed).isEqualTo(unsplit);
            Folders.remove(plan);
        }
    }

    /** One task under way. */
    private final class Running {
        private final TaskAttempt attempt;
        private final List<String> left;
        private Delivery delivery;

        Running(FleetFolder fleet, int task, String name, String node, Instant started) throws IOException {
            attempt = Fleets.attempt(task, name, node, started.toString());
            left = new ArrayList<>(fleet.missing(fleet.task(task)));
            fleet.write(attempt);
        }

        /** Goes on by a file; false once it is done. */
        boolean step(FleetFolder fleet) throws IOException {
            if (delivery == null && !left.isEmpty()) {
                delivery = new Delivery(fleet, local(attempt.task(), left.get(0)), left.get(0), attempt);
            }
            if (delivery == null) {
                fleet.write(attempt.now(TaskAttempt.Status.DONE, attempt.startedAt(), null, List.of(), List.of()));
                return false;
            }
            if (!delivery.step()) {
                left.remove(0);
                delivery = null;
            }
            return true;
        }
    }

    /** What happens to one plan, drawn. */
    private final class History {
        private static final int MOST_EVENTS = 30;
        private static final int DAY_S = 86_400;
        private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

        private final FleetFolder fleet;
        private final SplittableRandom random;
        private final List<Running> running = new ArrayList<>();
        private int started;

        History(FleetFolder fleet, SplittableRandom random) {
            this.fleet = fleet;
            this.random = random;
        }

        void run() throws IOException {
            for (int event = random.nextInt(MOST_EVENTS); event > 0; event--) {
                switch (random.nextInt(60)) {
                    case 0, 1, 2, 3, 4, 5 -> start(1 + random.nextInt(TASKS.size()));
                    case 6, 7, 8, 9, 10 -> kill();
                    case 11, 12, 13, 14, 15 -> late();
                    case 16 -> mergeWhatIsThere();
                    default -> step();
                }
            }
            // The lab resumes until nothing is missing; what was killed is gone.
            running.clear();
            while (!FleetStatus.of(fleet, Optional.of(Map.of())).missing().isEmpty()) {
                for (int task : FleetStatus.of(fleet, Optional.of(Map.of())).missing()) {
                    start(task);
                }
                while (!running.isEmpty()) {
                    step();
                }
            }
            assertThat(FleetMerge.merge(fleet).damaged()).isEmpty();
        }

        private void start(int task) throws IOException {
            started++;
            // The clocks of two nodes are up to two days apart.
            Instant clock = NOON.plusSeconds(random.nextInt(-DAY_S, DAY_S));
            running.add(new Running(fleet, task, "x" + started, "n" + (1 + random.nextInt(4)), clock));
        }

        private void kill() {
            if (!running.isEmpty()) {
                running.remove(random.nextInt(running.size()));
            }
        }

        private void step() throws IOException {
            if (!running.isEmpty()) {
                Running one = running.get(random.nextInt(running.size()));
                if (!one.step(fleet)) {
                    running.remove(one);
                }
            }
        }

        /** A file of what is there is not to be seen yet, or its begin alone, and another attempt begins meanwhile. */
        private void late() throws IOException {
            List<Path> files = files();
            if (!files.isEmpty()) {
                int there = FleetStatus.of(fleet, Optional.empty()).there();
                Path file = files.get(random.nextInt(files.size()));
                Path hidden = folder.resolve("hidden");
                Files.move(file, hidden);
                if (random.nextBoolean()) {
                    byte[] whole = Files.readAllBytes(hidden);
                    Files.write(file, Arrays.copyOf(whole, random.nextInt(whole.length)));
                }
                assertThat(FleetStatus.of(fleet, Optional.empty()).there()).as("without %s", file)
                    .isEqualTo(there - 1);
                start(1 + random.nextInt(TASKS.size()));
                Files.move(hidden, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }

        private List<Path> files() throws IOException {
            try (var files = Files.walk(fleet.path().resolve("points"))) {
                return files.filter(Files::isRegularFile).filter(file -> !file.toString().contains("/."))
                    .sorted().toList();
            }
        }

        /** Nothing is counted twice on the way, either. */
        private void mergeWhatIsThere() throws IOException {
            FleetMerge.Merged merged = FleetMerge.merge(fleet);

            assertThat(merged.results()).isEqualTo(FleetStatus.of(fleet, Optional.empty()).there());
            merged.classes().forEach(one -> assertThat(one.results())
                .extracting(result -> result.point() + " " + result.task()).doesNotHaveDuplicates());
        }
    }
}
