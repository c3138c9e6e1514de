package dev.steward.engine.event;

/** The wire from the event queue to the waker of the handler. */
@FunctionalInterface
public interface InterruptLine {
    /** Raised by the producer when the queue went from empty to non-empty. Must not block. */
    void raise();
}
