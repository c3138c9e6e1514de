package dev.steward.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordSinkTest {
    /** A result below 0 would be an error; the ids of a guard under test use all 32 bits. */
    @Test
    void shouldCountReportsWhateverTheIds() {
        RecordSink sink = new RecordSink(1);
        for (int i = 1; i <= 1000; i++) {
            assertThat(sink.report(Integer.MAX_VALUE, -i)).isEqualTo(i);
        }
    }
}
