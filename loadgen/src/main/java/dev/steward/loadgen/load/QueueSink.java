package dev.steward.loadgen.load;

import dev.steward.engine.event.EventQueue;
import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.Production;
import java.util.function.BiConsumer;

/**
 * Hands events to the hardware queue and tells of those that were not written.
 *
 * <p>Threading: the storm thread.
 */
public final class QueueSink implements EventSink {
    private final EventQueue queue;
    private final BiConsumer<EventRecord, Production> notWritten;

    public QueueSink(EventQueue queue, BiConsumer<EventRecord, Production> notWritten) {
        this.queue = queue;
        this.notWritten = notWritten;
    }

    @Override
    public void accept(EventRecord event) {
        Production production = queue.produce(event);
        if (production != Production.WRITTEN) {
            notWritten.accept(event, production);
        }
    }
}
