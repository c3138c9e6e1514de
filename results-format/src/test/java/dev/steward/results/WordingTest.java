package dev.steward.results;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordingTest {
    @Test
    void shouldNotGuessHowNearTheEndIsOnceTheGuessIsOver() {
        assertThat(Wording.left(6_001)).isEqualTo("about 7 s left");
        assertThat(Wording.left(0)).isEqualTo("longer than expected");
        assertThat(Wording.left(-5_000)).isEqualTo("longer than expected");
    }
}
