package dev.steward.reports.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.reports.Fixture;
import dev.steward.reports.Fixtures;
import dev.steward.reports.read.CellLoss;
import dev.steward.results.Distribution;
import dev.steward.results.Tags;
import dev.steward.results.TurnFigure;
import dev.steward.results.Verdicts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static Fixture twoByThree() {
        return Fixture.of(List.of("mutex", "rwlock"), List.of("ring"), 3);
    }

    private static ObjectNode storm(Fixture fixture, String id) {
        return (ObjectNode) fixture.cell(id).withArray("rates").get(0);
    }

    @Test
    void shouldMergeTheHistogramsOfAllRepeats() {
        Fixture fixture = twoByThree();
        fixture.log("mutex-ring-r1", Fixtures.log(Tags.EVENT_ENQUEUE, 100, 98));
        fixture.log("mutex-ring-r2", Fixtures.log(Tags.EVENT_ENQUEUE, 300, 1));
        fixture.log("mutex-ring-r3", Fixtures.log(Tags.EVENT_ENQUEUE, 900, 1));

        Latency latency =
            Fixtures.strategy(Fixtures.summary(fixture), "ring", "mutex").latency(Tags.EVENT_ENQUEUE);

        assertThat(latency.count()).isEqualTo(100);
        assertThat(latency.p50().valueNs()).isEqualTo(100);
        assertThat(latency.p99().valueNs()).isEqualTo(300);
        assertThat(latency.maxNs()).isEqualTo(900);
    }

    @Test
    void shouldLeaveInvalidCellsOutOfEveryMergedFigure() {
        Fixture fixture = twoByThree().invalidate("mutex-ring-r3", "too slow");
        fixture.log("mutex-ring-r3", Fixtures.log(Tags.EVENT_ENQUEUE, 50_000_000, 1000));
        storm(fixture, "mutex-ring-r3").put("achievedPerSecond", 1);
        ((ObjectNode) fixture.cell("mutex-ring-r3").get("ledger")).put("balance", 99);
        ((ObjectNode) fixture.cell("mutex-ring-r3").get("footprint")).put("guardBytes", 1 << 30);
        fixture.cell("mutex-ring-r3").put("threadOverlap", 0.1);

        StrategySummary mutex = Fixtures.strategy(Fixtures.summary(fixture), "ring", "mutex");

        assertThat(mutex.planned()).isEqualTo(3);
        assertThat(mutex.valid()).isEqualTo(2);
        assertThat(mutex.of(Tags.EVENT_ENQUEUE).count()).isEqualTo(10_000);
        assertThat(mutex.of(Tags.EVENT_ENQUEUE).maxNs()).isLessThan(50_000_000);
        assertThat(mutex.storm().achievedPerSecond()).isEqualTo(1000.5);
        assertThat(mutex.totals().ledger().balance()).isZero();
        assertThat(mutex.totals().ledger().generated()).isEqualTo(14_000);
        assertThat(mutex.totals().footprint().guardBytes()).isEqualTo(256);
        assertThat(mutex.quality().lowestOverlap()).isEqualTo(0.991);
        assertThat(mutex.range(Tags.EVENT_ENQUEUE, 0.99).repeats()).isEqualTo(2);
    }

    @Test
    void shouldCountOraclesOfInvalidCellsToo() {
        Fixture fixture = twoByThree().violate("mutex-ring-r2", "torn-snapshot", 5);

        OracleTotal torn =
            Fixtures.strategy(Fixtures.summary(fixture), "ring", "mutex").oracles().get(0);

        assertThat(torn.name()).isEqualTo("torn-snapshot");
        assertThat(torn.violations()).isEqualTo(5);
        assertThat(torn.checks()).isEqualTo(3 * 6900);
        assertThat(torn.cells()).isEqualTo(1);
        assertThat(torn.firstAtMs()).isEqualTo(17);
    }

    @Test
    void shouldKeepStrategiesThatAreNotRankedApart() {
        Summary summary = Fixtures.standard();

        assertThat(summary.paths()).hasSize(2).allSatisfy(path -> {
            assertThat(path.ranked()).extracting(strategy -> strategy.info().name())
                .containsExactly("mutex", "rwlock", "seqlock", "srcu");
            assertThat(path.unranked()).extracting(strategy -> strategy.info().name())
                .containsExactly("no-lock", "unguarded");
        });
    }

    @Test
    void shouldListEveryCellThatIsNotAmongTheFigures() {
        Summary summary = Fixtures.summary(Fixture.standard().neverRan("srcu-inline-r3"));

        assertThat(summary.countedCells()).isEqualTo(33);
        assertThat(summary.count(CellLoss.INVALID)).isEqualTo(1);
        assertThat(summary.count(CellLoss.FAILED)).isEqualTo(1);
        assertThat(summary.count(CellLoss.NOT_RUN)).isEqualTo(1);
        assertThat(summary.problems()).extracting(Problem::cellId)
            .containsExactlyInAnyOrder("rwlock-inline-r2", "mutex-ring-r3", "srcu-inline-r3");
    }

    @Test
    void shouldGiveMediansOfCellsTheFormOfThoseOfTurns() {
        Summary summary = Fixtures.summary(Fixture.of(List.of("mutex", "rwlock"), List.of("ring"), 8));
        Verdicts.Pair event = summary.medians().pairs().get(0);
        double mutex = summary.medians().standings().get(0).medianNs();

        assertThat(event.figure()).isEqualTo("event");
        assertThat(event.verdict()).isEqualTo(Verdicts.Verdict.WORSE);
        assertThat(event.differenceNs()).isCloseTo(mutex * (event.ratio() - 1), within(1e-9));
        assertThat(event.differenceLowNs()).isBetween(0.0, event.differenceNs());
        assertThat(summary.contests()).extracting(Contest::figure).containsExactly(TurnFigure.values());
        assertThat(summary.turnVerdicts()).isEmpty();
    }

    @Test
    void shouldListACellOfAFloorThatMissedItsSchedule() {
        Fixture fixture = Fixture.standard();
        fixture.invalidate("unguarded-ring-r1", "storm: 90 of 100 arrivals of the window started in it");

        assertThat(Fixtures.summary(fixture).problems()).extracting(Problem::cellId)
            .containsExactlyInAnyOrder("rwlock-inline-r2", "mutex-ring-r3", "unguarded-ring-r1");
    }

    @Test
    void shouldShareTheTimeOfAnEventOutByTheMeansOfItsStages() {
        StageShares shares = StageShares.of(tag -> switch (tag) {
            case Tags.STAGE_LOCK -> Fixtures.distribution(100, 10);
            case Tags.STAGE_SECTION -> Fixtures.distribution(500, 10);
            case Tags.STAGE_ENQUEUE -> Fixtures.distribution(300, 9);
            case Tags.STAGE_UNLOCK -> Fixtures.distribution(100, 10);
            default -> Distribution.EMPTY;
        });

        assertThat(shares.totalNs()).isEqualTo(1000);
        assertThat(shares.guardNs()).isEqualTo(200);
        assertThat(shares.shareOf(Tags.STAGE_SECTION)).isCloseTo(0.5, within(1e-9));
        assertThat(shares.shareOf(Tags.STAGE_RING)).isNaN();
        assertThat(shares.samples()).isEqualTo(9);
    }

    @Test
    void shouldWeightRatesByTheirWindow() {
        Fixture fixture = Fixture.of(List.of("mutex"), List.of("ring"), 2);
        fixture.cell("mutex-ring-r1").put("measuredMs", 1000);
        fixture.cell("mutex-ring-r2").put("measuredMs", 3000);
        storm(fixture, "mutex-ring-r1").put("achievedPerSecond", 600);
        storm(fixture, "mutex-ring-r2").put("achievedPerSecond", 1000);

        LoadRate rate = Fixtures.strategy(Fixtures.summary(fixture), "ring", "mutex").storm();

        assertThat(rate.achievedPerSecond()).isEqualTo(900);
        assertThat(rate.targetPerSecond()).isEqualTo(1000);
    }

    @Test
    void shouldFindStrategiesThatMetOtherArrivals() {
        assertThat(Fixtures.summary(twoByThree()).arrivals()).isEqualTo(new ArrivalsCheck(3, List.of()));
        Fixture fixture = twoByThree();
        fixture.cell("rwlock-ring-r2").put("arrivalsDigest", "other");

        assertThat(Fixtures.summary(fixture).arrivals()).isEqualTo(new ArrivalsCheck(3, List.of("ring r2")));
    }

    @Test
    void shouldCallACellMixedWhenItsPlacementChanged() {
        Fixture fixture = twoByThree();
        ((ObjectNode) fixture.cell("mutex-ring-r1").withArray("placement").get(1)).put("class", "far")
            .put("roundTripNs", 450);

        CellQuality quality = Fixtures.strategy(Fixtures.summary(fixture), "ring", "mutex").quality();

        assertThat(quality.placements()).containsOnly(Map.entry("near", 2), Map.entry("mixed", 1));
        assertThat(quality.lowestRoundTripNs()).isEqualTo(84.5);
        assertThat(quality.highestRoundTripNs()).isEqualTo(450);
        assertThat(quality.highestSteal()).isEqualTo(0.012);
    }

    @Test
    void shouldShowTheFloorAlthoughItsOraclesAreViolated() {
        StrategySummary unguarded = Fixtures.strategy(Fixtures.standard(), "ring", "unguarded");

        assertThat(unguarded.valid()).isZero();
        assertThat(unguarded.totals()).isNotNull();
        assertThat(unguarded.latency(Tags.EVENT_ENQUEUE).p50().support()).isEqualTo(Quantile.Support.ENOUGH);
    }

    @Test
    void shouldHaveNoFiguresForAStrategyWhoseOraclesAreViolated() {
        Fixture fixture = Fixture.of(List.of("mutex", "rwlock"), List.of("ring"), 1);
        fixture.violate("rwlock-ring-r1", "torn-snapshot", 1);
        StrategySummary rwlock = Fixtures.strategy(Fixtures.summary(fixture), "ring", "rwlock");

        assertHasNoFigures(rwlock);
    }

    @Test
    void shouldHaveNoFiguresForAFloorThatMissedItsSchedule() {
        Fixture fixture = Fixture.standard();
        for (int repeat = 1; repeat <= 3; repeat++) {
            fixture.invalidate("unguarded-ring-r" + repeat, "storm: 90 of 100 arrivals of the window started in it");
        }
        StrategySummary unguarded = Fixtures.strategy(Fixtures.summary(fixture), "ring", "unguarded");

        assertHasNoFigures(unguarded);
    }

    @Test
    void shouldHaveNothingToCompareOnlyWhenNoStrategyHasAValidCell() {
        Fixture fixture = Fixture.of(List.of("mutex", "rwlock"), List.of("ring"), 1);
        assertThat(Fixtures.summary(fixture).nothingToCompare()).isFalse();

        fixture.violate("rwlock-ring-r1", "torn-snapshot", 1);
        assertThat(Fixtures.summary(fixture).nothingToCompare()).isFalse();

        fixture.invalidate("mutex-ring-r1", "storm: 90 of 100 arrivals of the window started in it");
        assertThat(Fixtures.summary(fixture).nothingToCompare()).isTrue();
    }

    private static void assertHasNoFigures(StrategySummary strategy) {
        assertThat(strategy.valid()).isZero();
        assertThat(strategy.totals()).isNull();
        assertThat(strategy.storm()).isNull();
        assertThat(strategy.latency(Tags.EVENT_ENQUEUE).p50().support()).isEqualTo(Quantile.Support.NONE);
    }
}
