package dev.steward.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentizedRangeTest {
    /** Reference values come from SciPy 1.17: {@code studentized_range.ppf}, by the root of 2. */
    @ParameterizedTest
    @CsvSource({"3, 7, 0.95, 2.9450583597409206", "5, 14, 0.95, 3.11594353469462", "5, 14, 0.971, 3.4129540577336615",
        "5, 7, 0.99, 4.953277743400832", "9, 18, 0.95, 3.5038620642988834", "20, 40, 0.99, 4.389912879624555",
        "5, 1000, 0.95, 2.73276047958658", "2, 10, 0.99, 3.1692726726168328",
        "5, 3, 0.99998779296875, 89.78390196868313",
        "5, 2, 0.95, 7.6941091724967245", "3, 1, 0.99, 95.4881660814588", "5, 1.5, 0.99, 33.54136861705009",
        "5, 5.5, 0.999, 8.957653558381361",
        "9, 5, 0.99998779296875, 28.46863939818367", "5, 1e12, 0.95, 2.7277743708703763"})
    void shouldGiveThePublishedQuantiles(int means, double freedom, double level, double quantile) {
        assertThat(StudentizedRange.of(means).quantile(level, freedom)).isCloseTo(quantile, within(1e-3 * quantile));
    }
}
