package dev.steward.jmh;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.infra.ThreadParams;

class PacedWriterTest {
    /** What {@code -t 4} makes of a reader and a writer: two of each. */
    @Test
    void shouldRefuseSecondWriter() {
        ThreadParams ofFour = new ThreadParams(0, 4, 0, 2, 1, 2, 0, 2, 0, 1);
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new PacedWriter().begin(new WriterPace(), new GuardState(), ofFour))
            .withMessage("2 writers are not allowed; give k readers beside the one writer as -tg k,1, without -t");
    }
}
