package dev.steward.engine.iommufd;

/** Receives faults of a {@link FaultQueue} together with the sideband of the measurement. */
@FunctionalInterface
public interface FaultHandler {
    /**
     * One fault, in the order of the queue. Called with the mutex of the queue held: it may not call the queue.
     *
     * @param cookie     names the fault in its response, 1 or more.
     * @param deviceId   object id of the bound device.
     * @param flags      see {@link FaultLayout}.
     * @param pasid      process id, if the flags say so.
     * @param group      number of the group, the stall tag of an SMMU.
     * @param permission see {@link FaultLayout}.
     * @param address    of the fault.
     * @param stamp      sideband of the report.
     */
    void onFault(
        int cookie, int deviceId, int flags, int pasid, int group, int permission, long address, long stamp);
}
