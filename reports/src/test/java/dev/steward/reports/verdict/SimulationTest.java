package dev.steward.reports.verdict;

import dev.steward.results.Verdicts.Verdict;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs without turns that were never made: four strategies, each with repeats drawn from recorded cells of one,
 * so that nobody differs unless the test slows someone down. The cells come from a run of {@code mutex} with 24 repeats
 * on a virtual machine with two CPUs and nothing else running. Holds what docs/statistics.md says of such folders.
 */
class SimulationTest {
    private static final RecordedCells INLINE = new RecordedCells("inline");
    private static final RecordedCells RING = new RecordedCells("ring");
    private static final int STRATEGIES = 4;

    @ParameterizedTest
    @EnumSource(value = Figure.class, mode = EnumSource.Mode.EXCLUDE, names = {"COMMIT_P50", "COMMIT_P99"})
    void shouldRaiseFalseAlarmsInAtMostOnePercentOfThePairs(Figure figure) {
        for (RecordedCells cells : List.of(INLINE, RING)) {
            int alarms = 0;
            int pairs = 0;
            for (int repeats : new int[] {8, 15, 30}) {
                for (int trial = 0; trial < 150; trial++) {
                    for (Comparison pair : family(cells.values(figure), repeats, 1, trial * 31L + repeats)) {
                        pairs++;
                        alarms += pair.verdict() == Verdict.BETTER || pair.verdict() == Verdict.WORSE ? 1 : 0;
                    }
                }
            }
            assertThat(alarms).as("of %d pairs", pairs).isLessThanOrEqualTo(pairs / 100);
        }
    }

    @ParameterizedTest
    @CsvSource({"inline, 16", "ring, 16"})
    void shouldFindASlowDownOfFivePercentInTheMedianOfEvents(String path, int repeats) {
        assertThat(foundOf1000(path, repeats)).isGreaterThanOrEqualTo(950);
    }

    /** What is not reached is held too, so that the page cannot promise more than the method gives. */
    @Test
    void shouldNotPretendToFindItWithFewRepeats() {
        assertThat(foundOf1000("inline", 7)).isBetween(50, 600);
        List<Comparison> family = family(INLINE.values(Figure.EVENT_P50), 3, 2, 1);
        assertThat(family).allSatisfy(pair -> assertThat(pair.verdict()).isEqualTo(Verdict.UNDECIDED));
        assertThat(family).allSatisfy(pair -> assertThat(pair.reason().sentence())
            .matches("too few repeats .*: with \\d pairs nothing can be significant below \\d each.*"
                + "|no placement class in common: .*"));
    }

    @Test
    void shouldRarelyCallASlowDownEqual() {
        int equal = 0;
        for (int trial = 0; trial < 200; trial++) {
            equal += against(INLINE.values(Figure.EVENT_P50), 60, trial).verdict() == Verdict.NO_DIFFERENCE ? 1 : 0;
        }
        assertThat(equal).isLessThanOrEqualTo(4);
    }

    private static int foundOf1000(String path, int repeats) {
        List<Sample.Value> values = (path.equals("ring") ? RING : INLINE).values(Figure.EVENT_P50);
        int found = 0;
        for (int trial = 0; trial < 1_000; trial++) {
            found += against(values, repeats, trial).verdict() == Verdict.WORSE ? 1 : 0;
        }
        return found;
    }

    /** The last strategy, 5 % slower, against the first. */
    private static Comparison against(List<Sample.Value> values, int repeats, long seed) {
        return family(values, repeats, 1.05, seed).get(STRATEGIES - 2);
    }

    private static List<Comparison> family(List<Sample.Value> values, int repeats, double slower, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Sample> strategies = new ArrayList<>();
        for (int i = 0; i < STRATEGIES; i++) {
            strategies.add(RecordedCells.draw(values, repeats, i == STRATEGIES - 1 ? slower : 1, random));
        }
        Judge judge = new Judge(Rules.DEFAULT);
        for (int i = 0; i < STRATEGIES; i++) {
            for (int j = i + 1; j < STRATEGIES; j++) {
                judge.add("path", "figure", strategies.get(i), strategies.get(j), true);
            }
        }
        return judge.judge();
    }
}
