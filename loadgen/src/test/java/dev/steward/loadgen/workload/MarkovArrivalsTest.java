package dev.steward.loadgen.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkovArrivalsTest {
    private static final double RATE = 20_000;
    private static final double QUIET_NS = 9e6;
    private static final double BUSY_NS = 1e6;
    private static final double RATIO = 50;
    private static final long SEED = 42;
    private static final int WINDOWS = 200_000;

    @ParameterizedTest
    @ValueSource(longs = {100_000, 1_000_000, 5_000_000})
    void shouldDisperseItsCountsAsTheoryHasIt(long windowNs) {
        double expected = dispersion(windowNs, QUIET_NS, BUSY_NS, RATIO);

        assertThat(expected).isGreaterThan(2);
        assertThat(measured(new MarkovArrivals(RATE, QUIET_NS, BUSY_NS, RATIO, SEED), windowNs) / expected)
            .isBetween(0.95, 1.05);
    }

    @Test
    void shouldFailTheDispersionTestWhenTheLawIsAnother() {
        long windowNs = 1_000_000;
        double expected = dispersion(windowNs, QUIET_NS, BUSY_NS, RATIO);

        assertThat(measured(ArrivalProcess.poisson(RATE, SEED), windowNs)).isBetween(0.98, 1.02);
        assertThat(measured(new MarkovArrivals(RATE, QUIET_NS, BUSY_NS, 25, SEED), windowNs) / expected)
            .isLessThan(0.95);
        assertThat(measured(new MarkovArrivals(RATE, QUIET_NS, BUSY_NS, 100, SEED), windowNs) / expected)
            .isGreaterThan(1.05);
    }

    @ParameterizedTest
    @CsvSource({"90e6, 10e6, 50, 8.474576271186441", "1, 1, 3, 1.5", "5, 5, 1, 1"})
    void shouldSayHowHighItsPeakIs(double quietNs, double busyNs, double ratio, double peak) {
        assertThat(MarkovArrivals.peak(quietNs, busyNs, ratio)).isEqualTo(peak);
    }

    /** Expectation over many seeds, of the very first windows: a process that starts busy or quiet would show. */
    @Test
    void shouldStartInEquilibrium() {
        int seeds = 20_000;
        double arrived = 0;
        for (int seed = 0; seed < seeds; seed++) {
            arrived += Counts.perWindow(new MarkovArrivals(RATE, QUIET_NS, BUSY_NS, RATIO, seed), 100_000, 1)[0];
        }
        double deviation = Math.sqrt(dispersion(100_000, QUIET_NS, BUSY_NS, RATIO) * 2 / seeds);

        assertThat(arrived / seeds).isBetween(2 - 4 * deviation, 2 + 4 * deviation);
    }

    /** The states have a sequence of their own, so with equal rates nothing is left but the Poisson process. */
    @Test
    void shouldNotDriftFromThePoissonProcessOfTheSameSeedWhenTheRatesAreEqual() {
        ArrivalProcess markov = new MarkovArrivals(RATE, QUIET_NS, BUSY_NS, 1, SEED);
        ArrivalProcess poisson = ArrivalProcess.poisson(RATE, SEED);
        long worstNs = 0;
        for (int i = 0; i < 1_000_000; i++) {
            worstNs = Math.max(worstNs, Math.abs(markov.nextNs() - poisson.nextNs()));
        }

        assertThat(worstNs).isLessThanOrEqualTo(1);
    }

    @Test
    void shouldBeThePoissonProcessWhenItsStatesAreTooShortToMatter() {
        ArrivalProcess markov = new MarkovArrivals(1e-3, QUIET_NS, BUSY_NS, RATIO, SEED);
        ArrivalProcess poisson = ArrivalProcess.poisson(1e-3, SEED);

        for (int i = 0; i < 1_000; i++) {
            assertThat((double) markov.nextNs() / poisson.nextNs()).isBetween(1 - 1e-12, 1 + 1e-12);
        }
    }

    private static double measured(ArrivalProcess arrivals, long windowNs) {
        return Counts.dispersion(Counts.perWindow(arrivals, windowNs, WINDOWS));
    }

    /** Index of dispersion for counts of the two-state process, written from the literature and not from the class. */
    private static double dispersion(double windowNs, double quietNs, double busyNs, double ratio) {
        double leaveQuiet = 1e9 / quietNs;
        double leaveBusy = 1e9 / busyNs;
        double leave = leaveQuiet + leaveBusy;
        double quietShare = leaveBusy / leave;
        double busyShare = leaveQuiet / leave;
        double quietRate = RATE / (quietShare + ratio * busyShare);
        double apart = (ratio - 1) * quietRate;
        double windows = leave * windowNs / 1e9;
        return 1 + 2 * quietShare * busyShare * apart * apart / (leave * RATE)
            * (1 - (1 - Math.exp(-windows)) / windows);
    }
}
