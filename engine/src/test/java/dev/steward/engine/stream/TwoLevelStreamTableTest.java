package dev.steward.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TwoLevelStreamTableTest {
    private static final int SPLIT = 8;

    @Test
    void shouldHaveNoEntryBeforeAllocation() {
        try (StreamTable table = StreamTable.twoLevel(16, SPLIT, 4)) {
            assertThat(table.contains(0x108)).isTrue();
            assertThat(table.indexOf(0x108)).isEqualTo(StreamIndex.ABSENT);
            assertThat(table.offHeapBytes()).isZero();
            assertThatThrownBy(() -> table.readWordAcquire(0x108, 0)).isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("StreamID 0x108 has no second-level block");
            assertThatThrownBy(() -> table.readEntry(0x108, new long[8]))
                .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void shouldBringTheWholeBusWithOneDevice() {
        try (StreamTable table = StreamTable.twoLevel(16, SPLIT, 4)) {
            table.allocate(0x108);

            assertThat(table.indexOf(0x108)).isEqualTo(8);
            assertThat(table.indexOf(0x100)).isZero();
            assertThat(table.indexOf(0x1ff)).isEqualTo(255);
            assertThat(table.indexOf(0x0ff)).isEqualTo(StreamIndex.ABSENT);
            assertThat(table.indexOf(0x200)).isEqualTo(StreamIndex.ABSENT);
            assertThat(table.offHeapBytes()).isEqualTo(256 * 64 + 256 * 8);
        }
    }

    @Test
    void shouldNumberBlocksInTheOrderOfAllocation() {
        try (TwoLevelStreamTable table = new TwoLevelStreamTable(16, SPLIT, 4)) {
            table.allocate(0xff00);
            table.allocate(0x0108);

            assertThat(table.indexOf(0xff03)).isEqualTo(3);
            assertThat(table.indexOf(0x0103)).isEqualTo(256 + 3);
            assertThat(table.descriptorAcquire(0xff00)).isEqualTo(0x0000000080000009L);
            assertThat(table.descriptorAcquire(0x0100)).isEqualTo(0x0000000080004009L);
        }
    }

    @Test
    void shouldRefuseMoreBlocksThanItsBound() {
        try (StreamTable table = StreamTable.twoLevel(16, SPLIT, 2)) {
            table.allocate(0x000);
            table.allocate(0x100);
            long bytes = table.offHeapBytes();

            assertThatThrownBy(() -> table.allocate(0x200)).isInstanceOf(IllegalStateException.class)
                .hasMessage("all 2 second-level blocks are in use, none is left for StreamID 0x200");
            assertThat(table.indexOf(0x200)).isEqualTo(StreamIndex.ABSENT);
            assertThat(table.offHeapBytes()).isEqualTo(bytes);
            table.allocate(0x1ff);
        }
    }

    @Test
    void shouldLowerABoundThatTheStreamIdsCannotFill() {
        try (StreamTable table = StreamTable.twoLevel(12, SPLIT, Integer.MAX_VALUE)) {
            assertThat(table.capacity()).isEqualTo(1 << 12);
        }
    }

    @ParameterizedTest
    @CsvSource({"6", "8", "10"})
    void shouldReachAllCornersOf32BitsInLittleMemory(int split) {
        try (StreamTable table = StreamTable.twoLevel(StreamTable.MAX_SID_BITS, split, 3)) {
            int[] streamIds = {0, 0x7fff_ffff, 0xffff_ffff};
            for (int i = 0; i < streamIds.length; i++) {
                assertThat(table.contains(streamIds[i])).isTrue();
                table.allocate(streamIds[i]);
                assertThat(table.indexOf(streamIds[i])).isEqualTo(
                    (i << split) + L1DescriptorLayout.l2Index(streamIds[i], split));
                assertThat(table.readWordAcquire(streamIds[i], 0)).isEqualTo(1);
            }
            assertThat(table.offHeapBytes()).isEqualTo(3L * (64 << split) + 3L * 64 * 1024);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "16, 7, 4, 'the split of a two-level stream table is 6, 8 or 10, not 7'",
        "7, 8, 4, 'a two-level stream table with a split of 8 holds 8 to 32 StreamID bits, not 7'",
        "33, 8, 4, 'a two-level stream table with a split of 8 holds 8 to 32 StreamID bits, not 33'",
        "16, 8, 0, 'a two-level stream table holds at least 1 block, not 0'",
        "32, 8, 8388608, '8388608 blocks of 2^8 entries exceed 2^31 - 1 positions'"})
    void shouldRefuseShapesThatCannotBe(
        int sidBits, int split, int maxBlocks, String message) {
        assertThatThrownBy(() -> StreamTable.twoLevel(sidBits, split, maxBlocks))
            .isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void shouldRefuseAllocationAfterClose() {
        StreamTable table = StreamTable.twoLevel(16, SPLIT, 4);
        table.close();

        assertThatThrownBy(() -> table.allocate(1)).isInstanceOf(IllegalStateException.class)
            .hasMessage("the stream table is closed");
    }

    @Test
    @Timeout(300)
    void shouldShowOnlyFilledBlocksWhileSeveralThreadsAllocate() throws Exception {
        int blocks = 512;
        int allocators = 3;
        CyclicBarrier start = new CyclicBarrier(allocators + 1);
        ExecutorService threads = Executors.newFixedThreadPool(allocators + 1);
        try (StreamTable table = StreamTable.twoLevel(15, 6, blocks)) {
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < allocators; i++) {
                int stride = 2 * i + 1;
                results.add(threads.submit(allocator(table, start, blocks, stride)));
            }
            results.add(threads.submit(walker(table, start, blocks)));
            for (Future<Integer> result : results) {
                assertThat(result.get()).as("streams that showed anything but abort").isZero();
            }
            assertThat(table.offHeapBytes()).as("no block was made twice").isEqualTo(blocks * (64L * 64 + 8));
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static Callable<Integer> allocator(
        StreamTable table, CyclicBarrier start, int blocks, int stride) {
        return () -> {
            start.await();
            int wrong = 0;
            for (int i = 0; i < blocks; i++) {
                int streamId = (i * stride & (blocks - 1)) << 6;
                table.allocate(streamId);
                wrong += isAbort(table, streamId) ? 0 : 1;
            }
            return wrong;
        };
    }

    private static Callable<Integer> walker(StreamTable table, CyclicBarrier start, int blocks) {
        return () -> {
            start.await();
            int wrong = 0;
            int present;
            do {
                present = 0;
                for (int block = 0; block < blocks; block++) {
                    int streamId = block << 6 | 63;
                    if (table.indexOf(streamId) != StreamIndex.ABSENT) {
                        present++;
                        wrong += isAbort(table, streamId) ? 0 : 1;
                    }
                }
            } while (present < blocks);
            return wrong;
        };
    }

    private static boolean isAbort(StreamTable table, int streamId) {
        return table.readWordAcquire(streamId, 0) == 1 && table.readWordAcquire(streamId, 1) == 0;
    }
}
