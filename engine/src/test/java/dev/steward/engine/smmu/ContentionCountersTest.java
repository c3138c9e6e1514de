package dev.steward.engine.smmu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentionCountersTest {
    private final ContentionCounters counters = new ContentionCounters();

    @Test
    void shouldTellWhatNobodyCountsFromWhatNeverHappened() {
        assertThat(counters.events()).isEmpty();
        assertThat(counters.retriedReads()).isEmpty();
        counters.show(EnumSet.of(ContentionEvent.STEAL));
        counters.showRetries();
        assertThat(counters.events()).isEqualTo(Map.of(ContentionEvent.STEAL, 0L));
        assertThat(counters.retriedReads()).hasSize(ContentionCounters.RETRY_BUCKETS).containsOnly(0);
    }

    @Test
    void shouldHideWhatOneOfTwoLocksDoesNotCount() {
        counters.show(EnumSet.of(ContentionEvent.CONTENDED, ContentionEvent.SLEEP));
        counters.show(EnumSet.of(ContentionEvent.CONTENDED));
        counters.show(EnumSet.of(ContentionEvent.CONTENDED, ContentionEvent.SLEEP));
        assertThat(counters.events()).isEqualTo(Map.of(ContentionEvent.CONTENDED, 0L));
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "3, 1", "4, 2", "127, 6", "128, 7", "255, 7", "256, 7", "100000, 7"})
    void shouldCountReadOnceHoweverOftenItIsRepeated(int repeats, int bucket) {
        counters.showRetries();
        for (int repeat = 1; repeat <= repeats; repeat++) {
            counters.repeat(repeat);
        }
        long[] expected = new long[ContentionCounters.RETRY_BUCKETS];
        expected[bucket] = 1;
        assertThat(counters.retriedReads()).isEqualTo(expected);
    }

    @Test
    void shouldLoseNoCountOfThreadsThatMeetOnOneStripe() throws InterruptedException {
        counters.show(EnumSet.of(ContentionEvent.SPIN));
        Thread[] threads = new Thread[40];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> {
                for (int k = 0; k < 1_000; k++) {
                    counters.add(ContentionEvent.SPIN, 3);
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(counters.events()).isEqualTo(Map.of(ContentionEvent.SPIN, 40 * 1_000 * 3L));
    }
}
