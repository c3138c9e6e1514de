package dev.steward.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steward.loadgen.run.CapacitySearch.End;
import dev.steward.loadgen.run.CapacitySearch.Outcome;
import java.util.Random;
import java.util.function.DoubleFunction;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Systems whose capacity is known. */
class CapacitySearchTest {
    private static final double MIN = 100;
    private static final double MAX = 10e6;
    private static final int ENOUGH = 120;

    @ParameterizedTest
    @ValueSource(doubles = {130, 999, 20_000, 20_001, 123_456, 2_500_000, 9_000_000})
    void shouldFindTheCapacityOfASystemThatDoesNotWaver(double capacity) {
        CapacitySearch search = played(20_000, rate -> rate <= capacity ? Outcome.HELD : Outcome.BROKEN);

        assertThat(search.end()).isEqualTo(End.RESOLVED);
        assertThat(search.heldRate()).isLessThanOrEqualTo(capacity)
            .isGreaterThan(capacity / CapacitySearch.RESOLUTION / CapacitySearch.RESOLUTION);
        assertThat(search.brokenRate()).isGreaterThan(search.heldRate());
        assertThat(search.rounds()).hasSizeBetween(2, 3);
    }

    /** One trial in ten lies. */
    @Test
    void shouldFindTheCapacityThoughTrialsAreWrongAtTimes() {
        int near = 0;
        int resolved = 0;
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            CapacitySearch search = played(20_000, rate ->
                rate <= 77_000 == random.nextDouble() >= 0.1 ? Outcome.HELD : Outcome.BROKEN);
            boolean ended = search.end() == End.RESOLVED;
            resolved += ended ? 1 : 0;
            near += ended && Math.abs(search.heldRate() / 77_000 - 1) < 0.25 ? 1 : 0;
        }

        assertThat(resolved).isGreaterThan(80);
        assertThat((double) near / resolved).isGreaterThan(0.9);
    }

    @Test
    void shouldSayThatItIsUnsteadyWhenTheSystemChangesUnderIt() {
        int[] trials = {0};
        CapacitySearch search = played(20_000, rate -> rate <= 20_000 * (1 + trials[0]++ / 15)
            ? Outcome.HELD : Outcome.BROKEN);

        assertThat(search.end()).isEqualTo(End.UNSTEADY);
        assertThat(search.rounds()).hasSize(3);
    }

    @Test
    void shouldEndAtTheBoundsOfTheRate() {
        CapacitySearch none = played(20_000, rate -> Outcome.BROKEN);
        CapacitySearch all = played(20_000, rate -> Outcome.HELD);

        assertThat(none.end()).isEqualTo(End.FLOOR);
        assertThat(none.heldRate()).isZero();
        assertThat(all.end()).isEqualTo(End.CEILING);
        assertThat(all.heldRate()).isEqualTo(MAX);
        assertThat(all.brokenRate()).isInfinite();
    }

    @Test
    void shouldTellTheCeilingOfTheGeneratorFromThatOfTheSystem() {
        CapacitySearch search = played(20_000, rate -> rate <= 5e6 ? Outcome.HELD : Outcome.CEILING);

        assertThat(search.end()).isEqualTo(End.CEILING);
        assertThat(search.heldRate()).isCloseTo(5e6, Percentage.withPercentage(22));
    }

    /** A hiccup of the generator at one rate says nothing about the rate that is found in the end. */
    @Test
    void shouldForgetACeilingThatDidNotDecideWhatBreaks() {
        int[] trials = {0};
        CapacitySearch once = played(20_000, rate -> trials[0]++ == 0 ? Outcome.CEILING
            : rate <= 50_000 ? Outcome.HELD : Outcome.BROKEN);
        CapacitySearch inTheFirstSearch = played(80_000, rate -> rate <= 50_000 ? Outcome.HELD
            : rate == 80_000 ? Outcome.CEILING : Outcome.BROKEN);

        assertThat(once.end()).isEqualTo(End.RESOLVED);
        assertThat(inTheFirstSearch.end()).isEqualTo(End.RESOLVED);
    }

    @Test
    void shouldNeitherHoldNorBreakByTrialsThatSayNothing() {
        int[] trials = {0};
        CapacitySearch some = played(20_000, rate -> trials[0]++ % 4 == 3 ? Outcome.UNFIT
            : rate <= 50_000 ? Outcome.HELD : Outcome.BROKEN);
        CapacitySearch never = played(20_000, rate -> Outcome.UNFIT);

        assertThat(some.end()).isEqualTo(End.RESOLVED);
        assertThat(some.heldRate()).isCloseTo(50_000, within(11_000.0));
        assertThat(never.end()).isEqualTo(End.UNFIT);
        assertThat(never.trials()).isEqualTo(3);
    }

    @Test
    void shouldTellWhatIsKnownWhenTimeIsUp() {
        CapacitySearch search = new CapacitySearch(1_000, MIN, MAX);
        for (int i = 0; i < 4; i++) {
            search.take(Outcome.HELD);
        }
        search.stop();

        assertThat(search.end()).isEqualTo(End.BUDGET);
        assertThat(search.heldRate()).isEqualTo(2_000);
        assertThat(search.rate()).isEqualTo(4_000);
    }

    private static CapacitySearch played(double start, DoubleFunction<Outcome> system) {
        CapacitySearch search = new CapacitySearch(start, MIN, MAX);
        while (search.end() == End.NONE) {
            assertThat(search.rate()).isBetween(MIN, MAX);
            assertThat(search.trials()).as("ends").isLessThan(ENOUGH);
            search.take(system.apply(search.rate()));
        }
        return search;
    }
}
