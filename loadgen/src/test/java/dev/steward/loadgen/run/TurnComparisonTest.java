package dev.steward.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.loadgen.cell.CellSpec;
import dev.steward.loadgen.cell.LiveOrder;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.turn.Referee;
import dev.steward.results.RunManifest;
import dev.steward.results.TurnFigure;
import dev.steward.results.TurnPlan;
import dev.steward.results.TurnRecord;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Turns of real JVMs, as short as they may be. */
class TurnComparisonTest {
    @TempDir
    private Path temp;

    private static Scenario scenario(String... overrides) {
        ScenarioBuilder builder = new ScenarioBuilder()
            .override("rehearsal=40ms").override("warmup=10ms").override("duration=50ms").override("streams=8")
            .override("turn.window=30ms").override("turn.rounds=2").override("turn.runIn=1").override("repeats=1");
        for (String one : overrides) {
            builder.override(one);
        }
        return builder.build();
    }

    private Measurement prepare(Path folder, TurnOptions options, String... overrides) {
        return new CompareConfig(scenario(overrides), List.of("mutex", "unguarded"), folder, temp, "./steward compare")
            .prepare(options, line -> { });
    }

    @Test
    void shouldLeaveAnEmptyFolderWhenItIsKilledBeforeItBegins() throws IOException {
        Path folder = temp.resolve("killed");
        CompareConfig config =
            new CompareConfig(scenario(), List.of("mutex", "unguarded"), folder, temp, "./steward compare");

        assertThatThrownBy(() -> config.prepare(TurnOptions.generations(1, Map.of()), line -> {
            throw new IllegalStateException("killed");
        })).hasMessage("killed");
        assertThat(folder).as("the same command takes it again").isEmptyDirectory();
    }

    @Test
    void shouldTakeTurnsAndWriteEachOfThem() throws IOException {
        Path folder = temp.resolve("turns");
        ComparisonTest.Heard heard = new ComparisonTest.Heard();
        List<Integer> looks = new ArrayList<>();
        Referee referee = (turns, plan) -> {
            looks.add(plan.look());
            return new Referee.Standing(false, "");
        };
        TurnOptions two = new TurnOptions(Map.of("event.inline", 0.05), 3_600_000_000_000L, 2, null, strategies -> {
            assertThat(strategies).extracting(RunManifest.StrategyInfo::name).containsExactly("mutex", "unguarded");
            return referee;
        });

        assertThat(prepare(folder, two).run(heard)).isEqualTo(RunManifest.Status.COMPLETE);

        List<TurnRecord> turns = TurnRecord.readAll(folder);
        RunManifest run = RunManifest.read(folder);
        assertThat(turns.stream().filter(turn -> turn.round() > 0)).hasSize(2 * 2 * 2 * 2).allSatisfy(turn -> {
            assertThat(turn.ledger().balance()).isZero();
        });
        assertThat(turns).filteredOn(turn -> turn.ledger().generated() >= turn.rates().get(0).scheduled())
            .as("whose load was not given up, as it is where a machine stalls").isNotEmpty()
            .allSatisfy(turn -> assertThat(turn.medianNs(TurnFigure.EVENT.tag())).isPositive());
        assertThat(turns.stream().filter(turn -> turn.round() == 0)).as("run-in").hasSize(2 * 2 * 2);
        turns.stream().filter(turn -> turn.round() > 0)
            .collect(Collectors.groupingBy(turn -> turn.generation() + turn.path() + turn.round())).values()
            .forEach(round -> {
                assertThat(round).extracting(TurnRecord::strategy).containsExactlyInAnyOrder("mutex", "unguarded");
                assertThat(round).extracting(TurnRecord::position).containsExactlyInAnyOrder(1, 2);
                assertThat(round).extracting(turn -> turn.rates().get(0).scheduled()).as("the same arrivals")
                    .containsOnly(round.get(0).rates().get(0).scheduled());
            });
        assertThat(run.turns().generations()).isEqualTo(2);
        assertThat(run.turns().look()).isEqualTo(run.turns().looks());
        assertThat(looks).containsExactly(0, run.turns().looks());
        assertThat(run.turns().placement()).isNotEmpty();
        assertThat(run.cells()).as("long cells").hasSize(4).allSatisfy(cell -> {
            assertThat(cell.status()).isIn(RunManifest.CellStatus.OK, RunManifest.CellStatus.INVALID);
            assertThat(folder.resolve("cells").resolve(cell.id() + ".hlog")).isNotEmptyFile();
        });
        assertThat(Schemas.violations(Schemas.RUN, Files.readString(folder.resolve(RunManifest.FILE)))).isEmpty();
        assertThat(heard.lines).contains("turns planned", "generation 1", "generation 2");
    }

    @Test
    void shouldVisitSeveralPointsWithTheSameJvms() throws IOException {
        List<CompareConfig> points = new ArrayList<>();
        for (String streams : List.of("8", "16")) {
            points.add(new CompareConfig(
                scenario("streams=" + streams, "path=inline", "repeats=0"), List.of("mutex", "unguarded"),
                temp.resolve("p" + streams), temp, "./steward sweep"));
        }

        assertThat(CompareConfig.together(points, TurnOptions.generations(1, Map.of()), line -> { })
            .run(new ComparisonTest.Heard())).isEqualTo(RunManifest.Status.COMPLETE);

        for (String point : List.of("p8", "p16")) {
            assertThat(TurnRecord.readAll(temp.resolve(point)).stream().filter(turn -> turn.round() > 0)).hasSize(4);
            assertThat(RunManifest.read(temp.resolve(point)).cells()).as("no long cells").isEmpty();
        }
    }

    @Test
    void shouldEndWhenTheRefereeHasSeenEnoughAtALook() {
        Path folder = temp.resolve("enough");
        Referee enough = (turns, plan) -> new Referee.Standing(true, "all decided");
        // A budget of which the first generation takes more than all: its end is the last look.
        TurnOptions options = new TurnOptions(Map.of(), 1, 5, null, strategies -> enough);

        assertThat(prepare(folder, options, "path=inline").run(new ComparisonTest.Heard()))
            .isEqualTo(RunManifest.Status.COMPLETE);
        assertThat(folder.resolve(TurnRecord.FILE)).exists();
    }

    @Test
    void shouldKeepWhatItHasWhenCancelled() throws IOException {
        Path folder = temp.resolve("cancelled");
        Measurement comparison = prepare(folder, TurnOptions.generations(50, Map.of()), "path=inline");
        RunManifest.Status status = comparison.run(new ComparisonTest.Heard() {
            @Override
            public void generationEnded(TurnPlan plan, String standing) {
                comparison.cancel();
            }
        });

        assertThat(status).isEqualTo(RunManifest.Status.INTERRUPTED);
        assertThat(RunManifest.read(folder).turns().generations()).isEqualTo(1);
        assertThat(TurnRecord.readAll(folder)).isNotEmpty();
    }

    @Test
    void shouldLetTwoBuildsTakeTurns() throws IOException {
        Path folder = temp.resolve("two");
        Path jar = suiteJar(Files.createDirectories(temp.resolve("other/cli/target")));
        TurnOptions options = new TurnOptions(
            Map.of(), 1, 1, Build.of(temp.resolve("other")), strategies -> Referee.NONE);

        assertThat(prepare(folder, options, "path=inline").run(new ComparisonTest.Heard()))
            .isEqualTo(RunManifest.Status.COMPLETE);
        assertThat(Build.of(jar)).isEqualTo(Build.of(temp.resolve("other")));
        assertThat(TurnRecord.readAll(folder).stream().map(TurnRecord::strategy)).containsOnly(
            "mutex@against", "mutex", "unguarded@against", "unguarded");
        assertThat(folder.resolve("cells/mutex.against-inline-r1.hlog")).as("a plain name").isNotEmptyFile();
    }

    /** A jar of the suite is the manifest that names the others. */
    private static Path suiteJar(Path folder) throws IOException {
        return suiteJar(folder, System.getProperty("java.class.path"));
    }

    private static Path suiteJar(Path folder, String classPath) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "dev.steward.cli.Steward");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, Arrays.stream(
            classPath.split(File.pathSeparator))
            .map(entry -> Path.of(entry).toUri().toString()).collect(Collectors.joining(" ")));
        Path jar = folder.resolve("steward.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }

    @Test
    void shouldTakeAJarOfStrategiesBesideThisBuild() throws IOException {
        Path jar = temp.resolve("mine.jar");
        new JarOutputStream(Files.newOutputStream(jar), new Manifest()).close();

        assertThat(Build.of(jar).classPath()).isEqualTo(CellJvm.ownClassPath() + File.pathSeparator + jar);
    }

    /** As after a setting was added: a build of before has a list without it. */
    @Test
    void shouldNotTellABuildWhatItDoesNotKnow() throws IOException {
        Path classes = Files.createDirectories(temp.resolve("classes"));
        Path source = Files.writeString(temp.resolve("ScenarioKey.java"), """
            package dev.steward.loadgen.scenario;

            public enum ScenarioKey {
                STREAMS;

                public String key() {
                    return "streams";
                }
            }
            """);
        assertThat(ToolProvider.getSystemJavaCompiler().run(
            null, null, null, "-d", classes.toString(), source.toString())).isZero();
        Build older = Build.of(suiteJar(Files.createDirectories(temp.resolve("older")), classes.toString()));
        Scenario defaults = new ScenarioBuilder().build();

        Set<String> unknown = older.unknown(defaults);

        assertThat(unknown).contains("storm.rate", "wait.storm").doesNotContain("streams");
        CellSpec cell = new CellSpec("a", "mutex", "ring", 1, defaults.settings(), null, null, "cells");
        LiveOrder order = new LiveOrder(LiveOrder.Kind.CELL, defaults.settings(), "ring", 0, cell).without(unknown);
        assertThat(order.settings()).containsOnlyKeys("streams");
        assertThat(order.cell().settings()).containsOnlyKeys("streams");
        Scenario waiting = new ScenarioBuilder().override("wait.storm=yield").build();
        assertThatThrownBy(() -> older.unknown(waiting)).isInstanceOf(ScenarioException.class)
            .hasMessageMatching("--against: the other build does not know wait.storm; allowed: its default \\(.+\\)");
    }

    @Test
    void shouldRefuseABuildThatDoesNotTellItsSettings() throws IOException {
        Path jar = suiteJar(Files.createDirectories(temp.resolve("empty")), temp.resolve("nothing").toString());

        assertThatThrownBy(() -> Build.of(jar)).isInstanceOf(ScenarioException.class)
            .hasMessageStartingWith("--against: cannot find out which settings " + jar + " knows");
    }

    @Test
    void shouldTakeAnUnpackedArchiveAsABuild() throws IOException {
        Path jar = suiteJar(Files.createDirectories(temp.resolve("unpacked")));

        assertThat(Build.of(temp.resolve("unpacked"))).isEqualTo(Build.of(jar));
    }

    @Test
    void shouldRefuseWhatIsNoBuild() throws IOException {
        Path text = Files.writeString(temp.resolve("text"), "no jar");

        assertThatThrownBy(() -> Build.of(temp)).isInstanceOf(ScenarioException.class)
            .hasMessage("--against: " + temp + " is not built; run './steward --version' there; allowed: a built "
                + "checkout, its steward.jar, or a jar with strategies");
        assertThatThrownBy(() -> Build.of(temp.resolve("none"))).isInstanceOf(ScenarioException.class)
            .hasMessageContaining("is not there");
        assertThatThrownBy(() -> Build.of(text)).isInstanceOf(ScenarioException.class)
            .hasMessage("--against: " + text + " cannot be read as a jar");
    }

    @Test
    void shouldRefuseALogThatIsNotThere() {
        TurnOptions one = TurnOptions.generations(1, Map.of());
        assertThatThrownBy(() -> prepare(temp.resolve("a"), one, "storm.events=no.log"))
            .isInstanceOf(ScenarioException.class).hasMessage("no.log: no such file: expected a kernel log");
        assertThat(temp.resolve("a")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"20k/s, 1k/s, 100", "20k/s, 0, 100", "100/s, 1k/s, 500", "20k/s, 10/s, 2000", "10/s, 0, 2000"})
    void shouldChooseAWindowThatHoldsEnoughOfTheRarerLoad(String storm, String churn, long ms) {
        Scenario scenario = new ScenarioBuilder()
            .override("storm.rate=" + storm).override("churn.rate=" + churn).build();

        assertThat(TurnComparison.windowNs(scenario)).isEqualTo(ms * 1_000_000);
    }
}
