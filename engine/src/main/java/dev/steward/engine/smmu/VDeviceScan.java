package dev.steward.engine.smmu;

import dev.steward.engine.iommufd.Errno;
import dev.steward.engine.iommufd.HostDevice;

/**
 * The way from a device to its virtual StreamID at the moment of an event: a linear scan of the vIOMMU's vDEVICEs under
 * their spinlock (docs/domain.md, 6.1). For designs that do not store the id at attach.
 */
public interface VDeviceScan {
    /** No devices behind the streams. */
    VDeviceScan NONE = new VDeviceScan() {
        @Override
        public HostDevice deviceOf(int streamId) {
            return null;
        }

        @Override
        public long virtualStreamId(int viommuId, HostDevice device) {
            return -Errno.ENOENT;
        }

        @Override
        public int reportUnderLock(int viommuId, HostDevice device, ReportSink sink) {
            return ReportSink.NO_VDEVICE;
        }
    };

    /**
     * The device that owns a stream. Cold; not to be called with a lock of the guard held.
     *
     * @param streamId 32 raw bits.
     * @return the device that was probed with it, or null.
     */
    HostDevice deviceOf(int streamId);

    /**
     * Scans under the spinlock, which is free again when this returns. No allocation.
     *
     * @param viommuId iommufd object id.
     * @param device   to look for.
     * @return 0 to 2^32 - 1, or -ENOENT.
     */
    long virtualStreamId(int viommuId, HostDevice device);

    /**
     * Scans under the spinlock and keeps it while the sink reports, so that the vDEVICE cannot go meanwhile. No
     * allocation.
     *
     * @param viommuId iommufd object id.
     * @param device   to look for.
     * @param sink     called under the spinlock, not at all without a vDEVICE.
     * @return what the sink returned, or {@link ReportSink#NO_VDEVICE}.
     */
    int reportUnderLock(int viommuId, HostDevice device, ReportSink sink);
}
