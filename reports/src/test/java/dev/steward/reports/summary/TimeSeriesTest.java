package dev.steward.reports.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.reports.Fixtures;
import dev.steward.results.CellHistograms.Slice;
import dev.steward.results.Distribution;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeSeriesTest {
    @Test
    void shouldMergeSlicesAtTheSamePlaceInTheWindowWhenTheyStartAFewMillisecondsApart() {
        TimeSeries series = TimeSeries.of(List.of(
            List.of(slice(0, 100, 60), slice(1004, 200, 60)),
            List.of(slice(3, 900, 60), slice(996, 200, 60))));

        assertThat(series.points()).extracting(TimeSeries.Point::startMs).containsExactly(0L, 1000L);
        assertThat(series.points()).extracting(point -> point.p99().valueNs()).containsExactly(900L, 200L);
    }

    @Test
    void shouldLeaveSlicesOutThatAreTooSmallForAP99() {
        TimeSeries series = TimeSeries.of(List.of(List.of(slice(0, 100, 99), slice(1000, 200, 100))));

        assertThat(series.points()).extracting(TimeSeries.Point::startMs).containsExactly(1000L);
    }

    @Test
    void shouldKeepThePlaceOfASliceAfterAGap() {
        TimeSeries series = TimeSeries.of(List.of(List.of(slice(0, 100, 100), slice(3000, 200, 100))));

        assertThat(series.points()).extracting(TimeSeries.Point::startMs).containsExactly(0L, 3000L);
    }

    @Test
    void shouldBeEmptyWithoutSlices() {
        assertThat(TimeSeries.of(List.of()).points()).isEmpty();
        assertThat(TimeSeries.of(List.of(List.of(new Slice(0, 0, Distribution.EMPTY)))).points()).isEmpty();
    }

    private static Slice slice(long startMs, long valueNs, int count) {
        return new Slice(startMs, 1000, Fixtures.distribution(valueNs, count));
    }
}
