package dev.steward.engine.smmu;

import dev.steward.engine.iommufd.BoundDevice;
import dev.steward.engine.iommufd.Errno;
import dev.steward.engine.iommufd.FaultLayout;
import dev.steward.engine.iommufd.IommuDriver;
import dev.steward.engine.iommufd.NestedDomain;
import dev.steward.engine.iommufd.ParentDomain;
import dev.steward.engine.iommufd.VDevice;
import dev.steward.engine.iommufd.VIommu;
import dev.steward.engine.stream.CommandLayout;
import dev.steward.engine.stream.GuestStreamTableEntry;
import dev.steward.engine.stream.Stage2Configuration;
import dev.steward.engine.stream.StreamTableEntry;
import dev.steward.engine.stream.StreamTableEntryLayout;
import dev.steward.engine.stream.StreamTableEntryWriter;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The attach operations of the driver: prepare, install, commit (arm-smmu-v3-iommufd.c; docs/domain.md, 5.3).
 *
 * <p>Since v7.1 an attach merges the invalidation array of the parent domain before the entry (6) and takes its write
 * lock after the commit (10), both under the driver-global lock. The TLBI + SYNC when the last device of a parent has
 * left is not paid here. The lists of earlier kernels (4, 6, 10) and ATS (7, 10) are not modelled: they take other
 * locks for a few instructions. Of the page-fault layer (5, 10) there is what a stalled fault needs: to be enabled
 * before the entry changes and disabled after.
 *
 * <p>Threading: any; the attach serial lock covers prepare to commit, as the driver's ASID lock does.
 */
final class SmmuDriver implements IommuDriver {
    private static final int PAGE_SHIFT = 12;
    private static final int VMID_MASK = 0xffff;
    private static final StreamTableEntry BLOCKED = StreamTableEntry.abort();

    private final SmmuConfig config;
    private final AttachmentGuard guard;
    private final FaultPath faultPath;
    private final StreamTableEntryWriter writer;
    private final InvalidationArrays invalidations = new InvalidationArrays();
    private final boolean keepsArray;
    private final boolean abortNeedsVdevice;
    private final long[] target = new long[StreamTableEntryLayout.STE_WORDS];
    /** Counted without a lock of its own: a detach commits outside of the serial lock, and an asker takes that lock. */
    private final AtomicLong commits = new AtomicLong();

    SmmuDriver(SmmuConfig config, AttachmentGuard guard, FaultPath faultPath) {
        this.config = config;
        this.guard = guard;
        this.faultPath = faultPath;
        this.writer = new StreamTableEntryWriter(config.sync());
        keepsArray = config.iommufd().kernel().keepsInvalidationArray();
        abortNeedsVdevice = config.iommufd().kernel().abortNeedsVdevice();
    }

    @Override
    public int checkNestedDomain(VIommu viommu, long steWord0, long steWord1) {
        try {
            GuestStreamTableEntry.of(steWord0, steWord1);
            return 0;
        } catch (IllegalArgumentException e) {
            return -Errno.EIO;
        }
    }

    @Override
    public int attachNested(BoundDevice device, NestedDomain domain) {
        VIommu viommu = domain.viommu();
        if (viommu.smmuId() != config.id() || device.smmuId() != config.id()) {
            return -Errno.EINVAL;
        }
        boolean takesFaults = domain.faultQueue() != null;
        if (takesFaults && device.streamIds().length != 1) {
            // (gen) A fault says from which device it comes, not from which of its streams.
            return -Errno.EOPNOTSUPP;
        }
        GuestStreamTableEntry guest = GuestStreamTableEntry.of(domain.steWord0(), domain.steWord1());
        config.attachSerialLock().lock();
        try {
            long attachment = prepare(device, viommu, guest);
            if (attachment == -Errno.ENOENT) {
                return -Errno.ENOENT;
            }
            if (!device.allocatesToAttach()) {
                return -Errno.ENOMEM;
            }
            StreamTableEntry entry = nestedEntry(viommu.parent(), guest);
            if (takesFaults) {
                faultPath.enable(device.host().firstStreamId(), device);
            }
            ParentDomain before = keepsArray ? invalidations.join(device, viommu.parent()) : null;
            install(device, entry);
            commit(device, attachment);
            if (before != null) {
                invalidations.leave(device, before);
            }
            if (!takesFaults) {
                disableFaults(device);
            }
            return 0;
        } finally {
            config.attachSerialLock().unlock();
        }
    }

    /**
     * Finds what to commit by scanning the vDEVICEs of the vIOMMU. A device without one is refused, since v6.19
     * unless the guest's entry is abort or bypass: such an attach works, and no event is forwarded.
     */
    private long prepare(BoundDevice device, VIommu viommu, GuestStreamTableEntry guest) {
        if (!guard.virtualIdStoredAtAttach()) {
            return Attachment.of(viommu.id(), 0);
        }
        long virtualStreamId = viommu.virtualStreamIdOf(device);
        if (virtualStreamId >= 0) {
            return Attachment.of(viommu.id(), (int) virtualStreamId);
        }
        boolean globalBypass = guest.config() != StreamTableEntryLayout.STE_0_CONFIG_S1;
        return globalBypass && !abortNeedsVdevice ? Attachment.NOT_ATTACHED : -Errno.ENOENT;
    }

    @Override
    public int attachBlocked(BoundDevice device) {
        // The order of the driver: nothing is forwarded from here on, then the hardware is told (window W3).
        commit(device, Attachment.NOT_ATTACHED);
        config.attachSerialLock().lock();
        try {
            install(device, BLOCKED);
            invalidations.leaveAll(device);
            disableFaults(device);
            return 0;
        } finally {
            config.attachSerialLock().unlock();
        }
    }

    @Override
    public void destroyViommu(VIommu viommu) {
        guard.synchronize();
    }

    @Override
    public int initVdevice(VDevice vdevice) {
        long attachment = Attachment.of(vdevice.viommu().id(), vdevice.virtualStreamId());
        guard.vdeviceSet(vdevice.device().host().firstStreamId(), attachment);
        return 0;
    }

    @Override
    public void destroyVdevice(VDevice vdevice) {
        guard.vdeviceCleared(vdevice.device().host().firstStreamId());
    }

    @Override
    public void drainFaults() {
        faultPath.drain();
    }

    @Override
    public void respond(int streamId, int group, int code, long stamp) {
        int response = code == FaultLayout.SUCCESS
            ? CommandLayout.RESUME_0_RESPONSE_RETRY
            : CommandLayout.RESUME_0_RESPONSE_ABORT;
        faultPath.resume(streamId, group, response, stamp);
    }

    private void disableFaults(BoundDevice device) {
        for (int streamId : device.streamIds()) {
            faultPath.disable(streamId);
        }
    }

    private void install(BoundDevice device, StreamTableEntry entry) {
        entry.copyTo(target);
        int[] streamIds = device.streamIds();
        for (int i = 0; i < streamIds.length; i++) {
            if (!seenBefore(streamIds, i)) {
                writer.write(config.table(), streamIds[i], target);
            }
        }
    }

    private static boolean seenBefore(int[] streamIds, int i) {
        for (int j = 0; j < i; j++) {
            if (streamIds[j] == streamIds[i]) {
                return true;
            }
        }
        return false;
    }

    private void commit(BoundDevice device, long attachment) {
        int[] streamIds = device.streamIds();
        for (int i = 0; i < streamIds.length; i++) {
            if (!seenBefore(streamIds, i)) {
                config.attachProbe().committing(streamIds[i], attachment);
            }
        }
        // The vmaster is the device's: one exchange for all its streams.
        guard.commit(streamIds[0], attachment);
        for (int i = 0; i < streamIds.length; i++) {
            if (!seenBefore(streamIds, i)) {
                config.attachProbe().committed(streamIds[i], attachment);
            }
        }
        commits.incrementAndGet();
    }

    static StreamTableEntry nestedEntry(ParentDomain parent, GuestStreamTableEntry guest) {
        return StreamTableEntry.nested(stage2(parent), guest, false);
    }

    private static Stage2Configuration stage2(ParentDomain parent) {
        // Any values that differ from parent to parent will do: what counts here is which words of the entry change.
        int vtcr = StreamTableEntryLayout.vtcr(24, 2, 1, 1, 3, 0, 5);
        return new Stage2Configuration(parent.id() & VMID_MASK, (long) parent.id() << PAGE_SHIFT, vtcr, true, false);
    }

    InvalidationArrays invalidations() {
        return invalidations;
    }

    AttachStatistics statistics() {
        config.attachSerialLock().lock();
        try {
            return new AttachStatistics(
                commits.get(), writer.syncCount(), writer.hitlessCount(), writer.disruptiveCount());
        } finally {
            config.attachSerialLock().unlock();
        }
    }
}
