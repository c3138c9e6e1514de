package dev.steward.loadgen.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.event.EventRecord;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.FakeClock;
import dev.steward.loadgen.record.IntervalRecorder;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.record.Window;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.workload.StormSource;
import dev.steward.results.CellRecord;
import dev.steward.results.Tags;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A generator that keeps its schedule raises no alarm under any law; each that does not is seen. On a fake clock. */
class KeptScheduleTest {
    private static final String RATE = "20k/s";
    private static final double GAP_NS = 50_000;
    private static final long TICK_NS = 1_000;
    private static final Window WINDOW = new Window(1_000_000, 11_000_000, 211_000_000, 1_000_000_000);

    /** When an arrival really starts that the pacer let go at this time; a negative time: never. */
    @FunctionalInterface
    private interface Generator {
        long start(int number, long paceNs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"poisson", "constant", "bursts", "mmpp", "lognormal", "ramp", "steps"})
    void shouldRaiseNoAlarmWhenTheScheduleIsKeptUpToJitter(String law) {
        for (int seed = 1; seed <= 5; seed++) {
            CellRecord.Arrivals sound = run(law, seed, (number, paceNs) -> paceNs + (number * 7919L) % 500);

            assertThat(sound.due()).isPositive();
            assertThat(sound.missed()).isZero();
            assertThat(sound.behind()).as("%s, seed %d", law, seed).isLessThan(0.01);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"poisson", "constant", "bursts"})
    void shouldSeeAGeneratorThatCoalesces(String law) {
        CellRecord.Arrivals coalesced = run(law, 1, (number, paceNs) -> (paceNs / 1_000_000 + 1) * 1_000_000);

        assertThat(coalesced.behind()).isGreaterThan(0.5);
        assertThat(coalesced.missed()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"poisson", "constant", "bursts"})
    void shouldSeeAGeneratorThatDropsEveryHundredth(String law) {
        CellRecord.Arrivals dropped = run(law, 1, (number, paceNs) -> number % 100 == 99 ? -1 : paceNs);

        assertThat((double) dropped.missed() / dropped.due()).isBetween(0.009, 0.011);
    }

    /** By half a percent: a difference of no gap that anybody sees, and in the end 1 ms. */
    @ParameterizedTest
    @ValueSource(strings = {"poisson", "constant", "bursts"})
    void shouldSeeAGeneratorThatDrifts(String law) {
        CellRecord.Arrivals drifted = run(law, 1, (number, paceNs) -> paceNs + paceNs / 200);

        assertThat(drifted.behind()).isGreaterThan(0.5);
    }

    @Test
    void shouldSayWhatIsLeftWhenItGivesUp() {
        CellRecord.Arrivals slow = run("constant", 1, (number, paceNs) -> paceNs + number * 1_000_000L);

        assertThat(slow.missed()).as("given up is not missed").isZero();
        assertThat(slow.behind()).isGreaterThan(0.5);
    }

    private static CellRecord.Arrivals run(String law, int seed, Generator generator) {
        FakeClock clock = new FakeClock(0, TICK_NS);
        Scenario scenario = Setups.scenario("storm.arrival=" + law, "storm.rate=" + RATE, "churn.rate=0",
            "warmup=10ms", "duration=200ms");
        StormSource source = new Workloads(scenario, null, StreamPlan.of(scenario, null), seed).storm(0);
        Recorders recorders = new Recorders(WINDOW);
        IntervalRecorder slip = recorders.recorder(Tags.SLIP_STORM);
        OpenLoop loop = new OpenLoop(clock, WINDOW, new Pacer(clock, Long.MAX_VALUE / 2), slip);
        EventRecord event = new EventRecord();
        loop.begin();
        for (int number = 0; loop.next(next(source, event)); number++) {
            if (loop.awaitStart()) {
                long startNs = generator.start(number, loop.startNs());
                if (startNs >= 0) {
                    loop.progress().carriedOut(loop.intendedNs(), startNs);
                    if (WINDOW.measures(loop.intendedNs())) {
                        slip.record(loop.intendedNs(), startNs - loop.intendedNs());
                    }
                }
            }
        }
        loop.end();
        CellReport report = new CellReport(WINDOW, recorders);
        report.rate("storm", 1e9 / GAP_NS, 1, List.of(loop.progress()));
        return report.arrivals().get(0);
    }

    private static long next(StormSource source, EventRecord event) {
        source.next(event);
        return event.intendedNs;
    }
}
