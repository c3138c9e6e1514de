package dev.steward.loadgen.rig;

import dev.steward.engine.event.EventQueue;
import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.Production;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Hands events to the hardware queue and tells of those that were not written; a refused one never existed.
 *
 * <p>Threading: the storm thread; the count is read after it has ended.
 */
final class QueueTaker implements Consumer<EventRecord> {
    private final EventQueue queue;
    private final BiConsumer<EventRecord, Production> notWritten;
    private long refused;

    QueueTaker(EventQueue queue, BiConsumer<EventRecord, Production> notWritten) {
        this.queue = queue;
        this.notWritten = notWritten;
    }

    @Override
    public void accept(EventRecord event) {
        Production production = queue.produce(event);
        if (production == Production.WRITTEN) {
            return;
        }
        notWritten.accept(event, production);
        if (production == Production.REFUSED) {
            refused++;
        }
    }

    long refused() {
        return refused;
    }
}
