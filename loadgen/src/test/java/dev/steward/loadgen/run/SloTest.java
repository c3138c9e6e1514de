package dev.steward.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steward.loadgen.scenario.ScenarioException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SloTest {
    @ParameterizedTest
    @CsvSource({
        "event.p99.9<=50us, event.enqueue, 0.999, 50000",
        "event.p50 < 1ms, event.enqueue, 0.5, 1000000",
        "attach.commit.p99<=800ns, attach.commit, 0.99, 800",
        "event.read.max<=10ms, event.read, 1, 10000000",
    })
    void shouldReadABound(String text, String tag, double quantile, long limitNs) {
        Slo.Bound bound = Slo.parse(text).bounds().get(0);

        assertThat(bound.tag()).isEqualTo(tag);
        assertThat(bound.quantile()).isCloseTo(quantile, within(1e-12));
        assertThat(bound.limitNs()).isEqualTo(limitNs);
    }

    @Test
    void shouldReadSeveralBounds() {
        Slo slo = Slo.parse("event.p99.9<=50us, attach.p99<=1ms");

        assertThat(slo.bounds()).hasSize(2);
        assertThat(slo).hasToString("event.p99.9<=50us,attach.p99<=1ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "event", "event.p99.9", "event.p99.9<=", "event.p99.9<=50", "event.p99.9<=0us", "event.p100<=1us",
        "events.p99<=1us", "event.p99>=1us", "event.p99<=1us,", "event.p99<=fast", "event.p99<=-1us"})
    void shouldRefuseInOneLineWhatIsNoBound(String text) {
        assertThatThrownBy(() -> Slo.parse(text)).isInstanceOf(ScenarioException.class)
            .hasMessageStartingWith("--slo: '").hasMessageNotContaining("\n");
    }
}
