package dev.steward.engine.event;

/** The write of the CONS register, a posted write over the bus: the implementer models what it takes. */
@FunctionalInterface
public interface ConsWrite {
    /** Takes no time. */
    ConsWrite NONE = () -> { };

    /** By the handler thread, outside of any lock. */
    void written();
}
