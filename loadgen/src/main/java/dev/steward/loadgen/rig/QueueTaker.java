package dev.steward.loadgen.rig;

import dev.steward.engine.event.EventQueue;
import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.Production;
import java.util.function.Consumer;

/**
 * Hands events to the hardware queue; a refused one never existed.
 *
 * <p>Threading: the storm thread; the count is read after it has ended.
 */
final class QueueTaker implements Consumer<EventRecord> {
    private final EventQueue queue;
    private long refused;

    QueueTaker(EventQueue queue) {
        this.queue = queue;
    }

    @Override
    public void accept(EventRecord event) {
        if (queue.produce(event) == Production.REFUSED) {
            refused++;
        }
    }

    long refused() {
        return refused;
    }
}
