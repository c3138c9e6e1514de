package dev.steward.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.AttachmentGuard.Reader;
import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.stream.StreamTable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PagedRcuGuardTest {
    private static final int STREAM = 5;
    private static final int OTHER_PAGE = 200;

    private final List<String> calls = new ArrayList<>();
    private final StreamTable table = StreamTable.linear(8);
    private final AttachmentGuard guard =
        LockStrategy.RCU_PAGE.create(new GuardContext(table, 2, new Recorder()));
    private final Reader observer = guard.registerReader();

    @AfterEach
    void close() {
        observer.close();
        guard.close();
        table.close();
    }

    @Test
    void shouldPublishThenWaitForOneGracePeriodInEachCommit() {
        guard.commit(STREAM, Attachment.of(1, 1));
        guard.commit(OTHER_PAGE, Attachment.of(2, 2));
        guard.commit(STREAM, Attachment.NOT_ATTACHED);
        assertThat(calls).containsExactly(
            "begin " + Attachment.of(1, 1), "end",
            "begin " + Attachment.of(1, 1), "end",
            "begin " + Attachment.NOT_ATTACHED, "end");
        assertThat(guard.statistics().gracePeriods()).isEqualTo(3);
    }

    /** Coarse on purpose, as in a kernel: a grace period waits for all readers, not for those of one stream. */
    @Test
    void shouldWaitForReportOnOtherPageToo() throws InterruptedException {
        guard.commit(STREAM, Attachment.of(1, 1));
        Thread[] committer = new Thread[1];
        observer.report(STREAM, (viommuId, virtualStreamId) -> {
            committer[0] = Threads.start(() -> guard.commit(OTHER_PAGE, Attachment.of(2, 2)));
            assertThat(Threads.awaitWaitingOrEnd(committer[0])).isTrue();
            return 0;
        });
        Threads.awaitEnd(committer[0]);
    }

    @Test
    void shouldShowNewAttachmentToOthersWhileCommitStillWaits() throws Exception {
        guard.commit(STREAM, Attachment.of(1, 1));
        Thread[] committer = new Thread[1];
        try (Reader second = guard.registerReader()) {
            second.report(STREAM, (viommuId, virtualStreamId) -> {
                committer[0] = Threads.start(() -> guard.commit(STREAM, Attachment.of(2, 2)));
                assertThat(Threads.awaitWaitingOrEnd(committer[0])).isTrue();
                assertThat(observer.translate(STREAM)).isEqualTo(Attachment.of(2, 2));
                return 0;
            });
        }
        Threads.awaitEnd(committer[0]);
    }

    @Test
    void shouldNotEndGracePeriodBeforeReaderHasLeft() throws InterruptedException {
        guard.commit(STREAM, Attachment.of(1, 1));
        calls.clear();
        Thread[] committer = new Thread[1];
        observer.report(STREAM, (viommuId, virtualStreamId) -> {
            committer[0] = Threads.start(() -> guard.commit(STREAM, Attachment.of(2, 2)));
            assertThat(Threads.awaitWaitingOrEnd(committer[0])).isTrue();
            assertThat(calls).hasSize(1);
            return 0;
        });
        Threads.awaitEnd(committer[0]);
        assertThat(calls).hasSize(2).last().isEqualTo("end");
    }

    /** A commit that finds no page waits for the grace period of another. */
    @Test
    void shouldTellOfWaitForPageToo() throws InterruptedException {
        CountedWaits waits = new CountedWaits();
        List<Thread> committers = new ArrayList<>();
        try (AttachmentGuard four = LockStrategy.RCU_TABLE.create(new GuardContext(table, 1, waits));
            Reader reader = four.registerReader()) {
            four.commit(STREAM, Attachment.of(1, 1));
            reader.report(STREAM, (viommuId, virtualStreamId) -> {
                for (int i = 0; i < 5; i++) {
                    committers.add(Threads.start(() -> four.commit(OTHER_PAGE, Attachment.of(2, 2))));
                }
                Threads.awaitTrue(() -> waits.begun.get() == 6, "four have a page each, one has none");
                return 0;
            });
            for (Thread committer : committers) {
                Threads.awaitEnd(committer);
            }
        }
        assertThat(waits.ended).hasValue(7).hasValue(waits.begun.get());
    }

    /** Looks at the stream from inside the callback, unless a reader of the test is busy in its own section. */
    private final class Recorder implements GracePeriodListener {
        private final Thread testThread = Thread.currentThread();

        @Override
        public void onGracePeriodBegin() {
            calls.add(Thread.currentThread() == testThread ? "begin " + observer.translate(STREAM) : "begin");
        }

        @Override
        public void onGracePeriodEnd() {
            calls.add("end");
        }
    }
}
