package dev.steward.engine.smmu;

import dev.steward.engine.stream.StreamIndex;

/**
 * What a guard is built from.
 *
 * @param index        finds the dense position of a StreamID; part of the contested section where the strategy says so.
 * @param maxReaders   readers that may be registered at the same time, 1 or more (an SMMU has one: its event handler).
 * @param listener     told about grace periods.
 * @param vdevices     finds devices and, for designs that do so for each event, their virtual StreamIDs.
 * @param gracePeriods what a writer waits for beside the readers of the guard.
 * @param contention   where its locks and readers count what they had to do.
 */
public record GuardContext(
    StreamIndex index, int maxReaders, GracePeriodListener listener, VDeviceScan vdevices,
    GracePeriodInput gracePeriods, ContentionCounters contention) {

    /**
     * Without devices and with grace periods that take no time of their own: for a guard that stands alone.
     *
     * @param index      as above.
     * @param maxReaders as above.
     * @param listener   as above.
     */
    public GuardContext(StreamIndex index, int maxReaders, GracePeriodListener listener) {
        this(index, maxReaders, listener, VDeviceScan.NONE, GracePeriodInput.NONE, new ContentionCounters());
    }

    /**
     * The same with other grace periods.
     *
     * @param input what a writer waits for beside the readers of the guard.
     * @return a copy.
     */
    public GuardContext withGracePeriods(GracePeriodInput input) {
        return new GuardContext(index, maxReaders, listener, vdevices, input, contention);
    }

    /**
     * The same with counters that nobody reads: for a lock that outlives the guard.
     *
     * @return a copy.
     */
    public GuardContext uncounted() {
        return new GuardContext(index, maxReaders, listener, vdevices, gracePeriods, new ContentionCounters());
    }
}
