package dev.steward.engine.smmu;

import dev.steward.engine.iommufd.Errno;
import dev.steward.engine.iommufd.HostDevice;
import dev.steward.engine.iommufd.Iommufd;
import dev.steward.engine.iommufd.VIommu;
import java.util.function.IntFunction;

/** The scan over the vIOMMUs of iommufd. Any thread. */
final class ViommuScan implements VDeviceScan {
    private final Iommufd iommufd;
    private final IntFunction<HostDevice> masters;

    ViommuScan(Iommufd iommufd, IntFunction<HostDevice> masters) {
        this.iommufd = iommufd;
        this.masters = masters;
    }

    @Override
    public HostDevice deviceOf(int streamId) {
        return masters.apply(streamId);
    }

    @Override
    public long virtualStreamId(int viommuId, HostDevice device) {
        VIommu viommu = iommufd.viommu(viommuId);
        return viommu == null ? -Errno.ENOENT : viommu.virtualStreamIdOf(device);
    }

    @Override
    public int reportUnderLock(int viommuId, HostDevice device, ReportSink sink) {
        VIommu viommu = iommufd.viommu(viommuId);
        if (viommu == null) {
            return ReportSink.NO_VDEVICE;
        }
        viommu.lockVdevices();
        try {
            long virtualStreamId = viommu.virtualStreamIdLocked(device);
            return virtualStreamId < 0 ? ReportSink.NO_VDEVICE : sink.report(viommuId, (int) virtualStreamId);
        } finally {
            viommu.unlockVdevices();
        }
    }
}
