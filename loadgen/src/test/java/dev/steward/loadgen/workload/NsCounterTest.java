package dev.steward.loadgen.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NsCounterTest {
    private static final int MANY = 1_000_000;

    @ParameterizedTest
    @ValueSource(doubles = {1e9 / 7, 1e9 / 20_000.3, 1e9 / 1_234_567, 1e9 / 9_999_999, 0.1})
    void shouldStayWithinANanosecondOfTheExactSumOverAMillionGaps(double meanNs) {
        NsCounter counter = new NsCounter();
        Randomness random = new Randomness(3);
        BigDecimal exactNs = BigDecimal.ZERO;
        long atNs = 0;

        for (int i = 0; i < MANY; i++) {
            double gapNs = 2 * meanNs * random.nextUnit();
            exactNs = exactNs.add(new BigDecimal(gapNs));
            atNs = counter.advance(gapNs);
        }

        assertThat(Math.abs(atNs - exactNs.setScale(0, RoundingMode.FLOOR).longValueExact())).isLessThanOrEqualTo(1);
    }

    @Test
    void shouldFailTheDriftTestWhenGapsAreAddedUpInADouble() {
        // 115 days into a load a double holds no more than whole nanoseconds: each gap of 0.4 ns is lost.
        double plain = 1e16;
        NsCounter counter = new NsCounter();
        counter.advance(1e16);
        long atNs = 0;
        for (int i = 0; i < MANY; i++) {
            plain += 0.4;
            atNs = counter.advance(0.4);
        }

        assertThat(plain).isEqualTo(1e16);
        assertThat(atNs).isEqualTo(10_000_000_000_400_000L);
    }

    @Test
    void shouldStandStillAtTheEndOfTime() {
        NsCounter counter = new NsCounter();
        assertThat(counter.advance(ArrivalProcess.MAX_NS - 1_000_000.0)).isLessThan(ArrivalProcess.MAX_NS);

        for (double gapNs : new double[] {1e7, 0, 1, Double.POSITIVE_INFINITY, Double.MAX_VALUE}) {
            assertThat(counter.advance(gapNs)).isEqualTo(ArrivalProcess.MAX_NS);
        }
    }
}
