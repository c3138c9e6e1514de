package dev.steward.engine.event;

import static dev.steward.engine.event.Events.plain;
import static dev.steward.engine.event.Events.stalled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventQueueTest {
    private static final int LOG2_SIZE = 2;
    private static final int SIZE = 1 << LOG2_SIZE;
    private static final int MAX_STALLS = 2;

    private final EventQueue queue = new EventQueue(LOG2_SIZE, MAX_STALLS);
    private final EventRecord into = new EventRecord();
    private int raised;

    EventQueueTest() {
        queue.interruptLine(() -> raised++);
    }

    @Test
    void shouldStartEmpty() {
        assertThat(prod()).isZero();
        assertThat(cons()).isZero();
        assertThat(queue.consume(into)).isFalse();
        assertThat(queue.hasMore()).isFalse();
        assertThat(queue.acknowledgeOverflow()).isFalse();
        assertThat(queue.sizeBytes()).isEqualTo(SIZE * 32L);
    }

    @Test
    void shouldHandOverCopyOfAllFieldsInOrder() {
        EventRecord record = plain(1);
        record.word1 = 0x11;
        record.word2 = 0x12;
        record.word3 = 0x13;
        record.intendedNs = 14;
        record.startNs = 15;
        record.cause = 16;
        EventRecord sent = new EventRecord();
        sent.copyFrom(record);
        queue.produce(sent);
        sent.copyFrom(plain(2));
        queue.produce(sent);
        assertThat(queue.consume(into)).isTrue();
        assertThat(into).usingRecursiveComparison().isEqualTo(record);
        assertThat(queue.consume(into)).isTrue();
        assertThat(into.serial).isEqualTo(2);
        assertThat(queue.consume(into)).isFalse();
    }

    @Test
    void shouldMoveRegistersAcrossWrap() {
        for (int i = 0; i < 5 * SIZE; i++) {
            assertThat(prod()).isEqualTo(i % (2 * SIZE));
            assertThat(queue.produce(plain(i))).isEqualTo(Production.WRITTEN);
            assertThat(QueueRegisters.used(prod(), cons(), LOG2_SIZE)).isOne();
            assertThat(queue.consume(into)).isTrue();
            assertThat(cons()).isEqualTo((i + 1) % (2 * SIZE));
        }
    }

    @Test
    void shouldDiscardWhenFullAndToggleFlagOnceUntilAcknowledged() {
        fill();
        assertThat(QueueRegisters.full(prod(), cons(), LOG2_SIZE)).isTrue();
        assertThat(overflowPending()).isFalse();
        for (int i = 0; i < 3; i++) {
            assertThat(queue.produce(plain(9))).isEqualTo(Production.DISCARDED);
            assertThat(overflowPending()).isTrue();
            assertThat(queue.overflows()).as("further discards are invisible").isOne();
        }
        assertThat(queue.discarded()).isEqualTo(3);

        assertThat(drain()).containsExactly(0L, 1L, 2L, 3L);
        assertThat(queue.acknowledgeOverflow()).isTrue();
        assertThat(queue.acknowledgeOverflow()).isFalse();
        assertThat(overflowPending()).isFalse();

        fill();
        assertThat(queue.produce(plain(9))).isEqualTo(Production.DISCARDED);
        assertThat(queue.overflows()).isEqualTo(2);
        assertThat(prod()).as("toggled back").isZero();
        assertThat(overflowPending()).isTrue();
        assertThat(drain()).containsExactly(0L, 1L, 2L, 3L);
    }

    /** OVFLG is seen with PROD, and what is acknowledged is what was seen. */
    @Test
    void shouldDetectOverflowByReadingProdAndAcknowledgeWhatWasReadOnly() {
        fill();
        queue.consume(into);
        queue.produce(plain(4));
        queue.produce(plain(9));
        assertThat(queue.acknowledgeOverflow()).as("PROD was read before it").isFalse();
        assertThat(overflowPending()).isTrue();
        for (int i = 0; i < 3; i++) {
            queue.consume(into);
            assertThat(queue.overflowsDetected()).as("what PROD had shown is not taken yet").isZero();
        }
        queue.consume(into);
        queue.produce(plain(5));
        assertThat(queue.overflowsDetected()).isOne();
        assertThat(drain()).containsExactly(5L);
        assertThat(queue.overflowsDetected()).as("once for a change of the flag").isOne();
        assertThat(queue.acknowledgeOverflow()).isTrue();
        assertThat(overflowPending()).isFalse();
    }

    @Test
    void shouldTakeRecordsAgainWhenOverflowIsPendingButThereIsRoom() {
        fill();
        queue.produce(plain(9));
        queue.consume(into);
        assertThat(queue.produce(plain(4))).isEqualTo(Production.WRITTEN);
        assertThat(drain()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(queue.acknowledgeOverflow()).isTrue();
    }

    @Test
    void shouldNeverDiscardStalledRecordsAndWriteThemLaterInOrder() {
        fill();
        assertThat(queue.produce(stalled(10))).isEqualTo(Production.HELD);
        assertThat(queue.produce(stalled(11))).isEqualTo(Production.HELD);
        assertThat(queue.produce(stalled(12))).as("over the limit").isEqualTo(Production.REFUSED);
        assertThat(queue.held()).isEqualTo(MAX_STALLS);
        assertThat(queue.discarded()).isZero();
        assertThat(queue.overflows()).isZero();
        assertThat(overflowPending()).isFalse();

        queue.consume(into);
        queue.consume(into);
        queue.consume(into);
        assertThat(queue.produce(plain(13))).as("one place is left behind the two held").isEqualTo(Production.WRITTEN);
        assertThat(queue.held()).isZero();
        assertThat(drain()).containsExactly(3L, 10L, 11L, 13L);
    }

    @Test
    void shouldNotLetRecordOvertakeHeldOne() {
        fill();
        queue.produce(stalled(10));
        queue.produce(stalled(11));
        queue.consume(into);
        assertThat(queue.produce(plain(12))).as("the place is taken by a held one").isEqualTo(Production.DISCARDED);
        assertThat(queue.held()).isOne();
        queue.consume(into);
        assertThat(queue.produce(stalled(13))).isEqualTo(Production.HELD);
        queue.consume(into);
        queue.consume(into);
        queue.releaseHeld();
        assertThat(drain()).containsExactly(10L, 11L, 13L);
    }

    @Test
    void shouldReleaseHeldRecordsWithoutNewOne() {
        fill();
        queue.produce(stalled(10));
        queue.releaseHeld();
        assertThat(queue.held()).as("still full").isOne();
        assertThat(drain()).hasSize(SIZE);
        queue.releaseHeld();
        assertThat(queue.held()).isZero();
        assertThat(raised).as("empty to non-empty, twice").isEqualTo(2);
        assertThat(drain()).containsExactly(10L);
    }

    @Test
    void shouldRefuseEveryStallWhenSmmuHoldsNone() {
        EventQueue none = new EventQueue(LOG2_SIZE, 0);
        for (int i = 0; i < SIZE; i++) {
            assertThat(none.produce(stalled(i))).isEqualTo(Production.WRITTEN);
        }
        assertThat(none.produce(stalled(9))).isEqualTo(Production.REFUSED);
        assertThat(none.discarded()).isZero();
        none.releaseHeld();
        assertThat(none.held()).isZero();
    }

    @Test
    void shouldRaiseInterruptOnlyWhenEmptyBecomesNonEmpty() {
        queue.produce(plain(0));
        assertThat(raised).isOne();
        queue.produce(plain(1));
        queue.consume(into);
        queue.produce(plain(2));
        assertThat(raised).as("never empty in between").isOne();
        drain();
        queue.produce(plain(3));
        assertThat(raised).isEqualTo(2);
        fill();
        queue.produce(plain(9));
        assertThat(raised).as("a discard is no interrupt").isEqualTo(2);
        assertThat(queue.interrupts()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 20, 31})
    void shouldRefuseSizeThatHardwareCannotHave(int log2Size) {
        assertThatIllegalArgumentException().isThrownBy(() -> new EventQueue(log2Size, 0))
            .withMessageContaining(Integer.toString(log2Size));
    }

    @Test
    void shouldTakeSmallestAndLargestSize() {
        assertThat(new EventQueue(1, 0).sizeBytes()).isEqualTo(64);
        assertThat(new EventQueue(19, 0).sizeBytes()).isEqualTo(16L << 20);
    }

    private void fill() {
        for (int i = 0; QueueRegisters.used(prod(), cons(), LOG2_SIZE) < SIZE; i++) {
            assertThat(queue.produce(plain(i))).isEqualTo(Production.WRITTEN);
        }
    }

    private List<Long> drain() {
        List<Long> serials = new ArrayList<>();
        while (queue.consume(into)) {
            assertThat(into.word2).isEqualTo(~into.serial);
            serials.add(into.serial);
        }
        return serials;
    }

    private int prod() {
        return QueueRegisters.prod(queue, LOG2_SIZE);
    }

    private int cons() {
        return QueueRegisters.cons(queue, LOG2_SIZE);
    }

    private boolean overflowPending() {
        return QueueRegisters.overflowPending(prod(), cons());
    }
}
