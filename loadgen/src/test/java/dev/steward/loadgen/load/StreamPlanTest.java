package dev.steward.loadgen.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.loadgen.cell.RigCheck;
import dev.steward.loadgen.log.EventLog;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamPlanTest {
    @ParameterizedTest
    @CsvSource({"64, 6", "1, 6", "64, 16", "65536, 16", "300, 9", "1000, 32"})
    void shouldGiveEveryStreamAnIdOfItsOwnThatFits(int streams, int sidBits) {
        StreamPlan plan = StreamPlan.of(
            Setups.scenario("streams=" + streams, "viommus=1", "churn.rate=0", "table.sidBits=" + sidBits), null);

        assertThat(plan.count()).isEqualTo(streams);
        assertThat(plan.weights()).hasSize(streams);
        assertThat(Arrays.stream(plan.streamIds()).distinct().count()).isEqualTo(streams);
        assertThat(Arrays.stream(plan.streamIds())).allMatch(id -> (id & 0xffff_ffffL) >>> sidBits == 0);
    }

    @Test
    void shouldTakeTheStreamsOfTheLogFirstAndWeighThemByTheirRecords() throws Exception {
        EventLog log = log();
        Scenario scenario = Setups.scenario("storm.events=some.log", "storm.skew=log", "streams=64");
        StreamPlan plan = StreamPlan.of(scenario, log);
        int inLog = (int) Arrays.stream(plan.weights()).filter(weight -> weight > 0).count();

        assertThat(plan.count()).isEqualTo(64);
        assertThat(Arrays.stream(plan.weights()).sum()).isEqualTo(log.size());
        assertThat(inLog).isPositive();
        assertThat(Arrays.stream(plan.streamIds()).distinct().count()).isEqualTo(64);
        EventRecord event = new EventRecord();
        new Workloads(scenario, log, plan, 1).storm(0).next(event);
        assertThat(Arrays.stream(plan.streamIds()).limit(inLog))
            .contains(EventRecordLayout.streamId(event.word0));
    }

    @Test
    void shouldNameTheSettingWhenTheLogDoesNotFit() throws Exception {
        EventLog log = log();
        int streamId = EventRecordLayout.streamId(log.word(0, 0));
        int needed = 32 - Integer.numberOfLeadingZeros(streamId);
        Scenario narrow = Setups.scenario(
            "storm.events=some.log", "storm.skew=log", "table.sidBits=" + Math.max(6, needed - 1));

        assertThatThrownBy(() -> RigCheck.check(narrow, log))
            .isInstanceOf(ScenarioException.class)
            .hasMessage("table.sidBits: " + (needed - 1) + " is too small for StreamID 0x"
                + Integer.toHexString(streamId) + " in " + log.name() + "; allowed: " + needed + " to 32");
    }

    @Test
    void shouldSpreadTheShareOfAGuestOverItsDevices() {
        StreamPlan plan = StreamPlan.of(
            Setups.scenario("viommus=4", "guests=2", "storm.skew=guests", "storm.guestShares=0.9"), null);

        // Streams 0, 2, 4 and 6 are behind vIOMMUs 0 and 2, which are of guest 0.
        assertThat(plan.weights()).usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : 1)
            .containsExactly(0.225, 0.025, 0.225, 0.025, 0.225, 0.025, 0.225, 0.025);
    }

    @Test
    void shouldNameTheSettingWhenNoGuestWithStreamsHasAShare() {
        Scenario nobody = Setups.scenario("viommus=2", "storm.skew=guests", "storm.guestShares=0,0,1");

        assertThatThrownBy(() -> RigCheck.check(nobody, null))
            .isInstanceOf(ScenarioException.class)
            .hasMessageStartingWith("storm.guestShares: ");
    }

    @Test
    void shouldCountTheThreadsThatMayRunAtOnce() {
        assertThat(RigCheck.threads(Setups.scenario("path=inline", "churn.rate=0"))).isEqualTo(2);
        assertThat(RigCheck.threads(Setups.scenario("path=inline", "churn.rate=0", "invalidation.rate=1/s")))
            .isEqualTo(3);
        assertThat(RigCheck.threads(Setups.scenario("path=inline"))).isEqualTo(3);
        assertThat(RigCheck.threads(Setups.scenario("path=ring"))).isEqualTo(4);
        assertThat(RigCheck.threads(Setups.scenario("path=both", "smmus=2", "churn.threads=3"))).isEqualTo(11);
    }

    private static EventLog log() throws IOException, URISyntaxException {
        return EventLog.load(Path.of(StreamPlanTest.class.getResource("/klog/rk3588-r8125-burst.log").toURI()));
    }
}
