package dev.steward.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Against R 4.2: {@code nls(X ~ l*n / (1 + s*(n-1) + k*n*(n-1)))} with {@code summary()} for the standard errors and
 * {@code qt(.975, 4)} for the intervals.
 */
class ScalabilityTest {
    private static final double[] THREADS = {1, 2, 4, 8, 16, 24, 32};
    private static final double[] THROUGHPUT = {955, 1878, 3548, 6531, 9897, 10510, 10100};

    @Test
    void shouldFitAsRDoes() {
        Scalability fit = Scalability.fit(THREADS, THROUGHPUT, 0.95);

        assertParameter(fit.lambda(), 928.061830773, 10.9660434335, 897.615213158, 958.508448387);
        assertParameter(fit.sigma(), 0.00472742023436, 0.00178026278313, -0.000215381655824, 0.00967022212455);
        assertParameter(fit.kappa(), 0.00181423815478, 0.0000369578217641, 0.00171162679145, 0.00191684951812);
        assertThat(fit.residualError()).isCloseTo(43.3237585201, within(1e-4));
        assertThat(fit.rSquared()).isCloseTo(0.999925507759, within(1e-9));
        assertThat(fit.peak()).isCloseTo(Math.sqrt((1 - 0.00472742) / 0.00181423815), within(1e-3));
        assertThat(fit.at(8)).isCloseTo(6531, Offset.offset(100.0));
    }

    @Test
    void shouldFindWhatWasPutIn() {
        double[] exact = new double[THREADS.length];
        for (int i = 0; i < exact.length; i++) {
            double n = THREADS[i];
            exact[i] = 2e6 * n / (1 + 0.2 * (n - 1) + 0.01 * n * (n - 1));
        }

        Scalability fit = Scalability.fit(THREADS, exact, 0.95);

        assertThat(fit.lambda().value()).isCloseTo(2e6, within(1.0));
        assertThat(fit.sigma().value()).isCloseTo(0.2, within(1e-6));
        assertThat(fit.kappa().value()).isCloseTo(0.01, within(1e-7));
    }

    @Test
    void shouldRefuseWhatCannotBeFitted() {
        assertThatThrownBy(() -> Scalability.fit(new double[] {1, 2, 2, 4}, new double[] {1, 2, 2, 3}, 0.95))
            .hasMessage("a fit of the scalability law needs 4 different thread counts, there are 3");
        assertThatThrownBy(() -> Scalability.fit(new double[] {1, 2, 4, 8}, new double[] {1, 2, 3}, 0.95))
            .hasMessage("4 thread counts, but 3 values of throughput");
        assertThatThrownBy(() -> Scalability.fit(new double[] {0, 2, 4, 8}, new double[] {1, 2, 3, 4}, 0.95))
            .hasMessage("thread counts have to be 1 or more, throughput above 0");
    }

    private static void assertParameter(
        Scalability.Parameter parameter, double value, double error, double low, double high) {
        assertThat(parameter.value()).isCloseTo(value, within(Math.abs(value) * 1e-4));
        assertThat(parameter.error()).isCloseTo(error, within(error * 1e-4));
        assertThat(parameter.interval().low()).isCloseTo(low, within(error * 1e-2));
        assertThat(parameter.interval().high()).isCloseTo(high, within(error * 1e-2));
    }
}
