package dev.steward.loadgen.load;

import dev.steward.engine.event.EventRecord;

/**
 * Takes the events of a storm.
 *
 * <p>Threading: the storm thread.
 */
@FunctionalInterface
public interface EventSink {
    /** The event is of the caller, who uses it again. */
    void accept(EventRecord event);
}
