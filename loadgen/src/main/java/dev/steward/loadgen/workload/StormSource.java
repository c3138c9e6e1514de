package dev.steward.loadgen.workload;

import dev.steward.engine.event.EventRecord;

/**
 * The fault storm of one SMMU: when each event arrives and what its record says.
 *
 * <p>Threading: one thread. Does not allocate. Equal arguments give equal arrivals.
 */
public interface StormSource {
    /**
     * Fills in the next arrival.
     *
     * @param record gets the four words, the serial number, and as its intended time the nanoseconds after the start of
     *               the load; {@link ArrivalProcess#MAX_NS} from the end of a storm that ends.
     */
    void next(EventRecord record);
}
