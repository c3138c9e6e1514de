package dev.steward.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayWordsTest {
    @ParameterizedTest
    @CsvSource({"500, 500 ns", "1500, 1.50 us", "999999999, 1.00 s", "2800000000, 2.80 s",
        "65000000000, 1 min 05 s", "13800000000000, 3 h 50 min"})
    void shouldTellTimesAsPeopleDo(long ns, String words) {
        assertThat(ReplayWords.duration(ns)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"0.00001, 0.00001", "12.34, 12.3", "20, 20", "999.7, 1000", "10000, 10.0k", "2500000, 2.50M"})
    void shouldTellRatesAsPeopleDo(double perSecond, String words) {
        assertThat(ReplayWords.rate(perSecond)).isEqualTo(words);
    }
}
