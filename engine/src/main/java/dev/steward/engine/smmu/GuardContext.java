package dev.steward.engine.smmu;

import dev.steward.engine.stream.StreamIndex;

/**
 * What a guard is built from.
 *
 * @param index      finds the dense position of a StreamID; part of the contested section where the strategy says so.
 * @param maxReaders readers that may be registered at the same time, 1 or more (an SMMU has one: its event handler).
 * @param listener   told about grace periods.
 */
public record GuardContext(StreamIndex index, int maxReaders, GracePeriodListener listener) {
}
