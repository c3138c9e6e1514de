package dev.steward.reports.verdict;

import dev.steward.results.Verdicts.Verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final double[] TEN = {100, 101, 99.5, 100.5, 99, 100.2, 99.8, 101.2, 98.9, 100.1};

    @Test
    void shouldCallTheSlowerWorseAndTheFasterBetter() {
        Comparison worse = only(sample("a", TEN, 1), sample("b", TEN, 1.2));

        assertThat(worse.verdict()).isEqualTo(Verdict.WORSE);
        assertThat(worse.ratio()).isCloseTo(1.2, within(0.005));
        assertThat(worse.interval().low()).isLessThan(1.2);
        assertThat(worse.interval().high()).isGreaterThan(1.2);
        assertThat(worse.reason().sentence()).isEqualTo("more than chance explains (p < 0.0001)");
        assertThat(worse.flipped().verdict()).isEqualTo(Verdict.BETTER);
        assertThat(worse.flipped().ratio()).isCloseTo(1 / 1.2, within(0.005));
        assertThat(only(sample("a", TEN, 1), sample("b", TEN, 0.8)).verdict()).isEqualTo(Verdict.BETTER);
    }

    @Test
    void shouldTurnRoundWhereMoreIsBetter() {
        Judge judge = new Judge(Rules.DEFAULT);
        judge.add("g", "f", sample("a", TEN, 1), sample("b", TEN, 1.2), false);

        assertThat(judge.judge().get(0).verdict()).isEqualTo(Verdict.BETTER);
    }

    @Test
    void shouldCallEqualOnlyWhatIsWithinTheMinimumEffect() {
        Comparison equal = only(sample("a", TEN, 1), sample("b", TEN, 1.001));

        assertThat(equal.verdict()).isEqualTo(Verdict.NO_DIFFERENCE);
        assertThat(equal.interval().within(1 / 1.05, 1.05)).isTrue();
        assertThat(equal.reason().shortly()).isEqualTo("within 5%");
    }

    @Test
    void shouldCallEqualWhatDiffersByLessThanMatters() {
        assertThat(only(sample("a", TEN, 1), sample("b", TEN, 1.025)).verdict()).isEqualTo(Verdict.NO_DIFFERENCE);
        Judge strict = new Judge(new Rules(0.02, 0.01));
        strict.add("g", "f", sample("a", TEN, 1), sample("b", TEN, 1.025), true);
        assertThat(strict.judge().get(0).verdict()).isEqualTo(Verdict.WORSE);
    }

    @Test
    void shouldBeUnclearAndSayHowManyRepeatsWouldTellWhenTheyScatter() {
        double[] wild = {50, 200, 80, 120, 90, 300, 70, 110, 95, 160};

        Comparison open = only(sample("a", wild, 1), sample("b", wild, 1.05));

        assertThat(open.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(open.reason().shortly()).isEqualTo("needs over 1000");
        assertThat(open.reason().sentence()).isEqualTo(
            "repeats differ too much to tell; to find 5% would take over 1000 repeats each");
    }

    @Test
    void shouldGiveNoVerdictWithTooFewRepeatsHoweverFarApart() {
        Comparison open = only(sample("a", new double[] {1, 2, 3}, 1), sample("b", new double[] {1, 2, 3}, 100));

        assertThat(open.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(open.reason().sentence())
            .isEqualTo("too few repeats (3 and 3): with 1 pair nothing can be significant below 5 each");
    }

    @Test
    void shouldCorrectForThePairsOfAFamily() {
        // Six against six, fully apart: p is 0.0022, which one pair may claim at 1 % and ten may not.
        double[] six = {1, 2, 3, 4, 5, 6};
        assertThat(only(sample("a", six, 1), sample("b", six, 10)).verdict()).isEqualTo(Verdict.WORSE);
        Judge judge = new Judge(Rules.DEFAULT);
        for (int i = 0; i < 10; i++) {
            judge.add("g", "f", sample("a", six, 1), sample("b" + i, six, 10), true);
        }

        assertThat(judge.judge()).allSatisfy(pair -> assertThat(pair.verdict()).isEqualTo(Verdict.UNDECIDED));
    }

    @Test
    void shouldNeverCompareAcrossPlacementClasses() {
        List<Sample.Value> near = sample("a", TEN, 1).values();
        List<Sample.Value> far = sample("b", TEN, 10).values().stream()
            .map(value -> new Sample.Value(value.value(), "far")).toList();
        List<Sample.Value> both = new ArrayList<>(far);
        both.addAll(near.subList(0, 7));

        Comparison apart = only(new Sample("a", near, List.of()), new Sample("b", far, List.of()));
        Comparison common = only(new Sample("a", near, List.of()), new Sample("b", both, List.of()));

        assertThat(apart.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(apart.interval()).isNull();
        assertThat(apart.reason().shortly()).isEqualTo("other placement");
        assertThat(common.placement()).isEqualTo("near");
        assertThat(common.secondCount()).isEqualTo(7);
        assertThat(common.ratio()).isCloseTo(1, within(0.02));
    }

    @Test
    void shouldAddUpWhatEachPlacementClassSays() {
        Sample slow = split(sample("b", TEN, 1.3));
        Sample fast = split(sample("a", TEN, 1));

        Comparison comparison = only(fast, slow);

        assertThat(comparison.placement()).isEqualTo("far+near");
        assertThat(comparison.firstCount()).isEqualTo(10);
        assertThat(comparison.verdict()).isEqualTo(Verdict.WORSE);
        assertThat(comparison.ratio()).isCloseTo(1.3, within(0.05));
    }

    /** Every second repeat was far, and three times as slow for it. */
    private static Sample split(Sample sample) {
        List<Sample.Value> values = new ArrayList<>();
        for (Sample.Value value : sample.values()) {
            values.add(values.size() % 2 == 0 ? new Sample.Value(value.value(), "near")
                : new Sample.Value(3 * value.value(), "far"));
        }
        return new Sample(sample.name(), values, List.of());
    }

    @Test
    void shouldSayWhyThereIsNothingToCompare() {
        Comparison comparison = only(sample("a", TEN, 1), new Sample("b", List.of(), List.of("3 cells INVALID")));

        assertThat(comparison.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(comparison.reason().sentence()).isEqualTo("b has no cell to compare: 3 cells INVALID");
        assertThat(comparison.pValue()).isNaN();
    }

    @Test
    void shouldRefuseRulesThatMeanNothing() {
        assertThatThrownBy(() -> new Rules(0, 0.01)).hasMessageContaining("above 0 % and below 100 %");
        assertThatThrownBy(() -> new Rules(0.05, 0.7)).hasMessageContaining("significance");
        assertThat(new Rules(0.025, 0.01).minEffectText()).isEqualTo("2.5%");
        assertThat(Rules.DEFAULT.minEffectText()).isEqualTo("5%");
    }

    private static Comparison only(Sample first, Sample second) {
        Judge judge = new Judge(Rules.DEFAULT);
        judge.add("g", "f", first, second, true);
        return judge.judge().get(0);
    }

    private static Sample sample(String name, double[] values, double times) {
        List<Sample.Value> list = new ArrayList<>();
        for (double value : values) {
            list.add(new Sample.Value(value * times, "near"));
        }
        return new Sample(name, list, List.of());
    }
}
