package dev.steward.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.steward.loadgen.cell.CellSpec;
import dev.steward.loadgen.run.CapacityRun.Find;
import dev.steward.loadgen.run.CapacityRun.Request;
import dev.steward.loadgen.run.CapacityRun.Verdict;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.results.CapacityResult;
import dev.steward.results.JsonFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells that are not run, by a clock that goes on by the length of each. */
class CapacityRunTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private Path folder;
    private final List<CellSpec> ran = new ArrayList<>();
    private final Map<String, Double> rateOf = new HashMap<>();
    private long nowNs;
    private long cellNs = 2 * SECOND;

    @Test
    void shouldFindEachStrategysRateTakingTurns() throws Exception {
        CapacityResult result = run(Find.STORM, 3_600 * SECOND, "storm.rate=20k/s");

        assertThat(result.status()).isEqualTo("complete");
        assertThat(result.strategies()).extracting(CapacityResult.OfStrategy::end)
            .containsExactly("resolved", "resolved");
        assertThat(result.strategies().get(0).heldPerSecond()).isBetween(24_000.0, 30_000.0);
        assertThat(result.strategies().get(1).heldPerSecond()).isBetween(240_000.0, 300_000.0);
        assertThat(ran.subList(0, 4)).extracting(CellSpec::strategy)
            .containsExactly("mutex", "rcu-page", "mutex", "rcu-page");
        assertThat(ran.get(0).settings()).containsEntry("storm.rate", "20k/s").containsEntry("path", "ring");
        assertThat(ran.get(0).repeat()).isEqualTo(ran.get(1).repeat());
        assertThat(ran).extracting(CellSpec::id).doesNotHaveDuplicates();
    }

    @Test
    void shouldSearchTheChurnWhenAsked() throws Exception {
        CapacityResult result = run(Find.CHURN, 3_600 * SECOND, "churn.rate=2k/s", "storm.rate=20k/s");

        assertThat(result.find()).isEqualTo("churn");
        assertThat(ran).allSatisfy(cell -> assertThat(cell.settings()).containsEntry("storm.rate", "20k/s"));
        assertThat(ran.get(0).settings()).containsEntry("churn.rate", "2k/s");
    }

    @Test
    void shouldEndWithinItsBudgetAndSayWhatIsKnown() throws Exception {
        CapacityResult result = run(Find.STORM, 40 * SECOND, "storm.rate=1k/s");

        assertThat(nowNs).isLessThanOrEqualTo(40 * SECOND);
        assertThat(ran).hasSizeGreaterThan(5);
        assertThat(result.strategies()).extracting(CapacityResult.OfStrategy::end).containsExactly("budget", "budget");
        assertThat(result.strategies().get(0).heldPerSecond()).isPositive();
    }

    @Test
    void shouldExpectOfTheNextCellWhatTheLongestTook() throws Exception {
        cellNs = 9 * SECOND;
        run(Find.STORM, 26 * SECOND, "storm.rate=1k/s");

        assertThat(nowNs).isEqualTo(18 * SECOND);
    }

    @Test
    void shouldCutACellShortWhereTheBudgetEnds() throws Exception {
        cellNs = 100 * SECOND;
        CapacityResult result = run(Find.STORM, 20 * SECOND, "storm.rate=1k/s");

        assertThat(nowNs).isEqualTo(20 * SECOND);
        assertThat(ran).hasSize(1);
        assertThat(result.strategies()).extracting(CapacityResult.OfStrategy::end).containsExactly("budget", "budget");
    }

    @Test
    void shouldWriteAFileThatKeepsItsSchema() throws Exception {
        run(Find.STORM, 3_600 * SECOND, "storm.rate=20k/s");
        JsonNode written = new ObjectMapper().readTree(folder.resolve("capacity.json").toFile());

        assertThat(Schemas.violations(Schemas.CAPACITY, written.toString())).isEmpty();
        assertThat(written.path("strategies").get(0).path("trials").size()).isGreaterThan(8);
        assertThat(Schemas.violations(Schemas.CAPACITY, written.toString().replace("\"resolved\"", "\"done\"")))
            .isNotEmpty();
        assertThat(Schemas.violations(Schemas.CAPACITY, written.toString().replace("\"slo\"", "\"other\"")))
            .isNotEmpty();
    }

    @Test
    void shouldRefuseABudgetInWhichNoRateCanBeDecided() {
        assertThatThrownBy(() -> run(Find.STORM, SECOND, "storm.rate=1k/s", "rehearsal=500ms", "warmup=200ms"))
            .isInstanceOf(ScenarioException.class)
            .hasMessage("--budget: too short to decide one rate of 2 strategies, which takes 4 cells; at least 12 s");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldLeaveTheFloorsOutUnlessTheyAreNamed() throws Exception {
        CapacityResult usual = search(Find.STORM, List.of(), 600 * SECOND, "storm.rate=1k/s");

        assertThat(usual.strategies()).extracting(CapacityResult.OfStrategy::strategy)
            .contains("mutex", "rcu-page").doesNotContain("unguarded");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7})
    void shouldGoOnWhereItWasKilledAsIfItHadNotBeen(int trials) throws Exception {
        CapacityResult whole = run(Find.STORM, 3_600 * SECOND, "storm.rate=20k/s");
        List<String> all = ran.stream().map(CellSpec::id).toList();
        cutTo(trials);
        nowNs = 5_000 * SECOND;
        ran.clear();
        CapacityResult resumed = run(Find.STORM, 3_600 * SECOND, "storm.rate=20k/s");

        assertThat(ran).extracting(CellSpec::id).containsExactlyElementsOf(all.subList(trials, all.size()));
        assertThat(resumed).isEqualTo(whole);
        assertThat(folder.resolve(".running")).doesNotExist();
    }

    @Test
    void shouldTakeItsFolderAgainIfItWasKilledBeforeAnyTrial() throws Exception {
        Request request =
            request(Find.STORM, List.of("mutex", "rcu-page"), 600 * SECOND, folder, "storm.rate=20k/s");
        new CapacityRun(request);
        assertThat(folder).isEmptyDirectory();
        CapacityRun killed = new CapacityRun(request, null, () -> nowNs, (spec, leftNs) -> {
            throw new IllegalStateException("killed");
        });

        assertThatThrownBy(() -> killed.run(line -> { })).hasMessage("killed");
        assertThat(CapacityResult.read(folder).strategies().get(0).trials()).isEmpty();
        assertThat(run(Find.STORM, 600 * SECOND, "storm.rate=20k/s").status()).isEqualTo("complete");
    }

    @Test
    void shouldNotGoOnForLongerThanWasLeft() throws Exception {
        run(Find.STORM, 3_600 * SECOND, "storm.rate=20k/s");
        cutTo(7);
        ran.clear();
        CapacityResult resumed = run(Find.STORM, 20 * SECOND, "storm.rate=20k/s");

        assertThat(ran).as("14 of 20 s were spent, and a cell may take 4.1 s").hasSize(1);
        assertThat(resumed.tookMs()).isEqualTo(16_000);
    }

    @Test
    void shouldRefuseToGoOnWithAnotherSearchOrOneThatHasEnded() throws Exception {
        run(Find.STORM, 3_600 * SECOND, "storm.rate=20k/s");
        assertThatThrownBy(() -> run(Find.STORM, 3_600 * SECOND, "storm.rate=20k/s"))
            .isInstanceOf(ScenarioException.class).hasMessageContaining("is not empty");
        cutTo(7);
        assertThatThrownBy(() -> run(Find.STORM, 3_600 * SECOND, "storm.rate=10k/s"))
            .isInstanceOf(ScenarioException.class)
            .hasMessageContaining("holds an interrupted search of another command (./steward)");
    }

    /** What the file says after so many trials of the two, taken in turns. */
    private void cutTo(int trials) throws IOException {
        CapacityResult whole = CapacityResult.read(folder);
        List<CapacityResult.OfStrategy> cut = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            CapacityResult.OfStrategy one = whole.strategies().get(i);
            cut.add(new CapacityResult.OfStrategy(one.strategy(), 0, null, List.of(), "running", null,
                one.trials().subList(0, (trials + 1 - i) / 2)));
        }
        JsonFile.write(folder.resolve(CapacityResult.FILE), new CapacityResult(whole.format(), whole.version(),
            "running", whole.command(), whole.slo(), whole.find(), whole.path(), whole.budgetMs(),
            trials * cellNs / 1_000_000, whole.scenario(), cut));
    }

    @Test
    void shouldSayWhatItWouldSearchAndRunNothing() {
        assertThat(new CapacityRun(request(Find.STORM, List.of("mutex", "rcu-page"), 600 * SECOND, null,
            "storm.rate=20k/s", "rehearsal=500ms", "warmup=200ms")).dryRun()).containsExactly(
                "Highest storm rate per SMMU that keeps event.p99<=50us, path ring, from 20k/s on.",
                "2 strategies: mutex, rcu-page.",
                "At most 10 min 00 s: about 214 trials of 3 s, 107 of each strategy. Deciding one rate takes 2 or 3.");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldRefuseASearchWithoutAStart() {
        assertThatThrownBy(() -> run(Find.CHURN, SECOND, "churn.rate=0")).isInstanceOf(ScenarioException.class)
            .hasMessage("churn.rate: is 0; the search needs a rate to start from");
        assertThat(folder).isEmptyDirectory();
    }

    private CapacityResult run(Find find, long budgetNs, String... settings) throws IOException, InterruptedException {
        return search(find, List.of("mutex", "rcu-page"), budgetNs, settings);
    }

    private CapacityResult search(Find find, List<String> strategies, long budgetNs, String... settings)
        throws IOException, InterruptedException {
        ScenarioKey key = find == Find.STORM ? ScenarioKey.STORM_RATE : ScenarioKey.CHURN_RATE;
        Request request = request(find, strategies, budgetNs, folder, settings);
        return new CapacityRun(request, (json, slo) -> verdict(json), () -> nowNs, (spec, leftNs) -> {
            ran.add(spec);
            rateOf.put(spec.id(), Scenario.ofSettings(spec.settings()).ratePerSecond(key));
            nowNs += Math.min(cellNs, leftNs);
            return cellNs > leftNs ? Optional.of("stopped") : Optional.empty();
        }).run(new Preflight() {
            @Override
            public void said(String line) {
                assertThat(line).containsPattern("  \\((about \\d.* left|budget spent)\\)$");
            }

            @Override
            public void noisy(String causes) {
                // whatever else runs on the machine of a test
            }
        });
    }

    private static Request request(
        Find find, List<String> strategies, long budgetNs, Path folder, String... settings) {
        ScenarioBuilder builder = new ScenarioBuilder().override("path=ring").override("streams=8")
            .override("viommus=4").override("duration=1s");
        for (String setting : settings) {
            builder.override(setting);
        }
        return new Request(
            builder.build(), strategies, Slo.parse("event.p99<=50us"), find, budgetNs, folder, "./steward");
    }

    private Verdict verdict(Path json) {
        String id = json.getFileName().toString().replace(".json", "");
        double capacity = id.startsWith("mutex") ? 30_000 : 300_000;
        return rateOf.get(id) <= capacity ? new Verdict("held", "fine") : new Verdict("broken", "late");
    }
}
