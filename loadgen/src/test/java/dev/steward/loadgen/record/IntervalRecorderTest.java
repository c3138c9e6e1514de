package dev.steward.loadgen.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.results.Tags;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.AbstractHistogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalRecorderTest {
    private static final long MS = 1_000_000;
    private static final Window WINDOW = new Window(0, 1_000 * MS, 3_000 * MS);

    @Test
    void shouldCountAValueInTheIntervalInWhichItWasDue() {
        IntervalRecorder recorder = new Recorders(WINDOW).recorder(Tags.ATTACH);
        // A value of 400 ms that was due in the first interval ends in the second; it belongs to the first.
        recorder.record(1_000 * MS, 400 * MS);
        recorder.record(1_250 * MS - 1, 1);
        recorder.record(1_250 * MS, 2);
        recorder.record(3_000 * MS - 1, 3);

        assertThat(recorder.intervals()).hasSize(8);
        assertThat(recorder.intervals()).extracting(AbstractHistogram::getTotalCount)
            .containsExactly(2L, 1L, 0L, 0L, 0L, 0L, 0L, 1L);
        assertThat(recorder.intervals()[0].getMaxValue()).isBetween(400 * MS, 401 * MS);
        assertThat(recorder.intervals()).extracting(AbstractHistogram::getTag).containsOnly(Tags.ATTACH);
    }

    @Test
    void shouldCountAValueAboveTheRangeAtItsUpperEnd() {
        IntervalRecorder recorder = new Recorders(WINDOW).recorder(Tags.ATTACH);
        recorder.record(1_000 * MS, IntervalRecorder.MAX_VALUE_NS);
        assertThat(recorder.saturated()).isZero();
        recorder.record(1_000 * MS, IntervalRecorder.MAX_VALUE_NS + 1);
        recorder.record(1_000 * MS, Long.MAX_VALUE);

        assertThat(recorder.saturated()).isEqualTo(2);
        assertThat(recorder.intervals()[0].getTotalCount()).isEqualTo(3);
        assertThat(recorder.intervals()[0].getValueAtPercentile(0))
            .isBetween((long) (IntervalRecorder.MAX_VALUE_NS * 0.999), IntervalRecorder.MAX_VALUE_NS);
    }

    @Test
    void shouldCountANegativeValueAsZero() {
        IntervalRecorder recorder = new Recorders(WINDOW).recorder(Tags.ATTACH);
        recorder.record(1_000 * MS, -5);

        assertThat(recorder.intervals()[0].getCountAtValue(0)).isEqualTo(1);
        assertThat(recorder.saturated()).isZero();
    }

    @Test
    void shouldRefuseAValueThatWasNotDueInTheWindow() {
        IntervalRecorder recorder = new Recorders(WINDOW).recorder(Tags.ATTACH);

        assertThatThrownBy(() -> recorder.record(3_000 * MS, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> recorder.record(700 * MS, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @CsvSource({"10, 1", "399, 1", "400, 8", "401, 8", "1000, 8", "2000, 8",
        "2500, 10", "5000, 20", "5001, 20", "60000, 20", "3600000, 20"})
    void shouldCutTheWindowIntoEightToTwentyIntervalsUnlessItIsShort(long windowMs, int intervals) {
        Window window = new Window(0, 0, windowMs * MS);
        IntervalRecorder recorder = new Recorders(window).recorder(Tags.ATTACH);
        recorder.record(windowMs * MS - 1, 7);

        assertThat(recorder.intervals()).hasSize(intervals);
        assertThat(recorder.intervals()[intervals - 1].getTotalCount()).isEqualTo(1);
        assertThat(Recorders.bytes(List.of(Tags.ATTACH, Tags.ATTACH_RAW), window.lengthNs()))
            .isEqualTo(Stream.of(recorder, new Recorders(window).recorder(Tags.ATTACH_RAW))
                .flatMap(one -> Arrays.stream(one.intervals()))
                .mapToLong(AbstractHistogram::getEstimatedFootprintInBytes).sum());
    }

    @Test
    void shouldCutOnlyWhatIsReadInSlices() {
        Recorders recorders = new Recorders(new Window(0, 0, 5_000 * MS));

        assertThat(recorders.recorder(Tags.HICCUP).intervals()).hasSize(20);
        IntervalRecorder whole = recorders.recorder(Tags.ATTACH_COMMIT);
        whole.record(4_999 * MS, 5);
        assertThat(whole.intervals()).hasSize(1);
        assertThat(whole.intervals()[0].getTotalCount()).isEqualTo(1);
        assertThatThrownBy(() -> whole.record(-1, 5)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void shouldCountMoreThanAnIntegerHoldsInAnHour() {
        Window hour = new Window(0, 1_000 * MS, 3_601_000 * MS);
        IntervalRecorder whole = new Recorders(hour).recorder(Tags.ATTACH_COMMIT);
        whole.intervals()[0].recordValueWithCount(5, Integer.MAX_VALUE);
        whole.record(1_000 * MS, 5);

        assertThat(whole.intervals()[0].getCountAtValue(5)).isEqualTo(Integer.MAX_VALUE + 1L);
    }

    @Test
    void shouldKeepOneRecorderForEachRequestAndAddUpWhatIsSaturated() {
        Recorders recorders = new Recorders(WINDOW);
        IntervalRecorder one = recorders.recorder(Tags.ATTACH);
        IntervalRecorder other = recorders.recorder(Tags.ATTACH);
        one.record(1_000 * MS, Long.MAX_VALUE);
        other.record(1_000 * MS, Long.MAX_VALUE);

        assertThat(recorders.all()).containsExactly(one, other);
        assertThat(recorders.saturated()).isEqualTo(2);
    }

    @Test
    void shouldMeasureWhatWasDueInTheWindowOnly() {
        assertThat(WINDOW.measures(1_000 * MS - 1)).isFalse();
        assertThat(WINDOW.measures(1_000 * MS)).isTrue();
        assertThat(WINDOW.measures(3_000 * MS - 1)).isTrue();
        assertThat(WINDOW.measures(3_000 * MS)).isFalse();
        assertThat(WINDOW.giveUpNs()).isEqualTo(3_500 * MS);
    }
}
