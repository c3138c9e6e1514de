package dev.steward.loadgen.load;

import dev.steward.engine.event.EventQueue;
import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.Production;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.Oracle;
import dev.steward.loadgen.record.OracleCount;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * Hands events to the hardware queue and tells of those that were not written. After each it looks whether the handler
 * sleeps beside a queue that is not empty: the interrupt comes on the change from empty only, so such a sleep has no
 * end.
 *
 * <p>Threading: the storm thread; {@link #look} and {@link #addTo} after it has ended.
 */
public final class QueueSink implements EventSink {
    private final Clock clock;
    private final EventQueue queue;
    private final BooleanSupplier sleepsThrough;
    private final BiConsumer<EventRecord, Production> notWritten;
    private final OracleCount asleep = new OracleCount(Oracle.HANDLER_ASLEEP);

    /**
     * Connects it to a queue.
     *
     * @param clock         for the time of a violation.
     * @param sleepsThrough whether the handler sleeps beside records, and nothing was sent to wake it.
     */
    public QueueSink(
        Clock clock, EventQueue queue, BooleanSupplier sleepsThrough, BiConsumer<EventRecord, Production> notWritten) {
        this.clock = clock;
        this.queue = queue;
        this.sleepsThrough = sleepsThrough;
        this.notWritten = notWritten;
    }

    @Override
    public void accept(EventRecord event) {
        Production production = queue.produce(event);
        if (production != Production.WRITTEN) {
            notWritten.accept(event, production);
        }
        look();
    }

    /** Looks at the handler; also after the last event, whose wake-up can be lost as any other. */
    public void look() {
        asleep.checked();
        if (sleepsThrough.getAsBoolean()) {
            asleep.violated(clock.nowNs());
        }
    }

    /** What it saw. */
    public void addTo(CellReport report) {
        report.add(asleep);
    }
}
