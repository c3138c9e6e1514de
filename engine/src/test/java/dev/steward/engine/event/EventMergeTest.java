package dev.steward.engine.event;

import static dev.steward.engine.event.Events.plain;
import static dev.steward.engine.event.Events.stalled;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Merging of records that say the same (docs/domain.md, 3.3). */
class EventMergeTest {
    private final EventQueue queue = new EventQueue(3, 4);
    private final EventRecord into = new EventRecord();

    EventMergeTest() {
        queue.mergeEvents();
    }

    @Test
    void shouldMergeARecordIntoOneThatIsStillQueued() {
        assertThat(queue.produce(same(1))).isEqualTo(Production.WRITTEN);
        assertThat(queue.produce(same(2))).isEqualTo(Production.MERGED);
        assertThat(queue.produce(same(3))).isEqualTo(Production.MERGED);

        assertThat(queue.merged()).isEqualTo(2);
        assertThat(queue.produced()).isEqualTo(1);
        assertThat(queue.consume(into)).isTrue();
        assertThat(into.serial).isEqualTo(1);
        assertThat(queue.consume(into)).isFalse();
    }

    @Test
    void shouldWriteItAnewOnceTheHandlerHasTakenTheFirst() {
        queue.produce(same(1));
        queue.consume(into);

        assertThat(queue.produce(same(2))).isEqualTo(Production.WRITTEN);
        assertThat(queue.merged()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void shouldNotMergeRecordsThatDifferInOneWord(int word) {
        EventRecord other = same(2);
        switch (word) {
            case 0 -> other.word0 ^= 1L << 40;
            case 1 -> other.word1 ^= 1;
            case 2 -> other.word2 ^= 1L << 12;
            default -> other.word3 ^= 1L << 12;
        }
        queue.produce(same(1));

        assertThat(queue.produce(other)).isEqualTo(Production.WRITTEN);
    }

    @Test
    void shouldNeverMergeStalledTransactions() {
        EventRecord stall = stalled(1);
        queue.produce(stall);

        assertThat(queue.produce(stall)).isEqualTo(Production.WRITTEN);
        assertThat(queue.merged()).isZero();
    }

    @Test
    void shouldMergeIntoAQueuedRecordRatherThanLoseOneWhenTheQueueIsFull() {
        for (int i = 0; i < 8; i++) {
            queue.produce(plain(i));
        }
        EventRecord last = plain(7);

        assertThat(queue.produce(last)).isEqualTo(Production.MERGED);
        assertThat(queue.produce(plain(99))).isEqualTo(Production.DISCARDED);
        assertThat(queue.overflows()).isEqualTo(1);
    }

    @Test
    void shouldMergeNothingUnlessToldTo() {
        EventQueue plainQueue = new EventQueue(3, 4);
        plainQueue.produce(same(1));

        assertThat(plainQueue.produce(same(2))).isEqualTo(Production.WRITTEN);
    }

    private static EventRecord same(long serial) {
        EventRecord record = plain(0);
        record.serial = serial;
        return record;
    }
}
