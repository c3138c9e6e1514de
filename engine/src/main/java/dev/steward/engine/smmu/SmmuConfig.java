package dev.steward.engine.smmu;

import dev.steward.engine.iommufd.Iommufd;
import dev.steward.engine.stream.StreamTable;
import dev.steward.engine.stream.SyncOperation;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;

/**
 * What an SMMU instance is built from.
 *
 * @param id               number of the SMMU.
 * @param table            its stream table; closed with the SMMU.
 * @param eventqLog2Size   log2 of the entries of the event queue, 1 to 19.
 * @param maxStalls        transactions it can hold stalled, 0 or more.
 * @param iommufd          where vIOMMUs are found by id.
 * @param guards           makes the guard of the strategy under test.
 * @param listener         told about grace periods.
 * @param attachProbe      watches the attach path.
 * @param sync             cost of one CFGI_STE + CMD_SYNC.
 * @param attachSerialLock the driver-global lock that serialises attaches of all SMMUs (arm_smmu_asid_lock).
 * @param fence            how an attach handle is freed.
 */
public record SmmuConfig(
    int id,
    StreamTable table,
    int eventqLog2Size,
    int maxStalls,
    Iommufd iommufd,
    Function<GuardContext, AttachmentGuard> guards,
    GracePeriodListener listener,
    AttachProbe attachProbe,
    SyncOperation sync,
    Lock attachSerialLock,
    FaultFence fence) {
}
