package dev.steward.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class DistributionTest {
    private static final long HIGHEST_NS = 60_000_000_000L;

    @Test
    void shouldGiveHandComputedPercentilesOfOneToThousand() {
        Histogram histogram = new Histogram(1, HIGHEST_NS, 3);
        for (int value = 1; value <= 1000; value++) {
            histogram.recordValue(value);
        }
        Distribution values = Distribution.of(histogram);

        assertThat(values.count()).isEqualTo(1000);
        assertThat(values.valueAtNs(0.5)).isEqualTo(500);
        assertThat(values.valueAtNs(0.99)).isEqualTo(990);
        assertThat(values.valueAtNs(0.999)).isEqualTo(999);
        assertThat(values.maxNs()).isEqualTo(1000);
        assertThat(values.meanNs()).isEqualTo(500.5);
    }

    @Test
    void shouldMergeCountsAndNotPercentiles() {
        Distribution fast = times(100, 99);
        Distribution slow = times(900, 99);

        Distribution sum = Distribution.merge(List.of(fast, slow));

        // The mean of the two p99 would be 500, a value that nobody ever saw.
        assertThat(sum.count()).isEqualTo(198);
        assertThat(sum.valueAtNs(0.5)).isEqualTo(100);
        assertThat(sum.valueAtNs(0.51)).isEqualTo(900);
        assertThat(sum.valueAtNs(0.99)).isEqualTo(900);
    }

    @Test
    void shouldAgreeWithAFullHistogramWhenMergedFromParts() {
        Random random = new Random(7);
        Histogram whole = new Histogram(1, HIGHEST_NS, 3);
        Histogram[] parts = new Histogram[5];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = new Histogram(1, HIGHEST_NS, 3);
        }
        for (int i = 0; i < 50_000; i++) {
            long value = 1 + (long) (Math.pow(random.nextDouble(), 8) * (HIGHEST_NS - 1));
            whole.recordValue(value);
            parts[i % parts.length].recordValue(value);
        }

        Distribution sum = Distribution.merge(List.of(parts).stream().map(Distribution::of).toList());

        assertThat(sum.count()).isEqualTo(whole.getTotalCount());
        assertThat(sum.maxNs()).isEqualTo(whole.getMaxValue());
        assertThat(sum.meanNs()).isCloseTo(whole.getMean(), Percentage.withPercentage(1e-9));
        for (double quantile = 0.0001; quantile < 1; quantile += 0.0137) {
            assertThat(sum.valueAtNs(quantile)).isEqualTo(whole.getValueAtPercentile(quantile * 100));
        }
    }

    @Test
    void shouldMergeDistributionsOfDifferentRange() {
        Histogram narrow = new Histogram(1, 10_000, 2);
        narrow.recordValue(5000);
        Distribution sum = Distribution.merge(List.of(Distribution.of(narrow), times(50_000_000_000L, 1)));

        assertThat(sum.count()).isEqualTo(2);
        assertThat(sum.maxNs()).isGreaterThanOrEqualTo(50_000_000_000L);
    }

    @Test
    void shouldSaySaturatedOnlyAtTheUpperBound() {
        assertThat(times(HIGHEST_NS, 1).saturated()).isTrue();
        assertThat(times(HIGHEST_NS / 2, 1).saturated()).isFalse();
        assertThat(Distribution.EMPTY.saturated()).isFalse();
    }

    @Test
    void shouldBeEmptyWhenNothingIsMerged() {
        assertThat(Distribution.merge(List.of())).isSameAs(Distribution.EMPTY);
        assertThat(Distribution.EMPTY.count()).isZero();
        assertThat(Distribution.EMPTY.meanNs()).isZero();
    }

    private static Distribution times(long value, int count) {
        Histogram histogram = new Histogram(1, HIGHEST_NS, 3);
        histogram.recordValueWithCount(value, count);
        return Distribution.of(histogram);
    }
}
