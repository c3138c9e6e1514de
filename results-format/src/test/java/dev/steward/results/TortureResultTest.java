package dev.steward.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TortureResultTest {
    /** (1 - 1/n)^events is 0.001, within the last digit. */
    @ParameterizedTest
    @CsvSource({"0, 0", "6, 0", "7, 1", "690775, 99999", "690776, 100000", "6907756, 1000000"})
    void shouldSayHowSeldomFaultWouldHaveBeenSeen(long provable, long oneIn) {
        TortureResult.OfStrategy strategy = new TortureResult.OfStrategy(
            "mutex", 1, provable, 1, 0, 0, 0, 0, 0, 0, 0, provable, 0, 0, 0, 0, 1, Map.of());

        assertThat(strategy.seenIfOneIn()).isEqualTo(oneIn);
    }
}
