package dev.steward.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steward.engine.smmu.ContentionCounters;
import dev.steward.engine.smmu.GracePeriodInput;
import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.VDeviceScan;
import dev.steward.engine.stream.Waiting;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.info.FieldLayout;
import org.openjdk.jol.info.GraphLayout;
import org.openjdk.jol.vm.VM;

/** Where hot words really lie, and what locks really occupy, asked of the JVM. */
class PaddingTest {
    private static final int CACHE_LINE = 64;
    private static final int CACHE_LINE_PAIR = 2 * CACHE_LINE;
    private static final int READERS = 2;
    private static final ContentionCounters COUNTERS = new ContentionCounters();
    private static final LockWaits SPIN = new LockWaits(Waiting.SPIN, COUNTERS);
    private static final LockWaits SLEEP = new LockWaits(Waiting.SPIN_PARK, COUNTERS);

    @Test
    void shouldKeepPaddedWordTwoLinesAwayFromEitherEnd() {
        ClassLayout layout = ClassLayout.parseClass(PaddedLong.class);
        FieldLayout value = layout.fields().stream()
            .filter(field -> field.name().equals("value")).findFirst().orElseThrow();
        assertThat(value.offset()).isGreaterThanOrEqualTo(CACHE_LINE_PAIR);
        assertThat(layout.instanceSize() - value.offset() - value.size()).isGreaterThanOrEqualTo(CACHE_LINE_PAIR);
    }

    @Test
    void shouldKeepAllElseOfPaddedWordOutOfItsLines() {
        assertThat(ClassLayout.parseClass(PaddedLong.class).fields())
            .filteredOn(field -> !field.typeClass().equals("byte"))
            .extracting(FieldLayout::name).containsExactly("value");
    }

    @Test
    void shouldPadIntsAtBothEndsAndKeepEachTwoOnOneLine() {
        GraphLayout layout = GraphLayout.parseInstance(new PaddedInts(4));
        int base = VM.current().arrayBaseOffset("int");
        assertThat((base + CACHE_LINE_PAIR) % VM.current().objectAlignment()).as("where word 0 lies").isZero();
        assertThat(layout.totalSize()).isGreaterThanOrEqualTo(2 * CACHE_LINE_PAIR + 4 * Integer.BYTES);
        assertThat(PaddedInts.lengthBytes(4)).isBetween(layout.totalSize() - 8, layout.totalSize() + 8);
    }

    @Test
    void shouldKeepWordsOfQueueNodeTogetherAndAllElseAway() {
        ClassLayout layout = ClassLayout.parseClass(McsLock.Node.class);
        List<FieldLayout> words = layout.fields().stream()
            .filter(field -> List.of("waiting", "next").contains(field.name())).toList();
        assertThat(words).hasSize(2);
        assertThat(Math.abs(words.get(0).offset() - words.get(1).offset())).isLessThanOrEqualTo(8);
        assertThat(words).allSatisfy(word -> {
            assertThat(word.offset()).isGreaterThanOrEqualTo(CACHE_LINE_PAIR);
            assertThat(layout.instanceSize() - word.offset() - word.size())
                .isGreaterThanOrEqualTo(CACHE_LINE_PAIR);
        });
    }

    /** Without what the rig counts in. */
    private static long sizeOf(SectionLock lock) {
        return GraphLayout.parseInstance(lock).subtract(GraphLayout.parseInstance(SPIN, SLEEP)).totalSize();
    }

    static Stream<Named<SectionLock>> locksOfOneLine() {
        return Stream.of(new MutexLock(SLEEP), new RwSemaphore(SLEEP), new TicketLock(SPIN), new QueuedRwLock(SPIN),
            new PhaseFairLock(SPIN))
            .map(lock -> Named.of(lock.getClass().getSimpleName(), lock));
    }

    /** Each further padded word would be a further transfer between cores, which the original does without. */
    @ParameterizedTest
    @MethodSource("locksOfOneLine")
    void shouldKeepOnOneLineWhatIsOnOneLineInTheOriginal(SectionLock lock) {
        assertThat(sizeOf(lock)).isLessThan(4 * CACHE_LINE_PAIR);
    }

    static Stream<Arguments> locksWithWords() {
        return Stream.of(Arguments.of(MutexLock.class, List.of("word", "owner", "tail")),
            Arguments.of(RwSemaphore.class, List.of("count", "owner", "tail")),
            Arguments.of(McsLock.class, List.of("tail")));
    }

    @ParameterizedTest
    @MethodSource("locksWithWords")
    void shouldKeepWordsOfLockTogetherAndAllElseAway(Class<?> lock, List<String> names) {
        ClassLayout layout = ClassLayout.parseClass(lock);
        List<FieldLayout> words = layout.fields().stream()
            .filter(field -> names.contains(field.name())).toList();
        assertThat(words).extracting(FieldLayout::name).containsExactlyInAnyOrderElementsOf(names);
        LongSummaryStatistics offsets = words.stream().mapToLong(FieldLayout::offset).summaryStatistics();
        assertThat(offsets.getMax() - offsets.getMin()).isLessThanOrEqualTo(CACHE_LINE - Long.BYTES);
        assertThat(offsets.getMin()).isGreaterThanOrEqualTo(CACHE_LINE_PAIR);
        assertThat(words).allSatisfy(word ->
            assertThat(layout.instanceSize() - word.offset() - word.size()).isGreaterThanOrEqualTo(CACHE_LINE_PAIR));
    }

    static Stream<Named<SectionLock>> locks() {
        return Stream.of(new MutexLock(SLEEP), new TicketLock(SPIN), new McsLock(SPIN),
            new RwLock(new ReentrantReadWriteLock(), COUNTERS), new RwLock(new ReentrantReadWriteLock(true), COUNTERS),
            new QueuedRwLock(SPIN), new RwSemaphore(SLEEP), new WritersFirstRwSemaphore(COUNTERS),
            new PercpuRwSemaphore(new GuardContext(
                null, READERS, GracePeriodListener.NONE, VDeviceScan.NONE, GracePeriodInput.NONE, COUNTERS)),
            new BravoLock(() -> 0, COUNTERS), new PhaseFairLock(SPIN), new StampedRwLock(COUNTERS))
            .map(lock -> Named.of(lock.getClass().getSimpleName(), lock));
    }

    /** Within a quarter, as JVMs differ in headers and alignment, and idle locks grow a node or two when contended. */
    @ParameterizedTest
    @MethodSource("locks")
    void shouldStateFootprintOfLockAsItIs(SectionLock lock) {
        double real = sizeOf(lock);
        assertThat((double) lock.statistics().footprintBytes()).isCloseTo(real, within(Math.max(32, real / 4)));
    }
}
