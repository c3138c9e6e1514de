package dev.steward.jmh;

import dev.steward.engine.event.EventId;
import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.engine.smmu.EventHandler;
import dev.steward.engine.smmu.EventOutcome;
import dev.steward.engine.smmu.EventProbe;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * One event through the handler and into the vEVENTQ of its vIOMMU: translate, pin, report. Every 64 events as many are
 * read from the queue on the same thread, so no event is lost; that reading is in the figure, the same for all.
 *
 * <p>With k threads the SMMU has k handlers, all of which report to the one vEVENTQ; the figure is that of one of them.
 */
@State(Scope.Thread)
public class ReportBenchmark extends InNanoseconds {
    private static final int BATCH = 64;

    private final EventRecord event = new EventRecord();
    private EventHandler handler;
    private StreamIds streamIds;
    private int events;

    /** The SMMU of all threads. */
    @State(Scope.Benchmark)
    public static class Shared {
        /** Strategy, maybe with a variant; {@link Main} puts all of them in place of the floor. */
        @Param("unguarded")
        public String strategy;

        private Guest guest;
        private LastOneOut users;

        /** Makes the guest. */
        @Setup
        public void setUp(BenchmarkParams params) {
            guest = new Guest(strategy, params.getThreads());
            users = new LastOneOut(this::free);
        }

        /** Checks that nothing was lost and frees the guest, unless another thread still uses it. */
        @TearDown
        public void tearDown() {
            users.leave();
        }

        private void free() {
            if (guest.veventq.lost() != 0 || guest.veventq.delivered() == 0) {
                throw new IllegalStateException("events were lost, or none was read");
            }
            guest.close();
        }
    }

    /** Opens the handler on the measuring thread. */
    @Setup
    public void setUp(Shared shared, ThreadParams params) {
        shared.users.enter();
        handler = shared.guest.smmu.openHandler(EventProbe.NONE);
        streamIds = new StreamIds(Guest.DEVICES, params.getThreadIndex() + 1);
    }

    /** One event. */
    @Benchmark
    @Threads(1)
    public EventOutcome report(Shared shared) {
        event.word0 = EventRecordLayout.withStreamId(EventId.F_TRANSLATION.code(), streamIds.next());
        EventOutcome outcome = handler.handle(event);
        if (outcome != EventOutcome.QUEUED) {
            throw new IllegalStateException("an event was not queued but " + outcome);
        }
        if ((++events & BATCH - 1) == 0) {
            handler.quiesce();
            shared.guest.veventq.poll((flags, sequence, word0, word1, word2, word3, stamp0, stamp1) -> { }, BATCH);
        }
        return outcome;
    }

    /** Closes the handler. */
    @TearDown
    public void tearDown(Shared shared) {
        handler.close();
        shared.users.leave();
    }
}
