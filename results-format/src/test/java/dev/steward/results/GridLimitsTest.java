package dev.steward.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GridLimitsTest {
    private static final GridLimits LIMITS = GridLimits.of(List.of(
        at(100, 1, 1, 1, 0), at(2_000, 640, 64, 1, 200_000), at(100_000, 50, 1, 4_096, 2_000)));

    private static Map<String, Double> at(
        double events, double attaches, double attachesAtOnce, double eventsAtOnce, double section) {
        return Map.of("storm.rate", events, "churn.rate", attaches, "churn.atOnce", attachesAtOnce, "storm.atOnce",
            eventsAtOnce, "section", section);
    }

    @Test
    void shouldKnowTheBusiestPointAndTheRarestBursts() {
        assertThat(LIMITS).isEqualTo(new GridLimits(0.4, 100_000 / 4_096.0, 1));
        assertThat(LIMITS.brokenBy(at(20_000, 64, 64, 512, 20_000))).isNull();
    }

    @Test
    void shouldSayWhatALoadBreaks() {
        assertThat(LIMITS.brokenBy(at(4_000, 64, 1, 1, 125_000)))
            .isEqualTo("the sections take 0.50 s of each second, and no point knows more than 0.40");
        assertThat(LIMITS.brokenBy(at(200_000, 64, 1, 1, 200_000)))
            .isEqualTo("a handler cannot keep up: the sections alone would take 40.0 s of each second");
        assertThat(LIMITS.brokenBy(at(4_096, 64, 1, 4_096, 0)))
            .isEqualTo("bursts of events come at 1/s, and no point knows fewer than 24.4/s");
        assertThat(LIMITS.brokenBy(at(4_096, 32, 64, 1, 0)))
            .isEqualTo("bursts of attaches come at 0.5/s, and no point knows fewer than 1/s");
    }

    @Test
    void shouldAllowAllWhereNothingOfTheKindIsAnAxis() {
        assertThat(GridLimits.of(List.of(Map.of("streams", 8.0))).brokenBy(Map.of("streams", 9.0))).isNull();
    }
}
