package dev.steward.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LinearStreamTableTest {
    @Test
    void shouldUseTheStreamIdAsPosition() {
        try (StreamTable table = StreamTable.linear(10)) {
            assertThat(table.indexOf(0)).isZero();
            assertThat(table.indexOf(1023)).isEqualTo(1023);
            assertThat(table.offHeapBytes()).isEqualTo(1024 * 64);
        }
    }

    @Test
    void shouldHoldOneStreamWithNoBits() {
        try (StreamTable table = StreamTable.linear(0)) {
            assertThat(table.capacity()).isEqualTo(1);
            assertThat(table.indexOf(0)).isZero();
            assertThat(table.indexOf(1)).isEqualTo(StreamIndex.ABSENT);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 25, 32})
    void shouldRefuseASizeThatNoBufferHolds(int sidBits) {
        assertThatThrownBy(() -> StreamTable.linear(sidBits)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("a linear stream table holds 0 to 24 StreamID bits (a buffer ends at 2 GiB), not " + sidBits
                + "; use the two-level form");
    }
}
