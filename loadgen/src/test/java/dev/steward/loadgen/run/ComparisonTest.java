package dev.steward.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.loadgen.record.Oracle;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.results.RunManifest;
import dev.steward.results.TurnPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comparisons with real cells in JVMs of their own, as short as they may be. */
class ComparisonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path temp;

    @Test
    void shouldWriteAFolderThatKeepsTheFormat() throws IOException {
        Path folder = temp.resolve("first");
        Heard heard = new Heard();
        RunManifest.Status status = comparison(folder, "mutex", "rcu-page").run(heard);

        assertThat(status).isEqualTo(RunManifest.Status.COMPLETE);
        JsonNode run = read(folder.resolve("run.json"));
        assertThat(run.path("status").asText()).isEqualTo("complete");
        assertThat(run.path("name").asText()).isEqualTo("first");
        assertThat(run.path("events").path("source").asText()).isEqualTo("synthetic");
        assertThat(run.path("cells")).hasSize(4);
        assertThat(run.path("calibration").has("nativePairNs")).as("no strategy calls the C library").isFalse();
        assertThat(heard.lines.get(0)).isEqualTo("planned 4");
        assertThat(heard.lines).hasSize(9);
        assertThat(Schemas.violations(Schemas.RUN, run.toString())).isEmpty();
        List<String> digests = new ArrayList<>();
        for (JsonNode planned : run.path("cells")) {
            String id = planned.path("id").asText();
            JsonNode cell = read(folder.resolve("cells").resolve(id + ".json"));
            assertThat(Schemas.violations(Schemas.CELL, cell.toString())).isEmpty();
            assertThat(cell.path("status")).isEqualTo(planned.path("status"));
            assertThat(planned.path("reasons")).as("stand in the file of the cell").isEmpty();
            assertThat(cell.path("reasons").isEmpty()).isEqualTo(cell.path("status").asText().equals("ok"));
            assertThat(cell.path("ledger").path("balance").asLong()).isZero();
            assertThat(cell.path("oracles")).hasSize(Oracle.values().length);
            digests.add(cell.path("arrivalsDigest").asText());
            assertThat(folder.resolve("cells").resolve(id + ".hlog")).isNotEmptyFile();
        }
        assertThat(digests.stream().distinct()).hasSize(1);
        assertThat(filesIn(folder.resolve("cells"))).hasSize(8);
        assertSchemasAreStrict(folder);
    }

    /** Where threads are disturbed nothing is compared, so there are no turns. */
    @Test
    void shouldRunCellsThatDoNotCountWhereThreadsAreDisturbed() throws IOException {
        Path folder = runDisturbed(100);
        // Whoever disturbs may wait for a CPU all the while: then once more, and longer.
        for (int ms = 400; ms < 30_000 && timesDisturbed(folder) == 0; ms *= 4) {
            folder = runDisturbed(ms);
        }

        JsonNode run = read(folder.resolve("run.json"));
        assertThat(Schemas.violations(Schemas.RUN, run.toString())).isEmpty();
        assertThat(run.has("turns")).isFalse();
        assertThat(run.path("cells").findValuesAsText("status")).containsExactly("disturbed", "disturbed");
        JsonNode cell = read(folder.resolve("cells/mutex-inline-r1.json"));
        assertThat(Schemas.violations(Schemas.CELL, cell.toString())).isEmpty();
        assertThat(cell.path("status").asText()).isEqualTo("disturbed");
        assertThat(cell.path("reasons").findValuesAsText("kind")).startsWith("disturbed", "disturbed");
        assertThat(cell.path("reasons").findValuesAsText("name")).startsWith("stutter", "jitter");
        assertThat(timesDisturbed(folder)).isPositive();
    }

    private Path runDisturbed(int ms) {
        Path folder = temp.resolve("disturbed-" + ms);
        Scenario scenario = new ScenarioBuilder().override("rehearsal=20ms").override("warmup=20ms")
            .override("duration=" + ms + "ms").override("repeats=2").override("streams=8")
            .override("path=inline").override("disturb=jitter,stutter")
            .build();
        CompareConfig config = new CompareConfig(scenario, List.of("mutex"), folder, temp, "./steward compare");
        config.prepare(TurnOptions.generations(1, Map.of()), line -> { }).run(new Heard());
        return folder;
    }

    private static long timesDisturbed(Path folder) throws IOException {
        return read(folder.resolve("cells/mutex-inline-r1.json")).path("reasons").get(0).path("count").asLong();
    }

    @Test
    void shouldRefuseToCompareWhereThreadsAreDisturbed() {
        Scenario scenario = new ScenarioBuilder().override("disturb=jitter").build();
        CompareConfig config =
            new CompareConfig(scenario, List.of("mutex"), temp.resolve("a"), temp, "./steward compare");

        assertThatThrownBy(() -> CompareConfig.together(
            List.of(config), TurnOptions.generations(1, Map.of()), line -> { })).isInstanceOf(ScenarioException.class)
            .hasMessage("disturb: no figure counts while threads are disturbed, so nothing can be compared; "
                + "allowed here: none");
        assertThat(temp.resolve("a")).doesNotExist();
    }

    /** The control of the check above: what lacks a field does not pass. */
    private static void assertSchemasAreStrict(Path folder) throws IOException {
        ObjectNode run = (ObjectNode) read(folder.resolve("run.json"));
        ObjectNode cell = (ObjectNode) read(folder.resolve("cells").resolve("mutex-inline-r1.json"));
        run.remove("seed");
        cell.remove("ledger");

        assertThat(Schemas.violations(Schemas.RUN, run.toString())).isNotEmpty();
        assertThat(Schemas.violations(Schemas.CELL, cell.toString())).isNotEmpty();
    }

    @Test
    void shouldKeepTheFinishedCellsWhenCancelled() throws IOException {
        Path folder = temp.resolve("cancelled");
        Comparison comparison = comparison(folder, "mutex", "rwlock");
        RunManifest.Status status = comparison.run(new Heard() {
            @Override
            public void cellEnded(String id, RunManifest.CellStatus state) {
                comparison.cancel();
            }
        });

        assertThat(status).isEqualTo(RunManifest.Status.INTERRUPTED);
        JsonNode run = read(folder.resolve("run.json"));
        assertThat(run.path("status").asText()).isEqualTo("interrupted");
        assertThat(run.path("finishedAt").asText()).isNotEmpty();
        assertThat(Schemas.violations(Schemas.RUN, run.toString())).isEmpty();
        String first = run.path("cells").get(0).path("id").asText();
        assertThat(run.path("cells").get(0).path("status").asText()).isIn("ok", "invalid");
        assertThat(run.path("cells").findValuesAsText("status").subList(1, 4)).containsOnly("planned");
        assertThat(filesIn(folder.resolve("cells"))).containsExactlyInAnyOrder(first + ".json", first + ".hlog");
    }

    @Test
    void shouldEndTheCellThatRunsWhenCancelled() throws IOException {
        Path folder = temp.resolve("cancelled");
        Comparison comparison = comparison(folder, "duration=600s", "mutex");
        Heard heard = new Heard() {
            @Override
            public void cellStarted(String id) {
                super.cellStarted(id);
                comparison.cancel();
            }
        };

        assertThat(comparison.run(heard)).isEqualTo(RunManifest.Status.INTERRUPTED);
        assertThat(heard.lines).noneMatch(line -> line.startsWith("ended"));
        assertThat(filesIn(folder.resolve("cells"))).isEmpty();
    }

    @Test
    void shouldWriteTheFolderToItsEndWhenItsThreadIsInterrupted() throws IOException {
        Path folder = temp.resolve("interrupted");
        RunManifest.Status status = comparison(folder, "duration=600s", "mutex").run(new Heard() {
            @Override
            public void cellStarted(String id) {
                Thread.currentThread().interrupt();
            }
        });

        assertThat(Thread.interrupted()).isTrue();
        assertThat(status).isEqualTo(RunManifest.Status.INTERRUPTED);
        assertThat(read(folder.resolve("run.json")).path("status").asText()).isEqualTo("interrupted");
    }

    @Test
    void shouldBeCompleteWhenCancelledAfterTheLastCell() {
        Comparison comparison = comparison(temp.resolve("late"), "path=inline", "mutex");

        assertThat(comparison.run(new Heard() {
            @Override
            public void cellEnded(String id, RunManifest.CellStatus state) {
                comparison.cancel();
            }
        })).isEqualTo(RunManifest.Status.COMPLETE);
    }

    @Test
    void shouldGoOnAndSayWhyWhenACellFails() throws IOException {
        Path folder = temp.resolve("failing");
        Comparison comparison = comparison(folder, "path=inline", "repeats=2", "mutex");
        RunManifest.Status status = comparison.run(new Heard() {
            private boolean first = true;

            @Override
            public void cellStarted(String id) {
                super.cellStarted(id);
                if (first) {
                    first = false;
                    occupy(folder.resolve("cells").resolve(id + ".hlog"));
                }
            }
        });

        assertThat(status).isEqualTo(RunManifest.Status.FAILED);
        JsonNode run = read(folder.resolve("run.json"));
        assertThat(run.path("status").asText()).isEqualTo("failed");
        assertThat(run.path("cells").get(0).path("status").asText()).isEqualTo("failed");
        assertThat(run.path("cells").get(0).path("reasons").get(0).asText())
            .startsWith("its JVM ended with code 1: ").contains("mutex-inline-r1.hlog");
        assertThat(run.path("cells").get(1).path("status").asText()).isIn("ok", "invalid");
        assertThat(Schemas.violations(Schemas.RUN, run.toString())).isEmpty();
    }

    @Test
    void shouldRefuseAFolderThatIsNotEmpty() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("old"));
        Files.writeString(folder.resolve("run.json"), "{}");

        assertThatThrownBy(() -> comparison(folder, "mutex")).isInstanceOf(ScenarioException.class)
            .hasMessage("--out: " + folder + " is not empty; name a new folder, results are never overwritten");
        assertThat(folder.resolve("run.json")).hasContent("{}");
    }

    @Test
    void shouldRefuseAFolderThatCannotBeMade() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "x");

        for (Path folder : List.of(file, file.resolve("below"))) {
            assertThatThrownBy(() -> comparison(folder, "mutex")).isInstanceOf(ScenarioException.class)
                .hasMessage("--out: " + folder + " cannot be written; name a folder that can");
        }
    }

    @Test
    void shouldRefuseAStrategyThatIsNotThere() {
        assertThatThrownBy(() -> comparison(temp.resolve("a"), "spinlock")).isInstanceOf(ScenarioException.class)
            .hasMessage("--strategy: unknown strategy 'spinlock'; './steward strategies' lists them all");
        assertThat(temp.resolve("a")).doesNotExist();
    }

    private Comparison comparison(Path folder, String... overridesAndStrategies) {
        ScenarioBuilder builder = new ScenarioBuilder()
            .override("rehearsal=20ms").override("warmup=20ms").override("duration=50ms").override("repeats=1")
            .override("streams=8");
        List<String> strategies = new ArrayList<>();
        for (String one : overridesAndStrategies) {
            if (one.contains("=")) {
                builder.override(one);
            } else {
                strategies.add(one);
            }
        }
        Scenario scenario = builder.build();
        List<String> preflight = new ArrayList<>();
        Comparison comparison =
            new CompareConfig(scenario, strategies, folder, temp, "./steward compare").cells(preflight::add);
        assertThat(preflight.get(0)).startsWith("preflight: ").contains(" cores, JVM ");
        assertThat(preflight.stream().filter(line -> line.startsWith("waiting, ")))
            .hasSize(scenario.text(ScenarioKey.PATH).equals("both") ? 2 : 1);
        return comparison;
    }

    private static void occupy(Path file) {
        try {
            Files.createDirectory(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }

    private static List<String> filesIn(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    static class Heard implements RunListener {
        final List<String> lines = new ArrayList<>();

        @Override
        public void planned(int cells, long estimateMs) {
            lines.add("planned " + cells);
            assertThat(estimateMs).isPositive();
        }

        @Override
        public void cellStarted(String id) {
            lines.add("started " + id);
        }

        @Override
        public void cellEnded(String id, RunManifest.CellStatus status) {
            lines.add("ended " + id + " " + status);
        }

        @Override
        public void turnsPlanned(String what, String notice, long aboutMs, int mostGenerations) {
            lines.add("turns planned");
        }

        @Override
        public void turnsGoOn(String what, long spentMs) {
            lines.add(what);
        }

        @Override
        public void contestantFailed(String strategy, String why) {
            lines.add("failed " + strategy);
        }

        @Override
        public void generationEnded(TurnPlan plan, String standing) {
            lines.add("generation " + plan.generations());
        }
    }
}
