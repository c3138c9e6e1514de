package dev.steward.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.reports.summary.GuardCost;
import dev.steward.reports.summary.Summary;
import dev.steward.results.Tags;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The share of the lock is what a strategy has beyond its floor. */
class GuardCostTest {
    @Test
    void shouldSubtractTheFloorFromTheStagesOfTheLock() {
        // A page once called 24.6 % the share of the lock beside a floor with 21.8 %.
        Summary summary = summary("unguarded", 246, 218);
        GuardCost cost = summary.guardCost(summary.strategy("ring", "mutex")).orElseThrow();

        assertThat(cost.floor()).isEqualTo("unguarded");
        assertThat(cost.share()).isCloseTo(0.028, within(1e-9));
        assertThat(cost.ns()).containsExactly(28, 28);
        assertThat(summary.guardCost(summary.strategy("ring", "unguarded"))).isEmpty();
    }

    @Test
    void shouldLeaveOutTheWaitInTheEventQueue() {
        Fixture fixture = fixture("unguarded", 300, 200);
        for (int repeat = 1; repeat <= 2; repeat++) {
            // A longer queue made the share of a dearer guard negative.
            fixture.log("mutex-ring-r" + repeat, log(300, 9_000));
            fixture.log("unguarded-ring-r" + repeat, log(200, 1_000));
        }
        Summary summary = Fixtures.summary(fixture);
        GuardCost cost = summary.guardCost(summary.strategy("ring", "mutex")).orElseThrow();

        assertThat(cost.share()).isCloseTo(0.1, within(1e-9));
        assertThat(cost.ns()).containsExactly(100, 100);
    }

    @Test
    void shouldGiveTheSpanOverTheRepeats() {
        Fixture fixture = fixture("unguarded", 246, 218);
        fixture.log("mutex-ring-r2", log(318));
        Summary summary = Fixtures.summary(fixture);
        GuardCost cost = summary.guardCost(summary.strategy("ring", "mutex")).orElseThrow();

        assertThat(cost.least()).isCloseTo(0.028, within(1e-9));
        assertThat(cost.greatest()).isCloseTo(0.1, within(1e-9));
        assertThat(cost.share()).isCloseTo(0.064, within(1e-9));
    }

    @Test
    void shouldCompareWithTheFloorThatTheStrategyNames() {
        Fixture fixture = fixture("unguarded-pointer", 246, 230);
        ((ObjectNode) fixture.run().withArray("strategies").get(0))
            .put("floor", "unguarded-pointer");
        Summary summary = Fixtures.summary(fixture);

        assertThat(summary.guardCost(summary.strategy("ring", "mutex")).orElseThrow().share())
            .isCloseTo(0.016, within(1e-9));
    }

    @Test
    void shouldGiveNoShareAndSayWhyWhenTheFloorIsNotInTheRun() {
        Fixture fixture = Fixture.of(List.of("mutex", "unguarded"), List.of("ring"), 2)
            .log("mutex-ring-r1", log(246)).log("unguarded-ring-r1", log(218));
        ((ObjectNode) fixture.run().withArray("strategies").get(0)).put("floor", "unguarded-pointer");
        Summary summary = Fixtures.summary(fixture);

        assertThat(summary.guardCost(summary.strategy("ring", "mutex"))).isEmpty();
        assertThat(TextReport.of(summary).replaceAll("\\s+", " "))
            .contains("No share of the lock where the floor of the strategy is not in the run")
            .contains("Add to the strategies: unguarded-pointer.");
    }

    private static Summary summary(String floor, long ownNs, long floorNs) {
        return Fixtures.summary(fixture(floor, ownNs, floorNs));
    }

    /** A thousand nanoseconds an event, so many of them for the guard. */
    private static Fixture fixture(String floor, long ownNs, long floorNs) {
        Fixture fixture = Fixture.of(List.of("mutex", floor), List.of("ring"), 2);
        fixture.run().withArray("strategies").forEach(node ->
            ((ObjectNode) node)
                .put("ranked", node.get("name").asText().equals("mutex")));
        for (int repeat = 1; repeat <= 2; repeat++) {
            fixture.log("mutex-ring-r" + repeat, log(ownNs));
            fixture.log(floor + "-ring-r" + repeat, log(floorNs));
        }
        return fixture;
    }

    private static byte[] log(long guardNs) {
        return log(guardNs, 0);
    }

    private static byte[] log(long guardNs, long ringNs) {
        return Fixtures.log(List.of(Tags.STAGE_RING, Tags.STAGE_WAIT, Tags.STAGE_SECTION, Tags.STAGE_UNLOCK),
            new long[] {ringNs, guardNs - 100, 1_000 - guardNs, 100}, 10);
    }
}
