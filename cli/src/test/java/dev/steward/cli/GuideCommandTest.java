package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.catalog.Strategies;
import dev.steward.reports.guide.GridReader;
import dev.steward.reports.guide.Question;
import dev.steward.results.GridData;
import dev.steward.strategy.AttachWait;
import dev.steward.strategy.StrategyDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuideCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The grid is measured seldom; the rules that it names are those of today. */
    @Test
    void shouldShipGridWithRulesThatStrategiesHave() {
        GridData grid = GridReader.read(GridChoice.measured(GridChoice.DEFAULT));
        assertThat(grid.strategies()).isNotEmpty().allSatisfy(shipped -> {
            StrategyDescription description = Strategies.byName(shipped.name()).orElseThrow().description();
            assertThat(shipped.kernelPrimitive()).isEqualTo(description.kernelPrimitive());
            assertThat(shipped.context()).isEqualTo(description.context());
            assertThat(shipped.hardInterrupt()).isEqualTo(description.usage().hardInterrupt());
            assertThat(shipped.reportMaySleep()).isEqualTo(description.usage().reportMaySleep());
            assertThat(shipped.attachWaitsFor()).isEqualTo(description.usage().attachWait().word());
            assertThat(shipped.simplicity()).isEqualTo(description.simplicity().place().getAsInt());
        });
    }

    @Test
    void shouldHaveTheWaitsOfStrategiesAsChoices() {
        assertThat(Question.ATTACH_WAITS).isEqualTo(Stream.of(AttachWait.values()).map(AttachWait::word).toList());
    }

    /** A question that the shipped grid answers, with more options or others. */
    private static Cli.Outcome shipped(String... more) {
        Map<String, String> options = new LinkedHashMap<>(
            Map.of("--events", "100k/s", "--attach", "200/s", "--streams", "1024", "--section", "500ns"));
        Arrays.asList(more).forEach(options::remove);
        return Cli.run(Stream.of(Stream.of("guide"), options.entrySet().stream().flatMap(
            option -> Stream.of(option.getKey(), option.getValue())), Stream.of(more)).flatMap(words -> words)
            .toArray(String[]::new));
    }

    @Test
    void shouldLeaveSpinningLocksOutUnlessReportNeverSleeps() {
        assertThat(shipped().out()).contains("rwlock-spin: the report must not sleep")
            .doesNotContain("mutex: the report");
        assertThat(shipped("--report-never-sleeps").out()).doesNotContain("the report must not sleep");
    }

    @Test
    void shouldRefuseABoundThatTheMachineOfTheGridCannotJudge() {
        Cli.Outcome outcome = shipped("--slo", "event.p99.9<=20us");

        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).isEqualTo("steward: --slo: event.p99.9 cannot be judged: the machine of the grid "
            + "'driver' has no core per thread, so its tails are the machine's; bound p50\n");
        assertThat(shipped("--slo", "event.raw.p50<=20us").out()).startsWith("Use ");
    }

    @Test
    void shouldNameAllThatIsMissingAtOnce() {
        Cli.Outcome outcome = Cli.run("guide", "--events", "1k/s", "--attach", "50/s");

        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err())
            .isEqualTo("steward: --streams, --section: not given, and the grid 'driver' has them as axes\n");
        assertThat(Cli.run("guide").err()).startsWith(
            "steward: --events, --attach, --streams, --section: not given, and the grid 'driver' has them as axes");
    }

    /** A host with a few guests, and one without attaches: less than the grid has changes nothing. */
    @Test
    void shouldAnswerLowerRatesAtTheLeastOfTheGrid() {
        Cli.Outcome outcome =
            Cli.run("guide", "--events", "50/s", "--attach", "0", "--streams", "64", "--section", "0");

        assertThat(outcome.out()).startsWith("--events 50/s is below the grid. Answered at its lowest value, 100/s: ")
            .contains("--attach 0/s is below the grid. Answered at its lowest value, 1/s: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--handlers 4|--handlers 4: the grid 'driver' was measured with 1. Answered for that: each SMMU has a lock of "
            + "its own, so handlers share cores and not the lock; --measure measures it here.",
        "--streams 2|--streams 2 is below the grid. Answered at its lowest value, 8: with fewer, events and "
            + "attaches meet at one stream more often.",
        "--streams 9000|--streams 9000 is above the grid. Answered at its highest value, 1024: with more, events "
            + "and attaches meet at one stream less often; --measure measures it here.",
        "--attach 20k/s|--attach 20000/s is above the grid. Answered at its highest value, 5000/s: with more, threads "
            + "meet more often; --measure measures it here."})
    void shouldAnswerAtTheNearestPlaceAndSayWhatIsKnownOfTheWayThere(String options, String said) {
        Cli.Outcome outcome = shipped(options.split(" "));

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).startsWith(said + "\n").containsAnyOf("Use ", "No strategy");
        assertThat(shipped(Stream.concat(Stream.of(options.split(" ")), Stream.of("--json")).toArray(String[]::new))
            .data()).contains(said);
    }

    /** The nearest place would promise latencies of a handler that keeps up. */
    @Test
    void shouldNotAnswerNearALoadThatNoHandlerKeepsUpWith() {
        Cli.Outcome outcome = shipped("--section", "1ms");

        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).isEqualTo("steward: a handler cannot keep up: the sections alone would take 100.0 s "
            + "of each second; --measure measures it here\n");
    }

    private static Cli.Outcome of(Path grid, String... more) {
        return Cli.run(Stream.concat(Stream.of("guide", "--grid", grid.toString(), "--events", "10k/s", "--streams",
            "64", "--section", "0"), Stream.of(more)).toArray(String[]::new));
    }

    /** The rates of a grid of one's own may be fixed, and then nobody need repeat them. */
    @Test
    void shouldTakeWhatAGridHasFixed(@TempDir Path folder) throws IOException {
        Path own = fixed(folder, Map.of("churn.rate", "1k/s", "storm.atOnce", "1"));

        assertThat(of(own).out()).startsWith("Use ").contains("Answered for: events 10000/s, streams 64")
            .contains("attaches 1000/s");
        assertThat(of(own, "--attach", "1k/s").out()).startsWith("Use ");
        assertThat(of(own, "--attach", "50/s", "--event-burst", "64").out())
            .startsWith("--attach 50/s is below the grid. Answered at its lowest value, 1000/s: ")
            .contains("--event-burst 64: the grid 'driver' was measured with 1. Answered for that: with more, an event "
                + "waits for more before it; --measure measures it here.");
    }

    /** The shipped grid with some axes as settings. */
    private static Path fixed(Path folder, Map<String, String> settings) throws IOException {
        ObjectNode grid = (ObjectNode) JSON.readTree(GridChoice.measured(GridChoice.DEFAULT).toFile());
        settings.forEach((key, value) -> ((ObjectNode) grid.get("settings")).put(key, value));
        ArrayNode axes = (ArrayNode) grid.get("axes");
        for (Iterator<JsonNode> each = axes.iterator(); each.hasNext();) {
            if (settings.containsKey(each.next().get("key").asText())) {
                each.remove();
            }
        }
        grid.get("points").forEach(point -> ((ObjectNode) point.get("at")).remove(settings.keySet()));
        Path own = folder.resolve("grid.json");
        JSON.writeValue(own.toFile(), grid);
        return own;
    }

    /** It is neither shorter nor longer than a fixed one. */
    @Test
    void shouldSayNothingOfTheWayToASectionThatIsDrawnFromALaw(@TempDir Path folder) throws IOException {
        Path own = fixed(folder, Map.of("section", "0"));

        assertThat(Cli.run("guide", "--grid", own.toString(), "--events", "10k/s", "--attach", "1k/s", "--streams",
            "64", "--section", "lognormal(1us,0.5)").out())
            .startsWith("--section lognormal(1us,0.5): the grid 'driver' was measured with 0ns. Answered for that; "
                + "--measure measures it here.\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--context hardirq|--context hardirq: nothing may sleep in a hard interrupt",
        "--context nowhere|--context: 'nowhere' is none; allowed: threaded, hardirq",
        "--attach-waits ever|--attach-waits: 'ever' is none; allowed: nothing, holder, report, grace-period"})
    void shouldRefuseRulesThatContradict(String options, String message) {
        Cli.Outcome outcome = shipped(options.split(" "));

        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains(message);
    }

    /** Its own result, for a load that no shipped grid has: it once measured for minutes and then refused it. */
    @Test
    void shouldAnswerFromWhatItMeasuredWhereverThatLies(@TempDir Path folder) throws IOException {
        Path grid = folder.resolve("two.yaml");
        Files.writeString(grid, """
            name: two
            strategies: [mutex, refcount]
            settings: {path: inline, rehearsal: 0, turn.rounds: 2, turn.runIn: 1, repeats: 0}
            axes: {storm.rate: [20k/s], churn.rate: [5k/s], streams: [64]}
            """);
        Cli.Outcome outcome = Cli.run("guide", "--measure", "--grid", grid.toString(), "--events", "3k/s",
            "--attach", "400/s", "--streams", "33", "--section", "3us", "--handlers", "1",
            "--out", folder.resolve("out").toString());

        // A machine that stalls may disturb every round, and then that is the answer.
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isIn(ExitCode.OK, ExitCode.FAILED);
        assertThat(outcome.out().replaceAll("\\s+", " ")).containsPattern("Use (mutex|refcount):|No strategy").contains(
            "Answered for: events 3000/s, attaches 400/s, smmus 1, streams 33, section",
            "Rests on 1 point of the grid");
        assertThat(GridReader.read(folder.resolve("out")).axis("streams").values()).containsExactly(33.0);
    }

    @Test
    void shouldRefuseToMeasureWithoutAttachesOrAnAxis() {
        Cli.Outcome outcome = Cli.run("guide", "--measure", "--events", "1k/s", "--attach", "0", "--streams", "64",
            "--section", "0");
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("--attach: without attaches there is nothing to choose by");

        outcome = Cli.run("guide", "--measure", "--events", "1k/s", "--attach", "1/s", "--streams", "64");
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("--section: not given");
    }
}
