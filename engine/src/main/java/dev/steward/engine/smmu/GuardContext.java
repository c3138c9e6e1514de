package dev.steward.engine.smmu;

import dev.steward.engine.stream.StreamIndex;

/**
 * What a guard is built from.
 *
 * @param index      finds the dense position of a StreamID; part of the contested section where the strategy says so.
 * @param maxReaders readers that may be registered at the same time, 1 or more (an SMMU has one: its event handler).
 * @param listener   told about grace periods.
 * @param vdevices   finds devices and, for designs that do so for each event, their virtual StreamIDs.
 */
public record GuardContext(StreamIndex index, int maxReaders, GracePeriodListener listener, VDeviceScan vdevices) {
    /**
     * Without devices: for a guard that stands alone.
     *
     * @param index      as above.
     * @param maxReaders as above.
     * @param listener   as above.
     */
    public GuardContext(StreamIndex index, int maxReaders, GracePeriodListener listener) {
        this(index, maxReaders, listener, VDeviceScan.NONE);
    }
}
