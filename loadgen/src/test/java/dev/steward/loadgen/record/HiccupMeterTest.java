package dev.steward.loadgen.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.results.Tags;
import org.HdrHistogram.AbstractHistogram;
import org.junit.jupiter.api.Test;

class HiccupMeterTest {
    private static final long MS = 1_000_000;
    private static final long TICK_NS = 1_000;
    private static final Window WINDOW = new Window(0, 10 * MS, 110 * MS);

    @Test
    void shouldLookOnceEachMillisecondOfTheWindow() {
        AbstractHistogram hiccups = measure(new FakeClock(0, TICK_NS));

        assertThat(hiccups.getTotalCount()).isEqualTo(100);
        assertThat(hiccups.getMaxValue()).isLessThanOrEqualTo(TICK_NS);
    }

    @Test
    void shouldCountEveryPeriodThatAStallCovered() {
        FakeClock clock = new FakeClock(0, TICK_NS);
        clock.stallAt(50 * MS + MS / 2, 10 * MS);
        AbstractHistogram hiccups = measure(clock);

        assertThat(hiccups.getTotalCount()).isEqualTo(100);
        assertThat(hiccups.getMaxValue()).isBetween(9 * MS + MS / 2, 10 * MS);
        assertThat(hiccups.getCountBetweenValues(MS / 4, 20 * MS)).isEqualTo(10);
    }

    @Test
    void shouldEndWithTheWindowWhenAStallOutlastsIt() {
        FakeClock clock = new FakeClock(0, TICK_NS);
        clock.stallAt(100 * MS + MS / 2, 500 * MS);
        AbstractHistogram hiccups = measure(clock);

        assertThat(hiccups.getTotalCount()).isEqualTo(100);
        assertThat(hiccups.getMaxValue()).isBetween(499 * MS, 501 * MS);
    }

    private static AbstractHistogram measure(FakeClock clock) {
        Recorders recorders = new Recorders(WINDOW);
        new HiccupMeter(clock, WINDOW, recorders).run();
        assertThat(recorders.all()).hasSize(1);
        assertThat(recorders.all().get(0).tag()).isEqualTo(Tags.HICCUP);
        return recorders.all().get(0).intervals()[0];
    }
}
