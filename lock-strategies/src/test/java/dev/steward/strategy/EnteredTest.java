package dev.steward.strategy;

import static dev.steward.engine.smmu.Attachment.NOT_ATTACHED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.AttachmentGuard.Reader;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.stream.StreamTable;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When a guard says that its reader is inside: the border between the stages of waiting and of looking up. */
class EnteredTest {
    private static final int STREAM = 0x42;

    private final StreamTable table = Streams.table();

    @AfterEach
    void closeTable() {
        table.close();
    }

    @ParameterizedTest
    @MethodSource("dev.steward.catalog.AllVariants#all")
    void shouldEnterOnceBeforeTheReportWhenNothingChanges(Strategy strategy) {
        try (AttachmentGuard guard = Streams.guard(strategy::create, table); Reader reader = guard.registerReader()) {
            attach(guard);
            RecordingSink sink = new RecordingSink(0);
            reader.lookUp(STREAM);
            assertThat(sink.calls).isEmpty();
            reader.report(STREAM, sink);
            reader.report(STREAM, sink);
            assertThat(sink.calls).containsExactly("entered", "report", "entered", "report");
        }
    }

    /** Of guards whose readers hold something: a commit that begins as the reader enters waits until it has left. */
    @ParameterizedTest
    @MethodSource("dev.steward.catalog.AllVariants#all")
    void shouldBeInsideItsProtectionWhenItEnters(Strategy strategy) throws Exception {
        StrategyDescription description = strategy.description();
        assumeTrue(description.quiescence() == Quiescence.AT_COMMIT && description.family() != Family.OPTIMISTIC,
            "its reader holds nothing yet, or an attach does not wait for it");
        assumeTrue(!locksOnceMoreInside(description.name()), "an attach takes the inner lock only");
        try (AttachmentGuard guard = Streams.guard(strategy::create, table); Reader reader = guard.registerReader()) {
            attach(guard);
            EnteringSink sink = new EnteringSink(guard);
            reader.report(STREAM, sink);
            reader.quiesce();
            Threads.awaitEnd(sink.committer);
            assertThat(sink.waited).as("the commit waited").isTrue();
        }
    }

    /** The lock of the tree is the outer one, and an attach leaves it alone. */
    private static boolean locksOnceMoreInside(String name) {
        return Set.of("vmaster-rwsem", "draft-rwsem-lookup", "v1-vdev-ops").stream().anyMatch(name::startsWith);
    }

    private static void attach(AttachmentGuard guard) {
        guard.vdeviceSet(STREAM, Attachment.of(7, 9));
        guard.commit(STREAM, Attachment.of(7, 9));
    }

    private static final class EnteringSink implements ReportSink {
        private final AttachmentGuard guard;
        private Thread committer;
        private boolean waited;

        EnteringSink(AttachmentGuard guard) {
            this.guard = guard;
        }

        @Override
        public void entered() {
            committer = Threads.start(() -> guard.commit(STREAM, NOT_ATTACHED));
            waited = Threads.awaitWaitingOrEnd(committer);
        }

        @Override
        public int report(int viommuId, int virtualStreamId) {
            return 0;
        }
    }
}
