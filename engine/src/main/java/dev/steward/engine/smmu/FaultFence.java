package dev.steward.engine.smmu;

import java.util.Locale;

/**
 * How a detach or replace keeps handlers away from the attach handle that it frees (docs/domain.md, 5.5). The wait, if
 * there is one, is under the lock of the group and outside of the driver-global attach lock.
 */
public enum FaultFence {
    /** Not at all, as in every release from v6.15 to v7.x: a handler may use the handle after its free. */
    NONE,
    /** Waits for the handlers that are inside the report of a stalled fault (own). */
    SOFTWARE,
    /**
     * Waits until the event queue is drained past what was in it, then until the handler's run is over, as the posted
     * series does (20260307001723; cover.1789446520). (own) It does so before the handle is erased; here the wait comes
     * after, so that it covers a replace as well.
     */
    DRAIN;

    /** Name in a scenario. */
    public String setting() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds a fence by its name in a scenario.
     *
     * @throws IllegalArgumentException if there is none of that name.
     */
    public static FaultFence of(String setting) {
        return valueOf(setting.toUpperCase(Locale.ROOT));
    }
}
