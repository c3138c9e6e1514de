package dev.steward.reports.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AmountsTest {
    @Test
    void shouldPrintATimeAndItsIntervalInOneUnit() {
        assertThat(Amounts.time(30.4, 22.0, 37.2)).isEqualTo("30 ns (22 to 37)");
        assertThat(Amounts.time(-4.26, -9.0, 0.3)).isEqualTo("-4.3 ns (-9.0 to 0.3)");
        assertThat(Amounts.time(520, -80.0, 1120.0)).isEqualTo("0.52 us (-0.08 to 1.12)");
        assertThat(Amounts.time(999.6)).isEqualTo("1.00 us");
        assertThat(Amounts.time(2_040_000, 1_900_000.0, 2_180_000.0)).isEqualTo("2.04 ms (1.90 to 2.18)");
        assertThat(Amounts.time(7.2e9)).isEqualTo("7.20 s");
        assertThat(Amounts.compact(615, 601.0, 630.0)).isEqualTo("615ns 601..630");
        assertThat(Amounts.compact(615, null, null)).isEqualTo("615ns");
        assertThat(Amounts.compact(390, 0.04, 3_618_000.0)).as("not 0us 0..3618").isEqualTo("390ns unknown");
    }

    /** Of a bound that is not 0 three digits are left. */
    @Test
    void shouldTakeASmallerUnitRatherThanPrintZeroForWhatIsNone() {
        assertThat(Amounts.time(60_000, 2_160.0, 1_600_000.0)).isEqualTo("60 us (2 to 1600)");
        assertThat(Amounts.signedTime(4, -90.0, 2_000.0)).isEqualTo("+4 ns (-90 to +2000)");
        assertThat(Amounts.time(0, -1_600.0, 1_600.0)).isEqualTo("0.00 us (-1.60 to 1.60)");
    }

    @Test
    void shouldSignWhatIsNotZero() {
        assertThat(Amounts.signedTime(30, -7.0, 67.0)).isEqualTo("+30 ns (-7 to +67)");
        assertThat(Amounts.signedTime(-0.2, -30.0, 29.0)).isEqualTo("0 ns (-30 to +29)");
    }

    @Test
    void shouldPrintSharesInPerCentAndMultiplesAsFactors() {
        assertThat(Amounts.share(0.12, 0.09, 0.151)).isEqualTo("12 % (9 to 15)");
        assertThat(Amounts.share(0.012, 0.009, 0.0151)).isEqualTo("1.2 % (0.9 to 1.5)");
        assertThat(Amounts.share(3.1, 2.88, 3.34)).isEqualTo("a factor of 4.1 (3.9 to 4.3)");
        assertThat(Amounts.share(20)).isEqualTo("a factor of 21");
    }

    @Test
    void shouldRoundABoundUp() {
        assertThat(Amounts.bound(0.0301)).isEqualTo("4 %");
        assertThat(Amounts.bound(0.03)).isEqualTo("3 %");
        assertThat(Amounts.bound(0.0001)).isEqualTo("1 %");
        assertThat(Amounts.bound(1.21)).isEqualTo("a factor of 2.3");
    }
}
