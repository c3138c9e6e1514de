package dev.steward.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.loadgen.run.CapacityRun.Verdict;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.results.CellResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One real cell, whose file is then given other reasons. */
final class SloJudgeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Slo EASY = Slo.parse("event.p99<=60s,attach.max<=60s");

    @TempDir
    private static Path folder;
    private static Path json;

    @BeforeAll
    static void runCell() {
        Scenario scenario = new ScenarioBuilder()
            .override("repeats=1").override("warmup=50ms").override("duration=1s").override("path=inline").build();
        new CompareConfig(scenario, List.of("mutex"), folder.resolve("out"), folder, "x").cells(line -> { })
            .run(new ComparisonTest.Heard());
        json = folder.resolve("out/cells/mutex-inline-r1.json");
    }

    @Test
    void shouldHoldTheFiguresAgainstTheBounds() throws IOException {
        judgedAs("ok", "inline");
        Verdict held = new SloJudge().judge(json, EASY);
        Verdict broken = new SloJudge().judge(json, Slo.parse("attach.max<=60s,event.p50<=1ns"));

        assertThat(held.outcome()).isEqualTo("held");
        assertThat(held.seen()).matches("event\\.p99 .*s, attach\\.max .*s");
        assertThat(broken.outcome()).isEqualTo("broken");
    }

    @ParameterizedTest
    @CsvSource({
        "saturated: 9 of 10 events were lost, ring, broken",
        "storm: 5 of 10 arrivals started, ring, ceiling",
        "storm: 5 of 10 arrivals started, inline, broken",
        "churn: 5 of 10 arrivals started, ring, broken",
        "the load threads ran together for 5 %, ring, unfit",
        "oracle wrong-vsid: 1 of 10, ring, held",
    })
    void shouldReadFromAnInvalidCellWhatItSaysAboutTheRate(String reason, String path, String outcome)
        throws IOException {
        assertThat(SloJudge.judge(judgedAs(reason, path), EASY).outcome()).isEqualTo(outcome);
    }

    /** What was missed in the warm-up came in the window, and lost events there: that is not the rate asked for. */
    @ParameterizedTest
    @CsvSource({
        "storm: 12 of 10 arrivals started, ring",
        "storm: 12 of 10 arrivals started, inline",
        "churn: 12 of 10 arrivals started, ring",
    })
    void shouldCallACellUnfitThatHadMoreThanItsLoad(String reason, String path) throws IOException {
        judgedAs(reason, path, 10, 12);
        ObjectNode cell = (ObjectNode) JSON.readTree(json.toFile());
        cell.withArray("reasons").add("saturated: 9 of 10 events were lost");
        JSON.writeValue(json.toFile(), cell);

        assertThat(SloJudge.judge(CellResult.read(json), EASY)).isEqualTo(new Verdict("unfit", reason));
    }

    private static CellResult judgedAs(String reason, String path) throws IOException {
        return judgedAs(reason, path, 10, 5);
    }

    private static CellResult judgedAs(String reason, String path, int scheduled, int done) throws IOException {
        ObjectNode cell = (ObjectNode) JSON.readTree(json.toFile());
        cell.put("path", path).put("status", reason.equals("ok") ? "ok" : "invalid");
        cell.withArray("rates").forEach(rate -> ((ObjectNode) rate).put("scheduled", scheduled).put("done", done));
        cell.putArray("reasons");
        if (!reason.equals("ok")) {
            cell.withArray("reasons").add(reason);
        }
        JSON.writeValue(json.toFile(), cell);
        return CellResult.read(json);
    }
}
