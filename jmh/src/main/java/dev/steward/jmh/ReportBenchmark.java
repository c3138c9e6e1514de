package dev.steward.jmh;

import dev.steward.engine.event.EventId;
import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.engine.smmu.EventHandler;
import dev.steward.engine.smmu.EventOutcome;
import dev.steward.engine.smmu.EventProbe;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One event through the handler and into the vEVENTQ of its vIOMMU: translate, pin, report. Every 64 events the queue
 * is read empty on the same thread, so no event is lost; that reading is in the figure, the same for all.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class ReportBenchmark {
    private static final int BATCH = 64;

    /** Contestant, maybe with a variant; {@link Main} puts all of them in place of the floor. */
    @Param("unguarded")
    public String strategy;

    private final EventRecord event = new EventRecord();
    private final StreamIds streamIds = new StreamIds(Guest.DEVICES, 1);
    private Guest guest;
    private EventHandler handler;
    private int events;
    private long read;

    /** Makes the guest and opens its handler on the measuring thread. */
    @Setup
    public void setUp() {
        guest = new Guest(strategy);
        handler = guest.smmu.openHandler(EventProbe.NONE);
    }

    /**
     * One event.
     *
     * @return that it was queued.
     */
    @Benchmark
    @Threads(1)
    public EventOutcome report() {
        event.word0 = EventRecordLayout.withStreamId(EventId.F_TRANSLATION.code(), streamIds.next());
        EventOutcome outcome = handler.handle(event);
        if (outcome != EventOutcome.QUEUED) {
            throw new IllegalStateException("an event was not queued but " + outcome);
        }
        if ((++events & BATCH - 1) == 0) {
            handler.quiesce();
            read += guest.veventq.poll(
                (flags, sequence, word0, word1, word2, word3, stamp0, stamp1) -> { }, BATCH);
        }
        return outcome;
    }

    /** Checks that nothing was lost and frees the guest. */
    @TearDown
    public void tearDown() {
        handler.close();
        if (guest.veventq.lost() != 0 || read == 0) {
            throw new IllegalStateException("events were lost, or none was read");
        }
        guest.close();
    }
}
