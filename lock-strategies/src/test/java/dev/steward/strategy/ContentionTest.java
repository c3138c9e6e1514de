package dev.steward.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.ContentionCounters;
import dev.steward.engine.smmu.ContentionEvent;
import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.stream.StreamTable;
import dev.steward.engine.stream.Waiting;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What locks count, against schedules that leave one answer. */
class ContentionTest {
    private static final int STREAM = 5;
    /** HotSpot keeps what happens to a monitor to itself. */
    private static final Set<String> SHOWS_NOTHING = Set.of("monitor");
    /** Its attach sets a flag and takes no lock. */
    private static final Set<String> NEVER_WAITS = Set.of("v1-vdev-ops");
    /** One lock outlives the guards that it serves. */
    private static final String SHARED = "shared";

    private final StreamTable table = StreamTable.linear(8);
    private final GuardContext context = new GuardContext(table, 1, GracePeriodListener.NONE);

    private static Set<String> words(Strategy strategy) {
        return Set.of(strategy.description().name().split(":"));
    }

    @ParameterizedTest
    @MethodSource("dev.steward.catalog.AllVariants#all")
    void shouldCountNothingWhenNobodyIsInTheWay(Strategy strategy) {
        try (AttachmentGuard guard = strategy.create(context); AttachmentGuard.Reader reader = guard.registerReader()) {
            for (int i = 1; i <= 100; i++) {
                guard.commit(STREAM, Attachment.of(i, i));
                reader.translate(STREAM);
                reader.report(STREAM, (viommuId, virtualStreamId) -> 0);
                reader.quiesce();
            }
            assertThat(context.contention().events().values()).allMatch(count -> count == 0);
            assertThat(context.contention().retriedReads()).satisfies(counts ->
                assertThat(LongStream.of(counts).sum()).isZero());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.steward.catalog.AllVariants#ranked")
    void shouldCountAttachThatWaitsForHolderOnce(Strategy strategy) throws InterruptedException {
        AtomicReference<Thread> attach = new AtomicReference<>();
        boolean waited;
        try (AttachmentGuard guard = strategy.create(context); AttachmentGuard.Reader reader = guard.registerReader()) {
            guard.commit(STREAM, Attachment.of(1, 1));
            boolean[] seenWaiting = new boolean[1];
            reader.report(STREAM, (viommuId, virtualStreamId) -> {
                attach.set(Threads.start(() -> guard.commit(STREAM, Attachment.of(2, 2))));
                seenWaiting[0] = Threads.awaitWaitingOrEnd(attach.get());
                return 0;
            });
            waited = seenWaiting[0];
            reader.quiesce();
            Threads.awaitEnd(attach.get());
        }
        Map<ContentionEvent, Long> events = context.contention().events();
        boolean ofLock = strategy.description().usage().attachWait() == AttachWait.HOLDER;
        if (ofLock && words(strategy).stream().noneMatch(NEVER_WAITS::contains)) {
            assertThat(waited).as("the schedule").isTrue();
            assertCountedOnce(strategy, events);
        } else {
            assertThat(events.getOrDefault(ContentionEvent.CONTENDED, 0L)).isLessThanOrEqualTo(1);
        }
    }

    private static void assertCountedOnce(Strategy strategy, Map<ContentionEvent, Long> events) {
        if (words(strategy).stream().anyMatch(SHOWS_NOTHING::contains)) {
            assertThat(events).isEmpty();
        } else if (!words(strategy).contains(SHARED)) {
            assertThat(events).containsEntry(ContentionEvent.CONTENDED, 1L);
            assertThat(events.getOrDefault(ContentionEvent.STEAL, 0L)).isZero();
            if (events.containsKey(ContentionEvent.WAKE_UP)) {
                assertThat(events).containsEntry(ContentionEvent.WAKE_UP, 1L);
            }
            if (events.containsKey(ContentionEvent.SLEEP)) {
                assertThat(events.get(ContentionEvent.SLEEP)).as("it was seen asleep").isPositive();
            }
        }
    }

    private static LockWaits waits(Waiting waiting, ContentionCounters counters) {
        return new LockWaits(waiting, counters);
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellStealAndHandOffOfMutexFromPlainTaking(Waiting waiting) {
        MutexLock mutex = new MutexLock(waits(waiting, context.contention()));
        Thread owner = new Thread(() -> { });
        Thread thief = new Thread(() -> { });
        MutexState.Waiter first = new MutexState.Waiter(Thread.currentThread());
        mutex.tryLockFast(owner);
        mutex.tryLockOrQueue(first);
        mutex.unlock(owner);
        assertCounts(0, 0);
        assertThat(mutex.tryLock(thief, false)).isTrue();
        assertCounts(1, 0);
        assertThat(mutex.tryLock(Thread.currentThread(), true)).isFalse();
        mutex.unlock(thief);
        assertCounts(1, 1);
        assertThat(mutex.tryLock(Thread.currentThread(), true)).as("it picks up what is its own").isTrue();
        mutex.dequeue(first);
        assertThat(mutex.unlockFast(Thread.currentThread())).isTrue();
        assertCounts(1, 1);
    }

    @Test
    void shouldTellStealAndHandOffOfSemaphoreFromPlainTaking() {
        long[] nowNs = new long[1];
        RwSemaphore semaphore = new RwSemaphore(
            10, () -> nowNs[0], () -> false, waits(Waiting.SPIN_PARK, context.contention()));
        Thread owner = new Thread(() -> { });
        semaphore.tryLockFast(owner);
        RwWaiter writer = RwWaiter.writer(Thread.currentThread(), semaphore.deadlineNs(), false);
        semaphore.queueExclusive(writer);
        semaphore.removeWriter();
        assertCounts(0, 0);
        semaphore.steal(semaphore.addReader());
        assertCounts(1, 0);
        nowNs[0] = Long.MAX_VALUE / 2;
        assertThat(semaphore.tryLockQueued(writer)).as("a reader is inside").isFalse();
        semaphore.removeReader();
        assertThat(semaphore.tryLockQueued(writer)).isTrue();
        assertCounts(1, 1);
    }

    private void assertCounts(long steals, long handOffs) {
        assertThat(context.contention().events())
            .containsEntry(ContentionEvent.STEAL, steals).containsEntry(ContentionEvent.HAND_OFF, handOffs);
    }

    @ParameterizedTest
    @EnumSource
    void shouldSplitRoundsIntoWhatTheyWere(Waiting waiting) {
        int rounds = Waiting.LOOKS + 7;
        LockWaits waits = waits(waiting, context.contention()).showing();
        waits.paused(rounds);
        Map<ContentionEvent, Long> events = context.contention().events();
        long sum = events.get(ContentionEvent.SPIN) + events.get(ContentionEvent.YIELD)
            + events.get(ContentionEvent.SLEEP);
        assertThat(sum).isEqualTo(rounds);
        assertThat(events.get(ContentionEvent.SPIN)).isEqualTo(switch (waiting) {
            case SPIN -> 100L;
            case SPIN_PARK -> (long) Waiting.LOOKS;
            case PARK, YIELD -> 0L;
        });
        assertThat(events.get(ContentionEvent.YIELD)).isEqualTo(waiting.parks() ? 0L : 20L);
        assertThat(events.containsKey(ContentionEvent.WAKE_UP)).isEqualTo(waiting.parks());
    }
}
