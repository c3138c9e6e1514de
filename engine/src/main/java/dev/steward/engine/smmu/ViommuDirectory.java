package dev.steward.engine.smmu;

import dev.steward.engine.iommufd.VIommu;
import java.util.Arrays;

/**
 * From the id in an attachment to the vIOMMU: stands where the driver follows a pointer.
 *
 * <p>A destroyed vIOMMU stays findable, so that a late report is seen for what it is and not as a crash.
 *
 * <p>Threading: found by the handler, added to by control threads. A vIOMMU is added before any attachment names it,
 * and attachments are published by the guard.
 */
final class ViommuDirectory {
    private volatile VIommu[] byId = new VIommu[64];

    VIommu find(int viommuId) {
        VIommu[] table = byId;
        return viommuId < table.length ? table[viommuId] : null;
    }

    synchronized void add(VIommu viommu) {
        VIommu[] grown = Arrays.copyOf(byId, Math.max(byId.length, Integer.highestOneBit(viommu.id()) * 2));
        grown[viommu.id()] = viommu;
        byId = grown;
    }
}
