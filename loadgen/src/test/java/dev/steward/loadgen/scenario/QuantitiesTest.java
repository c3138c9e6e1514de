package dev.steward.loadgen.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.loadgen.workload.Randomness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {
    private static final int ROUNDS = 200_000;

    @ParameterizedTest
    @CsvSource({
        "20000, 20000", "20k, 20000", "20k/s, 20000", "20K/s, 20000", "20 k/s, 20000", "1.5M/s, 1500000",
        "0, 0", "0/s, 0", "0.5/s, 0.5", "+3/s, 3", "-3/s, -3", "123.456/s, 123.456", "1234567/s, 1234567",
        "0.1M/s, 100000"
    })
    void shouldReadARate(String text, double perSecond) {
        assertThat(Quantities.rate(text)).isEqualTo(perSecond);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "fast", "20k/min", "20m/s", "20G/s", "20ks", "k/s", "1e3/s", "1,5k/s", "1.k/s", ".5/s", "0x10", "NaN",
        "Infinity", "20k/s/s", "20k / s", "--5", "20Hz"
    })
    void shouldRefuseWhatIsNoRate(String text) {
        assertThatThrownBy(() -> Quantities.rate(text))
            .hasMessage("is not a rate; write for example 500/s, 20k/s or 1.5M/s");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0", "0ns, 0", "1ns, 1", "1500ns, 1500", "10us, 10000", "1.5us, 1500", "2.5ms, 2500000",
        "2.500000ms, 2500000", "3s, 3000000000", "90s, 90000000000", "1min, 60000000000", "0.5min, 30000000000",
        "0.000000001s, 1", "1h, 3600000000000", "-5ms, -5000000", "5 ms, 5000000"
    })
    void shouldReadADuration(String text, long ns) {
        assertThat(Quantities.durationNs(text)).isEqualTo(ns);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "1.5", "5 d", "5ms/s", "5sec", "1e3ns", "fast", "ms", "NaN", "5MS", "5µs"})
    void shouldRefuseWhatIsNoDuration(String text) {
        assertThatThrownBy(() -> Quantities.durationNs(text))
            .hasMessage("is not a duration; write a number with ns, us, ms, s, min or h");
    }

    @Test
    void shouldRefuseDurationsThatCannotBeCounted() {
        assertThatThrownBy(() -> Quantities.durationNs("9".repeat(40) + "s"))
            .hasMessage("is longer than this program can count");
        assertThatThrownBy(() -> Quantities.durationNs("0.5ns"))
            .hasMessage("is not a whole number of ns, the finest unit");
        assertThatThrownBy(() -> Quantities.durationNs("-0.1ns"))
            .hasMessage("is not a whole number of ns, the finest unit");
        assertThatThrownBy(() -> Quantities.durationNs("1.0000000001s"))
            .hasMessage("is not a whole number of ns, the finest unit");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0/s", "1, 1/s", "500, 500/s", "123.456, 123.456/s", "999.99, 999.99/s", "1000, 1k/s", "1001, 1001/s",
        "20000, 20k/s", "12340, 12.34k/s", "1234567, 1234567/s", "12345670, 12345.67k/s", "1500000, 1.5M/s",
        "10000000, 10M/s", "0.0000001, 0.0000001/s", "0.3333333333333333, 0.3333333333333333/s"
    })
    void shouldPrintARateInItsBestUnit(double perSecond, String text) {
        assertThat(Quantities.printRate(perSecond)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0ns", "1, 1ns", "999, 999ns", "1000, 1us", "1500, 1.5us", "1515, 1515ns", "1234567, 1234567ns",
        "120000, 120us", "2500000000, 2.5s", "2500000, 2.5ms", "90000000000, 90s", "3600000000000, 3600s",
        "9007199254740993, 9007199254740993ns", "9223372036850000000, 9223372036.85s"
    })
    void shouldPrintADurationInItsBestUnit(long ns, String text) {
        assertThat(Quantities.printDuration(ns)).isEqualTo(text);
    }

    @Test
    void shouldReadBackEveryRateItPrints() {
        Randomness random = new Randomness(11);
        for (int i = 0; i < ROUNDS; i++) {
            double perSecond = rate(random);

            assertThat(Quantities.rate(Quantities.printRate(perSecond))).isEqualTo(perSecond);
        }
    }

    /** From all doubles up to 10M/s, and from the round ones that people write. */
    private static double rate(Randomness random) {
        int kind = random.nextInt(4);
        if (kind == 0) {
            return random.nextUnit() * 10e6;
        }
        if (kind == 1) {
            return Math.pow(10, random.nextUnit() * 27 - 20);
        }
        double digits = random.nextInt(100_000);
        return kind == 2 ? digits / 1_000 : digits * 10;
    }

    @Test
    void shouldReadBackEveryDurationItPrints() {
        Randomness random = new Randomness(12);
        for (int i = 0; i < ROUNDS; i++) {
            long ns = random.nextLong() >>> (1 + random.nextInt(63));
            long round = random.nextInt(100_000) * (long) Math.pow(10, random.nextInt(10));

            assertThat(Quantities.durationNs(Quantities.printDuration(ns))).isEqualTo(ns);
            assertThat(Quantities.durationNs(Quantities.printDuration(round))).isEqualTo(round);
        }
    }

    @Test
    void shouldReadBackEveryDecimalItPrints() {
        Randomness random = new Randomness(13);
        for (int i = 0; i < ROUNDS; i++) {
            double value = random.nextInt(2) == 0 ? random.nextUnit() : Math.pow(10, random.nextUnit() * 30 - 24);
            String text = Quantities.printDecimal(value);

            assertThat(Double.parseDouble(text)).isEqualTo(value);
            assertThat(text).doesNotContain("E");
        }
    }
}
