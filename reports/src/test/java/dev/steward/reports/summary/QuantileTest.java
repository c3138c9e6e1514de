package dev.steward.reports.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steward.reports.Fixtures;
import dev.steward.results.Distribution;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantileTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0.5, NONE", "1, 0.5, NONE", "2, 0.5, FEW", "20, 0.5, ENOUGH", "19, 0.5, FEW",
        "99, 0.99, NONE", "100, 0.99, FEW", "999, 0.99, FEW", "1000, 0.99, ENOUGH",
        "999, 0.999, NONE", "1000, 0.999, FEW", "9999, 0.999, FEW", "10000, 0.999, ENOUGH",
    })
    void shouldSayHowManyValuesLieBeyond(int count, double quantile, Quantile.Support support) {
        Distribution values = count == 0 ? Distribution.EMPTY : Fixtures.distribution(500, count);

        assertThat(Quantile.of(values, quantile).support()).isEqualTo(support);
    }

    @Test
    void shouldGiveTheRangeOfARepeatAndNotOfTheirSum() {
        RepeatRange range = RepeatRange.of(
            List.of(Fixtures.distribution(300, 1000), Fixtures.distribution(100, 1000), Distribution.EMPTY), 0.99);

        assertThat(range.repeats()).isEqualTo(2);
        assertThat(range.lowest().valueNs()).isEqualTo(100);
        assertThat(range.highest().valueNs()).isEqualTo(300);
    }

    @Test
    void shouldGiveNoRangeWithoutAnyPercentile() {
        RepeatRange range = RepeatRange.of(List.of(Fixtures.distribution(300, 50)), 0.99);

        assertThat(range.repeats()).isZero();
        assertThat(range.lowest()).isNull();
    }

    @Test
    void shouldEndTheCurveWhereFewerThanTenValuesLieBeyond() {
        Curve curve = Curve.of(Fixtures.distribution(500, 10_000));

        assertThat(curve.points().get(0).nines()).isEqualTo(2);
        assertThat(curve.points().get(curve.points().size() - 1).nines()).isCloseTo(1000, within(0.001));
        assertThat(curve.points()).allMatch(point -> point.valueNs() == 500);
        assertThat(Curve.of(Fixtures.distribution(500, 19)).points()).isEmpty();
        assertThat(Curve.of(Distribution.EMPTY).points()).isEmpty();
    }

    @Test
    void shouldMarkPercentilesByWhatTheyRestOn() {
        assertThat(Quantile.text(new Quantile(1234, Quantile.Support.ENOUGH))).isEqualTo("1.23us");
        assertThat(Quantile.text(new Quantile(1234, Quantile.Support.FEW))).isEqualTo("~1.23us");
        assertThat(Quantile.text(new Quantile(1234, Quantile.Support.NONE))).isEqualTo("-");
        assertThat(Quantile.text(null)).isEqualTo("-");
    }

    @Test
    void shouldMarkAMaximumAtTheUpperBound() {
        Quantile any = new Quantile(1, Quantile.Support.ENOUGH);
        assertThat(new Latency(1, any, any, any, 60_000_000_000L, true).maxText()).isEqualTo(">60.0s");
        assertThat(new Latency(1, any, any, any, 5000, false).maxText()).isEqualTo("5.00us");
        assertThat(new Latency(0, any, any, any, 0, false).maxText()).isEqualTo("-");
    }
}
