package dev.steward.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.smmu.GuardContext;
import org.junit.jupiter.api.Test;

/** The state table of kernel/rcu/sync.c, and what a percpu-rwsem makes of it. */
class RcuSyncTest {
    private static final int READER = 0;

    private final FakeGracePeriods gracePeriods = new FakeGracePeriods();
    private final GuardContext context =
        new GuardContext(null, 1, GracePeriodListener.NONE).withGracePeriods(gracePeriods);
    private final RcuSync sync = new RcuSync(context);
    private final PercpuRwSemaphore semaphore = new PercpuRwSemaphore(context);

    @Test
    void shouldWaitForGracePeriodWhenIdleOnly() {
        assertThat(sync.state()).isEqualTo(RcuSync.IDLE);
        sync.enter();
        assertThat(sync.state()).isEqualTo(RcuSync.PASSED);
        sync.enter();
        sync.exit();
        assertThat(sync.state()).isEqualTo(RcuSync.PASSED);
        sync.exit();
        assertThat(sync.state()).isEqualTo(RcuSync.EXIT);
        gracePeriods.end();
        assertThat(sync.state()).isEqualTo(RcuSync.IDLE);
        assertThat(gracePeriods.waits()).isEqualTo(1);
    }

    @Test
    void shouldPassWithoutWaitingWhenWriterComesInExit() {
        sync.enter();
        sync.exit();
        sync.enter();
        assertThat(sync.state()).isEqualTo(RcuSync.EXIT);
        gracePeriods.end();
        assertThat(sync.state()).as("a writer is about").isEqualTo(RcuSync.PASSED);
        sync.exit();
        assertThat(sync.state()).isEqualTo(RcuSync.EXIT);
        assertThat(gracePeriods.called()).isEqualTo(1);
        assertThat(gracePeriods.waits()).isEqualTo(1);
    }

    @Test
    void shouldAskForAnotherGracePeriodWhenWriterCameAndWentInExit() {
        sync.enter();
        sync.exit();
        sync.enter();
        sync.exit();
        assertThat(sync.state()).isEqualTo(RcuSync.REPLAY);
        sync.enter();
        sync.exit();
        assertThat(sync.state()).isEqualTo(RcuSync.REPLAY);
        gracePeriods.end();
        assertThat(sync.state()).isEqualTo(RcuSync.EXIT);
        gracePeriods.end();
        assertThat(sync.state()).isEqualTo(RcuSync.IDLE);
        assertThat(gracePeriods.waits()).isEqualTo(1);
    }

    @Test
    void shouldPassWhenWriterIsAboutAtEndOfReplay() {
        sync.enter();
        sync.exit();
        sync.enter();
        sync.exit();
        sync.enter();
        gracePeriods.end();
        assertThat(sync.state()).isEqualTo(RcuSync.PASSED);
    }

    @Test
    void shouldLetSecondWriterWaitForGracePeriodOfFirst() throws InterruptedException {
        CountedWaits waits = new CountedWaits();
        RcuSync heard = new RcuSync(new GuardContext(null, 1, waits).withGracePeriods(gracePeriods));
        gracePeriods.hold();
        Thread first = Threads.start(heard::enter);
        Threads.awaitTrue(() -> gracePeriods.waits() == 1, "the first waits");
        assertThat(heard.state()).isEqualTo(RcuSync.ENTER);
        Thread second = Threads.start(heard::enter);
        Threads.awaitTrue(() -> waits.begun.get() == 2, "the second waits, and is heard to");
        gracePeriods.letGo();
        Threads.awaitEnd(first);
        Threads.awaitEnd(second);
        assertThat(gracePeriods.waits()).isEqualTo(1);
        assertThat(waits.ended).hasValue(2);
        assertThat(heard.state()).isEqualTo(RcuSync.PASSED);
    }

    /** As membarrier(2) may fail: the writers behind it must not hang, and its time must not run on. */
    @Test
    void shouldTakeWriterOutWhoseWaitFails() {
        CountedWaits waits = new CountedWaits();
        FakeGracePeriods failing = new FakeGracePeriods() {
            @Override
            public void await() {
                assertThat(waits.begun.get() - waits.ended.get()).isEqualTo(1);
                throw new IllegalStateException("it failed");
            }
        };
        RcuSync left = new RcuSync(new GuardContext(null, 1, waits).withGracePeriods(failing));

        assertThatThrownBy(left::enter).hasMessage("it failed");
        assertThat(waits.ended).hasValue(1);
        assertThat(left.state()).isEqualTo(RcuSync.EXIT);
        left.enter();
        left.exit();
        failing.end();
        failing.end();
        assertThat(left.state()).isEqualTo(RcuSync.IDLE);
    }

    @Test
    void shouldPayOneGracePeriodForBurstOfWriters() {
        for (int writer = 0; writer < 5; writer++) {
            write();
        }
        assertThat(gracePeriods.waits()).isEqualTo(1);
        assertThat(semaphore.statistics().gracePeriods()).isEqualTo(1);
    }

    @Test
    void shouldPayOneGracePeriodForEachIsolatedWriter() {
        for (int writer = 0; writer < 5; writer++) {
            write();
            gracePeriods.end();
        }
        assertThat(gracePeriods.waits()).isEqualTo(5);
    }

    @Test
    void shouldKeepReadersOnSlowPathUntilGracePeriodAfterLastWriter() {
        read();
        assertThat(slowReads()).isZero();
        write();
        write();
        read();
        assertThat(slowReads()).as("in a burst").isEqualTo(1);
        gracePeriods.end();
        read();
        assertThat(slowReads()).as("a writer came in between").isEqualTo(2);
        gracePeriods.end();
        read();
        assertThat(slowReads()).as("idle again").isEqualTo(2);
    }

    /** The grace period is no part of the exclusion: readers go on, on their slow path. */
    @Test
    void shouldLetReadersInWhileWriterWaitsForGracePeriod() throws InterruptedException {
        gracePeriods.hold();
        Thread writer = Threads.start(this::write);
        assertThat(Threads.awaitWaitingOrEnd(writer)).isTrue();
        read();
        assertThat(slowReads()).isEqualTo(1);
        gracePeriods.letGo();
        Threads.awaitEnd(writer);
    }

    @Test
    void shouldWaitForReaderThatCameOnTheSlowPath() throws InterruptedException {
        write();
        long token = semaphore.lockShared(READER);
        Thread writer = Threads.start(this::write);
        assertThat(Threads.awaitWaitingOrEnd(writer)).isTrue();
        semaphore.unlockShared(READER, token);
        Threads.awaitEnd(writer);
    }

    private void write() {
        semaphore.unlockExclusive(semaphore.lockExclusive());
    }

    private void read() {
        semaphore.unlockShared(READER, semaphore.lockShared(READER));
    }

    private long slowReads() {
        return semaphore.statistics().fallbacks();
    }
}
