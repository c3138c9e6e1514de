package dev.steward.reports.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steward.reports.FleetText;
import dev.steward.reports.Turns;
import dev.steward.reports.guide.GridReader;
import dev.steward.reports.read.ResultFolder;
import dev.steward.results.FleetFolder;
import dev.steward.results.Folders;
import dev.steward.results.RunManifest;
import dev.steward.results.TaskAttempt;
import dev.steward.results.TurnFigure;
import dev.steward.results.TurnRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetMergeTest {
    private static final String MACHINE = "a machine";

    @TempDir
    private Path folder;
    private int locals;

    private FleetFolder plan(List<List<String>> tasks) throws IOException {
        return Fleets.plan(folder.resolve("plan"), tasks);
    }

    private Path bring(FleetFolder fleet, int task, String point, String node, String cpu, Turns turns)
        throws IOException {
        Path local = Fleets.measured(folder.resolve("local" + locals++), locals, cpu, 1, turns);
        Fleets.deliver(fleet, local, point, Fleets.attempt(task, "a" + task, node));
        return local;
    }

    @Test
    void shouldTakeAPointOfOneTaskOverByteByByte() throws IOException {
        FleetFolder fleet = plan(List.of(List.of("0000"), List.of("0001")));
        Path local = bring(fleet, 1, "0000", "n1", MACHINE, Fleets.turns(1, 1.5));

        FleetMerge.Merged merged = FleetMerge.merge(fleet);

        assertThat(merged.results()).isEqualTo(1);
        assertThat(merged.planned()).isEqualTo(2);
        assertThat(Fleets.content(folder.resolve("plan/merged/a/0000"))).isEqualTo(Fleets.content(local));
        assertThat(GridReader.read(folder.resolve("plan/merged/a")).points()).hasSize(1);
        assertThat(GridReader.read(folder.resolve("plan/merged/a/grid.json")))
            .isEqualTo(GridReader.read(folder.resolve("plan/merged/a")));
    }

    /** Rounds and histograms are added up by whoever reads them: none is lost, none counts twice. */
    @Test
    void shouldCountGenerationsAndRepeatsOnWhenSeveralTasksMeasuredAPoint() throws IOException {
        FleetFolder fleet = plan(List.of(List.of("0000"), List.of("0000"), List.of("0000")));
        List<ResultFolder> brought = new ArrayList<>();
        for (int task : List.of(3, 1, 2)) {
            bring(fleet, task, "0000", "n" + task, MACHINE, Fleets.turns(task, 1.5));
        }
        for (int task = 1; task <= 3; task++) {
            brought.add(ResultFolder.read(fleet.result("0000", task)));
        }

        FleetMerge.merge(fleet);
        ResultFolder all = ResultFolder.read(folder.resolve("plan/merged/a/0000"));

        List<TurnRecord> turns = new ArrayList<>();
        for (int task = 0; task < 3; task++) {
            for (TurnRecord turn : brought.get(task).turns()) {
                turns.add(turn.in(2 * task + turn.generation()));
            }
        }
        assertThat(all.turns()).isEqualTo(turns);
        assertThat(all.run().turns().generations()).isEqualTo(6);
        // Task 3 came first, and counts last: each part can be drawn again from its own seed.
        assertThat(all.run().environment()).contains(new RunManifest.EnvironmentEntry("seeds",
            "2 in generations 1 to 2, 3 in generations 3 to 4, 1 in generations 5 to 6"));
        assertThat(all.run().lastingFacts()).as("of the machine").isEqualTo(brought.get(0).run().lastingFacts());
        assertThat(all.missing()).isEmpty();
        assertThat(all.cells()).extracting(cell -> cell.json().id()).containsExactly("mutex-ring-r1", "rwlock-ring-r1",
            "mutex-ring-r2", "rwlock-ring-r2", "mutex-ring-r3", "rwlock-ring-r3");
        for (int i = 0; i < 6; i++) {
            String id = brought.get(i / 2).cells().get(i % 2).json().id();
            assertThat(folder.resolve("plan/merged/a/0000/cells").resolve(all.cells().get(i).json().id() + ".hlog"))
                .hasSameBinaryContentAs(fleet.result("0000", 1 + i / 2).resolve("cells").resolve(id + ".hlog"));
        }
    }

    /** A shared folder that shows nothing for a while must not cost what was merged. */
    @Test
    void shouldKeepWhatWasMergedWhenNothingIsThere() throws IOException {
        FleetFolder fleet = plan(List.of(List.of("0000")));
        bring(fleet, 1, "0000", "n1", MACHINE, Fleets.turns(1, 1.5));
        FleetMerge.merge(fleet);
        Map<String, String> merged = Fleets.content(folder.resolve("plan/merged"));
        Folders.remove(fleet.result("0000", 1));

        assertThat(FleetMerge.merge(fleet).results()).isZero();
        assertThat(Fleets.content(folder.resolve("plan/merged"))).isEqualTo(merged).isNotEmpty();
    }

    @Test
    void shouldComeToTheSameInWhateverOrderResultsCameAndHoweverOften() throws IOException {
        List<Integer> order = new ArrayList<>(List.of(1, 2, 3, 4));
        FleetFolder fleet = plan(List.of(List.of("0000"), List.of("0000"), List.of("0000"), List.of("0000")));
        List<Path> locals = new ArrayList<>();
        for (int task : order) {
            locals.add(Fleets.measured(folder.resolve("l" + task), task, task < 3 ? MACHINE : "another", 1,
                Fleets.turns(task, 1.5)));
        }
        Map<String, String> first = null;
        for (int times = 0; times < 4; times++) {
            Folders.remove(folder.resolve("plan"));
            fleet = plan(List.of(List.of("0000"), List.of("0000"), List.of("0000"), List.of("0000")));
            for (int task : order) {
                Fleets.deliver(fleet, locals.get(task - 1), "0000", Fleets.attempt(task, "x" + times, "n"));
                if (times % 2 == 0) {
                    FleetMerge.merge(fleet);
                }
            }
            FleetMerge.merge(fleet);
            FleetMerge.merge(fleet);
            Map<String, String> content = Fleets.content(folder.resolve("plan/merged"));
            first = first == null ? content : first;
            assertThat(content).as("order %s", order).isEqualTo(first);
            Collections.rotate(order, 1);
        }
    }

    @Test
    void shouldKeepMachineClassesApart() throws IOException {
        FleetFolder fleet = plan(List.of(List.of("0000", "0001"), List.of("0002"), List.of("0003")));
        bring(fleet, 2, "0002", "n2", "another", Fleets.turns(1, 1.5));
        bring(fleet, 1, "0000", "n1", MACHINE, Fleets.turns(2, 1.5));
        bring(fleet, 1, "0001", "n1", MACHINE, Fleets.turns(3, 1.5));

        FleetMerge.Merged merged = FleetMerge.merge(fleet);

        assertThat(merged.classes()).hasSize(2);
        assertThat(merged.classes().get(0).machine()).startsWith("cpu a machine");
        assertThat(merged.classes().get(0).points()).containsExactly("0000", "0001");
        assertThat(merged.classes().get(1).machine()).startsWith("cpu another");
        assertThat(folder.resolve("plan/merged/a/0002")).doesNotExist();
        assertThat(folder.resolve("plan/merged/b/0002")).exists();
        assertThat(FleetText.of(merged)).startsWith(
            "Merged 3 of 4 results, 2 machine classes, whose latencies do not\n  compare.\n");
    }

    /** Nodes of different speed, of which one also has a slower lock: the ratio shows it, the medians hide it. */
    @Test
    void shouldTellWhatNodesBringAboutFromWhatTasksDo() throws IOException {
        List<List<String>> tasks = Collections.nCopies(12, List.of("0000"));
        FleetFolder fleet = plan(tasks);
        for (int task = 1; task <= 12; task++) {
            int node = task % 3;
            bring(fleet, task, "0000", "n" + node, MACHINE, Turns.of(task, "mutex", "rwlock").paths("ring")
                .generations(4, 6).slower("mutex", 1 + 0.5 * node).slower("rwlock", 1.3 * (1 + 0.5 * node)));
        }
        List<NodeEffect> effects = FleetMerge.merge(fleet).classes().get(0).effects();

        NodeEffect own = effects.stream().filter(effect -> effect.of().equals("mutex")
            && effect.figure() == TurnFigure.EVENT).findFirst().orElseThrow();
        assertThat(own.shown()).isTrue();
        assertThat(own.nodes()).isEqualTo(3);
        assertThat(own.tasks()).isEqualTo(12);
        // The logarithms of 1, 1.5 and 2 have a standard deviation of 0.35.
        assertThat(own.between()).isCloseTo(Math.exp(0.35) - 1, within(0.05));
        assertThat(own.within()).isBetween(0.002, 0.05);
        assertThat(effects.stream().filter(effect -> effect.of().equals("rwlock"))).hasSize(3)
            .noneMatch(NodeEffect::shown).allMatch(effect -> effect.between() < 0.1)
            .as("with what tasks bring about taken off").anyMatch(effect -> effect.between() == 0);
    }

    @Test
    void shouldShowARatioThatDiffersFromNodeToNode() throws IOException {
        FleetFolder fleet = plan(Collections.nCopies(8, List.of("0000")));
        for (int task = 1; task <= 8; task++) {
            bring(fleet, task, "0000", "n" + task % 2, MACHINE, Fleets.turns(task, task % 2 == 0 ? 1.2 : 2));
        }
        FleetMerge.Merged merged = FleetMerge.merge(fleet);

        assertThat(merged.classes().get(0).effects()).filteredOn(effect -> effect.of().equals("rwlock"))
            .filteredOn(effect -> effect.figure() == TurnFigure.EVENT).allMatch(NodeEffect::shown);
        assertThat(FleetText.of(merged)).contains("Node effect: 8 tasks on 2 nodes",
            "The nodes differ in a ratio of strategies: a verdict of one node need");
    }

    @Test
    void shouldSayThatTheNodeEffectIsNotKnownWithoutAPointInCommon() throws IOException {
        FleetFolder fleet = plan(List.of(List.of("0000"), List.of("0001")));
        bring(fleet, 1, "0000", "n1", MACHINE, Fleets.turns(1, 1.5));
        bring(fleet, 2, "0001", "n2", MACHINE, Fleets.turns(2, 1.5));

        assertThat(FleetText.of(FleetMerge.merge(fleet))).contains("How its nodes differ is not known");
    }

    @Test
    void shouldLeaveOutWhatIsNotWholeAndSayWhy() throws IOException {
        FleetFolder fleet = plan(List.of(List.of("0000"), List.of("0001")));
        bring(fleet, 1, "0000", "n1", MACHINE, Fleets.turns(1, 1.5));
        bring(fleet, 2, "0001", "n2", MACHINE, Fleets.turns(2, 1.5));
        Path log = fleet.result("0001", 2).resolve("cells/mutex-ring-r1.hlog");
        byte[] bytes = Files.readAllBytes(log);
        bytes[bytes.length / 2] ^= 1;
        Files.write(log, bytes);

        FleetMerge.Merged merged = FleetMerge.merge(fleet);

        assertThat(merged.results()).isEqualTo(1);
        assertThat(merged.damaged()).singleElement().asString().contains("mutex-ring-r1.hlog", "digest");
        assertThat(FleetStatus.of(fleet, Optional.of(Map.of())).missing()).containsExactly(2);

        // Another attempt takes its place.
        bring(fleet, 2, "0001", "n1", MACHINE, Fleets.turns(2, 1.5));
        assertThat(FleetStatus.of(fleet, Optional.of(Map.of())).missing()).isEmpty();
        assertThat(FleetMerge.merge(fleet).results()).isEqualTo(2);
    }

    /** A shared folder may show the begin of a file before the rest: whole lines, and fewer than were written. */
    @Test
    void shouldLeaveOutRoundsOfWhichOnlyTheBeginIsToBeSeen() throws IOException {
        FleetFolder fleet = plan(List.of(List.of("0000")));
        bring(fleet, 1, "0000", "n1", MACHINE, Fleets.turns(1, 1.5));
        Path turns = fleet.result("0000", 1).resolve(TurnRecord.FILE);
        List<String> lines = Files.readAllLines(turns);
        Files.write(turns, lines.subList(0, lines.size() - 1));

        FleetMerge.Merged merged = FleetMerge.merge(fleet);

        assertThat(merged.results()).isZero();
        assertThat(merged.damaged()).singleElement().asString().contains("turns.jsonl: has " + (lines.size() - 1));
    }

    @Test
    void shouldKeepTheFirstOfTwoThatBringTheSame() throws IOException {
        FleetFolder fleet = plan(List.of(List.of("0000")));
        bring(fleet, 1, "0000", "n1", MACHINE, Fleets.turns(1, 1.5));
        Map<String, String> first = Fleets.content(folder.resolve("plan/points"));
        bring(fleet, 1, "0000", "n2", MACHINE, Fleets.turns(2, 1.5));

        assertThat(Fleets.content(folder.resolve("plan/points"))).isEqualTo(first);
    }

    @Test
    void shouldSayOfEachTaskHowItStands() throws IOException {
        FleetFolder fleet = plan(List.of(List.of("0000"), List.of("0001"), List.of("0002"), List.of("0003"),
            List.of("0004"), List.of("0005"), List.of("0006")));
        bring(fleet, 1, "0000", "n1", MACHINE, Fleets.turns(1, 1.5));
        attempt(fleet, 1, TaskAttempt.Status.DONE, null);
        attempt(fleet, 2, TaskAttempt.Status.RUNNING, null);
        attempt(fleet, 3, TaskAttempt.Status.FAILED, "/tmp/x: No space left on device");
        attempt(fleet, 4, TaskAttempt.Status.GAVE_UP, "no such thing");
        attempt(fleet, 5, TaskAttempt.Status.RUNNING, null);

        FleetStatus status = FleetStatus.of(fleet, Optional.of(Map.of(2, "running n1", 6, "pending")));

        assertThat(status.tasks()).extracting(FleetStatus.Row::state).containsExactly(FleetStatus.State.DONE,
            FleetStatus.State.RUNNING, FleetStatus.State.FAILED, FleetStatus.State.GAVE_UP, FleetStatus.State.KILLED,
            FleetStatus.State.WAITING, FleetStatus.State.MISSING);
        assertThat(status.missing()).containsExactly(3, 4, 5, 7);
        assertThat(FleetText.of(status)).contains("task 3: /tmp/x: No space left on device\n",
            "task 5: ended without a word: killed, or its node is gone\n", "1 of 7 results there (14 %)");
        assertThat(FleetStatus.of(fleet, Optional.empty()).tasks().get(4).state()).isEqualTo(FleetStatus.State.BEGUN);
    }

    private static void attempt(FleetFolder fleet, int task, TaskAttempt.Status status, String reason)
        throws IOException {
        TaskAttempt attempt = Fleets.attempt(task, "x" + task, "n1");
        fleet.write(attempt.now(status, status == TaskAttempt.Status.RUNNING ? null : attempt.startedAt(), reason,
            List.of(), List.of()));
    }

    /** Of thousands of tasks nobody reads thousands of lines. */
    @Test
    void shouldPutTasksTogetherOfWhichTheSameIsSaid() throws IOException {
        FleetFolder fleet = plan(Collections.nCopies(3_000, List.of("0000")));

        assertThat(FleetText.of(FleetStatus.of(fleet, Optional.empty()))).contains("1-3000  missing").hasLineCount(7);
    }
}
