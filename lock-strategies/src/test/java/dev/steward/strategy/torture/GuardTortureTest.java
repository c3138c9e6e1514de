package dev.steward.strategy.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.ForwardingGuard;
import dev.steward.strategy.LockStrategy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GuardTortureTest {
    private static final TortureSettings SETTINGS = new TortureSettings(1, 1, 4, 1, true, () -> 0);

    @Test
    void shouldSayWhereThreadHangs() throws InterruptedException {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (GuardTorture torture = new GuardTorture(
            context -> new HangingGuard(LockStrategy.MUTEX.create(context), hangs, end), false, SETTINGS)) {
            torture.start();
            hangs.await();

            assertThatThrownBy(() -> torture.stop(1))
                .hasMessageStartingWith("a thread of the torture hangs in ")
                .hasMessageContaining("HangingGuard.commit");

            end.countDown();
            torture.stop();
        }
    }

    /** It would go on in memory that is no longer its own, and take the JVM with it. */
    @Test
    void shouldFreeNothingWhileThreadHangs() throws InterruptedException {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger closed = new AtomicInteger();
        GuardTorture torture = new GuardTorture(
            context -> new HangingGuard(LockStrategy.MUTEX.create(context), hangs, end) {
                @Override
                public void close() {
                    closed.incrementAndGet();
                    super.close();
                }
            }, false, SETTINGS);
        torture.start();
        hangs.await();
        assertThatThrownBy(() -> torture.stop(1)).hasMessageContaining("hangs");
        torture.close();
        assertThat(closed).hasValue(0);

        end.countDown();
        torture.stop();
        torture.close();
        assertThat(closed).hasValue(1);
    }

    /** A vIOMMU that a second stream holds is not destroyed, so a guard need not wait for the events of the first. */
    @Test
    void shouldGiveEachViommuToOneStream() throws InterruptedException {
        Map<Integer, Integer> streamOf = new ConcurrentHashMap<>();
        Set<Integer> shared = ConcurrentHashMap.newKeySet();
        try (GuardTorture torture = new GuardTorture(
            context -> new ForwardingGuard(LockStrategy.MUTEX.create(context)) {
                @Override
                public void commit(int streamId, long attachment) {
                    int viommuId = Attachment.viommuId(attachment);
                    if (Attachment.isAttached(attachment)
                        && streamOf.computeIfAbsent(viommuId, absent -> streamId) != streamId) {
                        shared.add(viommuId);
                    }
                    super.commit(streamId, attachment);
                }
            }, false, SETTINGS)) {
            torture.start();
            while (torture.await(1) && streamOf.size() <= SETTINGS.hotStreams()) {
                // until some streams have moved
            }
            torture.stop();
        }
        assertThat(shared).isEmpty();
    }

    @Test
    void shouldFindCommitOfEachVirtualStreamId() {
        for (int commit : new int[] {1, 2, 3, 8, 255, 65_537, 1_000_003, Integer.MAX_VALUE}) {
            for (int streamId : new int[] {0, 1, 64, GuardTorture.STREAMS - 1}) {
                int virtualStreamId = GuardTorture.virtualStreamId(streamId, commit);
                assertThat(GuardTorture.commitOf(streamId, virtualStreamId)).isEqualTo(commit);
            }
        }
    }

    /** The streams are attached by the caller before the threads start, which has to go well. */
    private static class HangingGuard extends ForwardingGuard {
        private final CountDownLatch hangs;
        private final CountDownLatch end;

        HangingGuard(AttachmentGuard guard, CountDownLatch hangs, CountDownLatch end) {
            super(guard);
            this.hangs = hangs;
            this.end = end;
        }

        @Override
        public void commit(int streamId, long attachment) {
            super.commit(streamId, attachment);
            if (Thread.currentThread().getName().equals("torture")) {
                hangs.countDown();
                try {
                    end.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }
}
