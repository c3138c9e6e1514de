package dev.steward.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard.Reader;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.stream.StreamTable;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a guard takes from the heap and gives back off the heap. */
class AttachmentGuardMemoryTest {
    private static final int WARM_UP = 20_000;
    private static final int OPERATIONS = 20_000;
    private static final int ATTEMPTS = 10;
    private static final int LARGE_SID_BITS = 16;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long sum;

    @ParameterizedTest
    @MethodSource("dev.steward.catalog.AllVariants#all")
    void shouldNotAllocateInTranslateReportAndCommitWhenUncontended(Strategy strategy) {
        assumeTrue(strategy.description().allocationFree(), "garbage is its nature");
        try (StreamTable table = StreamTable.linear(8);
            AttachmentGuard guard = Streams.guard(strategy::create, table);
            Reader reader = guard.registerReader()) {
            ReportSink sink = (viommuId, virtualStreamId) -> viommuId;
            run(guard, reader, sink, WARM_UP);
            long fewest = Long.MAX_VALUE;
            // Not each attempt has to be clean: a class that is loaded late is not an allocation per event.
            for (int i = 0; i < ATTEMPTS && fewest != 0; i++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                run(guard, reader, sink, OPERATIONS);
                fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertThat(fewest).as("bytes for %d operations", 3 * OPERATIONS).isZero();
            assertThat(sum).isNotZero();
        }
    }

    private void run(AttachmentGuard guard, Reader reader, ReportSink sink, int operations) {
        for (int i = 0; i < operations; i++) {
            int streamId = i & 0xff;
            reader.quiesce();
            guard.commit(streamId, (i & 7) == 0 ? Attachment.NOT_ATTACHED : Attachment.of(i + 1, ~i));
            sum += reader.translate(streamId);
            sum += reader.report(streamId, sink);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.steward.catalog.AllVariants#all")
    void shouldGiveMemoryBackAtOnceWhenClosed(Strategy strategy) {
        assumeTrue(strategy.description().allocationFree(), "its memory is the collector's");
        try (StreamTable table = StreamTable.linear(LARGE_SID_BITS)) {
            AttachmentGuard guard = Streams.guard(strategy::create, table);
            long recordBytes = 64L << LARGE_SID_BITS;
            long before = directBytes();
            guard.close();
            assertThat(before - directBytes()).isGreaterThanOrEqualTo(recordBytes);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.steward.catalog.AllVariants#all")
    void shouldDoNothingWhenClosedTwice(Strategy strategy) {
        try (StreamTable table = StreamTable.linear(1)) {
            AttachmentGuard guard = Streams.guard(strategy::create, table);
            guard.close();
            assertThatCode(guard::close).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.steward.catalog.AllVariants#all")
    void shouldNotGrowWithNumberOfCommits(Strategy strategy) {
        try (StreamTable table = StreamTable.linear(8);
            AttachmentGuard guard = strategy.create(new GuardContext(table, 1, GracePeriodListener.NONE))) {
            for (int streamId = 0; streamId < table.capacity(); streamId++) {
                guard.commit(streamId, Attachment.NOT_ATTACHED);
            }
            long footprintBytes = guard.statistics().footprintBytes();
            long directBytes = directBytes();
            for (int i = 1; i <= 10_000; i++) {
                guard.commit(i * 31 & 0xff, Attachment.of(i, i));
            }
            assertThat(guard.statistics().footprintBytes()).isEqualTo(footprintBytes);
            assertThat(directBytes()).isLessThanOrEqualTo(directBytes);
        }
    }

    /** A field that changes per event would share its heap line with another reader's: what changes is in a slot. */
    @ParameterizedTest
    @MethodSource("dev.steward.catalog.AllVariants#all")
    void shouldKeepNothingThatChangesInReadersOnTheHeap(Strategy strategy) {
        try (StreamTable table = StreamTable.linear(1);
            AttachmentGuard guard = Streams.guard(strategy::create, table);
            Reader reader = guard.registerReader()) {
            assertThat(Stream.<Class<?>>iterate(reader.getClass(), Objects::nonNull, Class::getSuperclass)
                .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .filter(field -> !Modifier.isFinal(field.getModifiers()))
                .map(Field::getName)).isEmpty();
        }
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct")).mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
    }
}
