package dev.steward.loadgen.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IndexesTest {
    @Test
    void shouldWriteNumbersAsSchedulersDo() {
        assertThat(Indexes.text(List.of(3, 7, 12))).isEqualTo("3,7,12");
        assertThat(Indexes.text(List.of(12, 3, 13, 14, 1))).isEqualTo("1,3,12-14");
        assertThat(Indexes.text(List.of())).isEmpty();
    }

    @Test
    void shouldKeepIndexesWithinAnArray() {
        assertThat(Indexes.arrays(List.of(1, 10, 11, 20, 35), 10))
            .isEqualTo(Map.of(0, List.of(1, 10), 1, List.of(1, 10), 3, List.of(5)));
    }
}
