package dev.steward.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What both forms promise, each with 12 StreamID bits and room for all of them. */
final class StreamTableContractTest {
    private static final int SID_BITS = 12;
    private static final int STREAMS = 1 << SID_BITS;

    static Stream<Named<Supplier<StreamTable>>> tables() {
        return Stream.of(
            Named.of("linear", () -> StreamTable.linear(SID_BITS)),
            Named.of("two-level, split 6", () -> StreamTable.twoLevel(SID_BITS, 6, 64)),
            Named.of("two-level, split 8", () -> StreamTable.twoLevel(SID_BITS, 8, 16)),
            Named.of("two-level, split 10", () -> StreamTable.twoLevel(SID_BITS, 10, 4)));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void shouldGiveEveryStreamAPositionOfItsOwn(Supplier<StreamTable> maker) {
        try (StreamTable table = maker.get()) {
            assertThat(table.sidBits()).isEqualTo(SID_BITS);
            assertThat(table.capacity()).isEqualTo(STREAMS);
            BitSet positions = new BitSet();
            // Backwards and strided, so that blocks are not made in the order of the StreamIDs.
            for (int i = 0; i < STREAMS; i++) {
                int streamId = (STREAMS - 1 - i) * 769 & (STREAMS - 1);
                table.allocate(streamId);
                positions.set(table.indexOf(streamId));
            }
            assertThat(positions.cardinality()).isEqualTo(STREAMS);
            assertThat(positions.length()).isEqualTo(table.capacity());
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void shouldKeepThePositionWhenAllocatedAgain(Supplier<StreamTable> maker) {
        try (StreamTable table = maker.get()) {
            table.allocate(0x108);
            int position = table.indexOf(0x108);
            long bytes = table.offHeapBytes();
            table.writeWordRelease(0x108, 2, 42);
            table.allocate(0x108);

            assertThat(table.indexOf(0x108)).isEqualTo(position);
            assertThat(table.offHeapBytes()).isEqualTo(bytes);
            assertThat(table.readWordAcquire(0x108, 2)).isEqualTo(42);
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void shouldStartWithAbort(Supplier<StreamTable> maker) {
        try (StreamTable table = maker.get()) {
            long[] entry = new long[8];
            for (int streamId = 0; streamId < STREAMS; streamId++) {
                table.allocate(streamId);
                table.readEntry(streamId, entry);
                assertThat(entry).containsExactly(1, 0, 0, 0, 0, 0, 0, 0);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void shouldKeepTheWordsOfAllStreamsApart(Supplier<StreamTable> maker) {
        try (StreamTable table = maker.get()) {
            for (int streamId = 0; streamId < STREAMS; streamId++) {
                table.allocate(streamId);
                for (int word = 0; word < 8; word++) {
                    table.writeWordRelease(streamId, word, streamId * 8L + word);
                }
            }
            long[] entry = new long[8];
            for (int streamId = 0; streamId < STREAMS; streamId++) {
                table.readEntry(streamId, entry);
                for (int word = 0; word < 8; word++) {
                    assertThat(entry[word]).isEqualTo(streamId * 8L + word)
                        .isEqualTo(table.readWordAcquire(streamId, word));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void shouldRefuseStreamsOutsideTheTable(Supplier<StreamTable> maker) {
        try (StreamTable table = maker.get()) {
            for (int outside : new int[] {STREAMS, -1, Integer.MIN_VALUE, STREAMS << 4}) {
                assertThat(table.contains(outside)).isFalse();
                assertThat(table.indexOf(outside)).isEqualTo(StreamIndex.ABSENT);
                String message =
                    "StreamID 0x" + Integer.toHexString(outside) + " is outside a stream table of 12 bits";
                assertThatThrownBy(() -> table.allocate(outside))
                    .isInstanceOf(IndexOutOfBoundsException.class).hasMessage(message);
                assertThatThrownBy(() -> table.readWordAcquire(outside, 0))
                    .isInstanceOf(IndexOutOfBoundsException.class).hasMessage(message);
                assertThatThrownBy(() -> table.writeWordRelease(outside, 0, 1))
                    .isInstanceOf(IndexOutOfBoundsException.class).hasMessage(message);
            }
            assertThat(table.contains(0)).isTrue();
            assertThat(table.contains(STREAMS - 1)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void shouldCloseTwiceAndThenRefuseAccess(Supplier<StreamTable> maker) {
        StreamTable table = maker.get();
        table.allocate(1);
        table.close();
        table.close();

        assertThatThrownBy(() -> table.readWordAcquire(1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
