package dev.steward.loadgen.disturb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisturbanceTest {
    @Test
    void shouldReadWhatItWritesInAnyOrder() {
        String all = "shuffle,take-cpus,stutter,boost,jitter";

        assertThat(Disturbance.words(Disturbance.parse(all))).isEqualTo(all);
        assertThat(Disturbance.words(Disturbance.parse("jitter, shuffle,jitter"))).isEqualTo("shuffle,jitter");
        assertThat(Disturbance.parse("none")).isEmpty();
        assertThat(Disturbance.words(EnumSet.noneOf(Disturbance.class))).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "shake", "none,shuffle", "shuffle,", "SHUFFLE"})
    void shouldRefuseOtherWords(String text) {
        assertThatThrownBy(() -> Disturbance.parse(text)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("is not none or a comma-separated list of shuffle, take-cpus, stutter, boost, jitter");
    }

    @Test
    void shouldNameWhatItRefusesAndWhatElseIsAllowed() {
        assertThat(Disturbance.named("jitter", "all")).containsExactly(Disturbance.JITTER);
        assertThatThrownBy(() -> Disturbance.named("shake")).isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("disturb: 'shake' is not none or a comma-separated list of shuffle, ");
        assertThatThrownBy(() -> Disturbance.named("shake", "all"))
            .hasMessageStartingWith("disturb: 'shake' is not none, all or a comma-separated list of shuffle, ");
    }

    @Test
    void shouldSayWhatTheProcessMayNotDo() {
        for (Disturbance one : Disturbance.values()) {
            assertThat(one.refusal(2, Optional.empty())).isEmpty();
        }
        assertThat(Disturbance.SHUFFLE.refusal(1, Optional.empty())).contains("this process may use one CPU only");
        assertThat(Disturbance.TAKE_CPUS.refusal(0, Optional.empty()))
            .contains("this system does not say which CPUs there are");
        assertThat(Disturbance.BOOST.refusal(1, Optional.of("error 1: no")))
            .contains("fifo:70 is refused here, error 1: no");
        assertThat(Disturbance.STUTTER.refusal(1, Optional.of("no"))).isEmpty();
        assertThat(Disturbance.JITTER.refusal(0, Optional.of("no"))).isEmpty();
    }
}
