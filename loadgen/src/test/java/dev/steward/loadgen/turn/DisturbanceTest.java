package dev.steward.loadgen.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DisturbanceTest {
    @Test
    void shouldKeepWhatNothingDisturbed() {
        assertThat(Disturbance.of(false, false, 0, 9_999_999))
            .isEqualTo(new Disturbance.Seen(true, List.of()));
    }

    @Test
    void shouldLeaveOutWhatCameFromOutsideAndMarkWhatAStrategyCanBringAbout() {
        assertThat(Disturbance.of(true, false, 0, 0)).isEqualTo(new Disturbance.Seen(false, List.of("steal")));
        assertThat(Disturbance.of(false, true, 0, 0)).isEqualTo(new Disturbance.Seen(false, List.of("parked")));
        assertThat(Disturbance.of(false, false, 1, 0))
            .isEqualTo(new Disturbance.Seen(false, List.of("collection")));
        assertThat(Disturbance.of(false, false, 0, 10_000_000))
            .isEqualTo(new Disturbance.Seen(true, List.of("hiccup")));
    }

    @Test
    void shouldReadTheTicksOfAProcessWhateverItsName() {
        assertThat(ProcessTicks.parse("7 (a) b) c) S 1 7 7 0 -1 4194304 100 0 0 0 31 11 0 0 20 0 1 0 5 6 7"))
            .isEqualTo(42);
        assertThat(ProcessTicks.of(Long.MAX_VALUE)).isEqualTo(-1);
    }
}
