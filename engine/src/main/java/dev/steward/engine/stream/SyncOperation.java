package dev.steward.engine.stream;

/**
 * What ends a step of an update: CFGI_STE for the stream, then CMD_SYNC (docs/domain.md, 2.3). The implementer models
 * the cost; the engine holds no clock.
 *
 * <p>Called by the thread that writes the entry, with whatever locks the attach path holds. When it returns, no
 * transaction under the previous configuration is left.
 */
@FunctionalInterface
public interface SyncOperation {
    /** Costs nothing. */
    SyncOperation NONE = streamId -> { };

    /**
     * Makes the hardware forget the cached entry and waits until it has.
     *
     * @param streamId 32 raw bits.
     */
    void sync(int streamId);
}
