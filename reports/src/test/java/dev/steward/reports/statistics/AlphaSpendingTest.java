package dev.steward.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlphaSpendingTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 20})
    void shouldSpendAllAndMostOfItAtTheEnd(int looks) {
        double[] shares = IntStream.rangeClosed(1, looks).mapToDouble(look -> AlphaSpending.share(look, looks))
            .toArray();

        assertThat(IntStream.range(0, looks).mapToDouble(i -> shares[i]).sum()).isCloseTo(1, within(1e-12));
        assertThat(shares).isSorted();
    }

    @Test
    void shouldKeepFourFifthsOfItForTheLastOfFour() {
        assertThat(AlphaSpending.share(4, 4)).isCloseTo(1 - 729.0 / 4096, within(1e-12));
    }

    @Test
    void shouldRefuseALookThatWasNotPlanned() {
        assertThatThrownBy(() -> AlphaSpending.share(0, 4)).hasMessage("look 0 of 4");
        assertThatThrownBy(() -> AlphaSpending.share(5, 4)).hasMessage("look 5 of 4");
    }
}
