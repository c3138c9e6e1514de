package dev.steward.reports.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.results.Verdicts.Pair;
import dev.steward.results.Verdicts.Verdict;
import org.junit.jupiter.api.Test;

class PairWordsTest {
    @Test
    void shouldSayHowMuchBetterOrWorse() {
        Pair better = pair(Verdict.BETTER, 0.88, 0.85, 0.91, -30, -37, -22, null);

        assertThat(PairWords.sentence(better)).isEqualTo("better by 12 % (9 to 15), 30 ns (22 to 37)");
        assertThat(PairWords.sentence(better.flipped())).isEqualTo("worse by 14 % (10 to 18), 30 ns (22 to 37)");
        assertThat(PairWords.sentence(pair(Verdict.WORSE, 4.1, 3.7, 4.6, 1520, 1400, 1660, null)))
            .isEqualTo("worse by a factor of 4.1 (3.7 to 4.6), 1.52 us (1.40 to 1.66)");
    }

    @Test
    void shouldBoundADifferenceThatCannotBeMoreThanTheIntervalAllows() {
        assertThat(PairWords.sentence(pair(Verdict.NO_DIFFERENCE, 1.01, 0.99, 1.021, 6, -5, 12.6, null)))
            .isEqualTo("no difference above 3 %, +6 ns (-5 to +13)");
        assertThat(PairWords.sentence(pair(Verdict.NO_DIFFERENCE, 0.99, 0.955, 1.02, -6, -25, 12, null)))
            .isEqualTo("no difference above 5 %, -6 ns (-25 to +12)");
    }

    @Test
    void shouldSayWhatIsLeftOpenAndWhatItWouldTake() {
        assertThat(PairWords.sentence(pair(Verdict.UNDECIDED, 1.02, 0.96, 1.09, 12, -25, 54, 6.2)))
            .isEqualTo("between 4 % better and 9 % worse, +12 ns (-25 to +54); about 6 more minutes would tell 5 %");
        assertThat(PairWords.sentence(pair(Verdict.UNDECIDED, 1.08, 1.02, 3.4, 48, 12, 900, null)))
            .isEqualTo("between 2 % and a factor of 3.4 worse, +48 ns (+12 to +900)");
        assertThat(PairWords.sentence(pair(Verdict.UNDECIDED, 0.9, 0.8, 0.99, -48, -90, -5, 0.2)))
            .isEqualTo("between 1 % and 20 % better, -48 ns (-90 to -5); about 1 more minute would tell 5 %");
        assertThat(PairWords.sentence(new Pair("ring", "event", "a", "b", Verdict.UNDECIDED, 1.2, null, null, 9, null,
            null, 0.05, 1, 6, null))).isEqualTo("too few repetitions for an interval");
    }

    @Test
    void shouldNotPrintFiguresOfARunThatCannotTell() {
        Pair wide = pair(Verdict.UNDECIDED, 0.99, 1e-7, 2.1e8, -5, -445, 93.6e9, 8.0);

        assertThat(PairWords.sentence(wide)).isEqualTo("this run cannot tell, not even whether one of them takes ten "
            + "times as long; about 8 more minutes would tell 5 %");
        assertThat(PairWords.sentence(wide.flipped())).isEqualTo(PairWords.sentence(wide));
        assertThat(PairWords.difference(wide)).isEqualTo("cannot tell");
        assertThat(PairWords.difference(pair(Verdict.UNDECIDED, 1.2, 0.2, 9, 90, -360, 3600, null)))
            .isEqualTo("+0.09 us (-0.36 to +3.60)");
    }

    @Test
    void shouldSayHowMuchAtLeastWhereTheOtherBoundSaysNothing() {
        Pair wide = pair(Verdict.WORSE, 140, 5.7, 3473, 60_000, 2_160, 1.6e6, null);

        assertThat(PairWords.sentence(wide)).isEqualTo("worse by at least a factor of 5.7, at least 2.16 us more");
        assertThat(PairWords.sentence(wide.flipped())).isEqualTo("better by at least 82 %, at least 2.16 us less");
        assertThat(PairWords.difference(wide)).isEqualTo("at least 2.16 us more");
        assertThat(PairWords.difference(wide.flipped())).isEqualTo("at least 2.16 us less");
        assertThat(PairWords.sentence(pair(Verdict.WORSE, 140, 120, 163, 60_000, 51_000, 70_000.0, null)))
            .isEqualTo("worse by a factor of 140 (120 to 163), 60.0 us (51.0 to 70.0)");
    }

    @Test
    void shouldGiveNoVerdictInWordsWhereThereIsNone() {
        Pair open = pair(Verdict.UNDECIDED, 140, 5.7, 3473, 60_000, 2_160, 1.6e6, 1.0);

        assertThat(PairWords.sentence(open)).isEqualTo("so far worse by at least a factor of 5.7, at least 2.16 us "
            + "more; about 1 more minute would tell 5 %");
        assertThat(PairWords.sentence(open.flipped())).isEqualTo("so far better by at least 82 %, at least 2.16 us "
            + "less; about 1 more minute would tell 5 %");
    }

    @Test
    void shouldSayWhatALockCostsByTheBoundThatIsNearer() {
        Pair wide = pair(Verdict.WORSE, 140, 5.7, 3473, 60_000, 2_160, 1.6e6, null);

        assertThat(cost(wide)).isEqualTo("adds at least 2.16 us to an event (54 % of an event, 4.00 us)");
        assertThat(cost(wide.flipped())).isEqualTo("takes at least 2.16 us less for an event");
        assertThat(cost(pair(Verdict.BETTER, 0.88, 0.85, 0.91, -30, -37, -22, null)))
            .isEqualTo("takes 30 ns (22 to 37) less for an event");
    }

    private static String cost(Pair pair) {
        return Answer.cost(pair, 4_000, "an event", "an event");
    }

    private static Pair pair(
        Verdict verdict, double ratio, double low, double high, double ns, double lowNs, double highNs,
        Double minutes) {
        return new Pair("ring", "event", "a", "b", verdict, ratio, low, high, ns, lowNs, highNs, 0.05, 10, 60, minutes);
    }
}
