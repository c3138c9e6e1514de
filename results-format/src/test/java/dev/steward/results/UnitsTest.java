package dev.steward.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0ns", "7, 7ns", "85, 85ns", "999, 999ns", "999.4, 999ns", "999.6, 1.00us", "1000, 1.00us", "1234, 1.23us",
        "1235, 1.24us", "9995, 10.0us", "12345, 12.3us", "99950, 100us", "123456, 123us", "999499, 999us",
        "999500, 1.00ms", "45600000, 45.6ms", "60000000000, 60.0s", "1500000000000, 1500s", "21.5, 21.5ns",
        "0.25, 0.25ns",
    })
    void shouldPrintDurationsWithThreeDigits(double ns, String text) {
        assertThat(Units.duration(ns)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "9999, 9999", "10000, 10.0k", "145000, 145k", "1234567, 1.23M", "-12345, -12.3k"})
    void shouldPrintCounts(long count, String text) {
        assertThat(Units.count(count)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.5, 0.5", "40, 40", "99.96, 100", "100.4, 100", "49998, 49998", "999999, 999999",
        "1234567, 1.23M"})
    void shouldPrintRates(double perSecond, String text) {
        assertThat(Units.rate(perSecond)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0B", "512, 512B", "1023, 1023B", "1024, 1.00KiB", "65536, 64.0KiB", "1048576, 1.00MiB"})
    void shouldPrintSizes(long bytes, String text) {
        assertThat(Units.bytes(bytes)).isEqualTo(text);
    }

    @Test
    void shouldPrintSharesTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(Units.share(0.1234)).isEqualTo("12.3%");
            assertThat(Units.wholeShare(0.4951)).isEqualTo("50%");
            assertThat(Units.rate(12345.6)).isEqualTo("12346");
            assertThat(Units.share(Double.NaN)).isEqualTo("-");
        } finally {
            Locale.setDefault(before);
        }
    }
}
