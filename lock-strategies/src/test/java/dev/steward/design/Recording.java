package dev.steward.design;

import dev.steward.engine.event.EventRecord;
import dev.steward.engine.iommufd.BoundDevice;
import dev.steward.engine.iommufd.HostDevice;
import dev.steward.engine.iommufd.IommuDriver;
import dev.steward.engine.iommufd.NestedDomain;
import dev.steward.engine.iommufd.VDevice;
import dev.steward.engine.iommufd.VIommu;
import dev.steward.engine.smmu.EventProbe;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.smmu.VDeviceScan;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.SectionLock;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Locks and seams of the engine that tell a {@link LockOrder} what is taken and given back. */
final class Recording {
    static final String GROUP = "igroup.lock";
    static final String ASID = "arm_smmu_asid_lock";
    static final String VDEVS = "vdevs.xa_lock";
    static final String FAULT_PARAM = "fault_param.lock";
    static final String VEVENTQS = "veventqs_rwsem";
    static final String VEVENTQ = "veventq.lock";

    private static final Set<LockStrategy> SPINNING =
        EnumSet.of(LockStrategy.TICKET, LockStrategy.MCS, LockStrategy.RWLOCK_SPIN);

    private final LockOrder order;

    Recording(LockOrder order) {
        this.order = order;
    }

    SectionLock lock(String lockClass, LockStrategy lock, GuardContext context) {
        return new RecordedLock(lockClass,
            SPINNING.contains(lock) ? LockOrder.Kind.SPINS : LockOrder.Kind.SLEEPS,
            DesignParts.PLAIN.create(lockClass, lock, context));
    }

    GuardContext context(GuardContext context) {
        return new GuardContext(
            context.index(), context.maxReaders(), context.listener(), new RecordedScan(context.vdevices()),
            context.gracePeriods(), context.contention());
    }

    private <T> T holding(String name, LockOrder.Kind kind, Supplier<T> body) {
        order.acquire(name, kind);
        try {
            return body.get();
        } finally {
            order.release(name);
        }
    }

    /** The driver-global lock. */
    ReentrantLock asidLock() {
        return new AsidLock();
    }

    /** The core calls the driver under the lock of the group. */
    IommuDriver driver(IommuDriver driver) {
        return new GroupLocked(driver);
    }

    /** What a report takes inside the section. */
    EventProbe probe() {
        return new EventProbe() {
            @Override
            public void inside(EventRecord event, int viommuId, int virtualStreamId) {
                order.acquire(VEVENTQS, LockOrder.Kind.SLEEPS);
                order.acquire(VEVENTQ, LockOrder.Kind.SPINS);
            }

            @Override
            public void insideStall(EventRecord event) {
                order.acquire(FAULT_PARAM, LockOrder.Kind.SLEEPS);
            }

            @Override
            public void reported(EventRecord event) {
                if (event.stalls()) {
                    order.release(FAULT_PARAM);
                } else {
                    order.release(VEVENTQ);
                    order.release(VEVENTQS);
                }
            }
        };
    }

    private final class RecordedLock implements SectionLock {
        private final String name;
        private final LockOrder.Kind kind;
        private final SectionLock lock;

        RecordedLock(String name, LockOrder.Kind kind, SectionLock lock) {
            this.name = name;
            this.kind = kind;
            this.lock = lock;
        }

        @Override
        public long lockShared(int reader) {
            order.acquire(name, kind);
            return lock.lockShared(reader);
        }

        @Override
        public void unlockShared(int reader, long token) {
            lock.unlockShared(reader, token);
            order.release(name);
        }

        @Override
        public long lockExclusive() {
            order.acquire(name, kind);
            return lock.lockExclusive();
        }

        @Override
        public void unlockExclusive(long token) {
            lock.unlockExclusive(token);
            order.release(name);
        }

        @Override
        public GuardStatistics statistics() {
            return lock.statistics();
        }
    }

    private final class RecordedScan implements VDeviceScan {
        private final VDeviceScan scan;

        RecordedScan(VDeviceScan scan) {
            this.scan = scan;
        }

        @Override
        public HostDevice deviceOf(int streamId) {
            return scan.deviceOf(streamId);
        }

        @Override
        public long virtualStreamId(int viommuId, HostDevice device) {
            return holding(VDEVS, LockOrder.Kind.SPINS, () -> scan.virtualStreamId(viommuId, device));
        }

        @Override
        public int reportUnderLock(int viommuId, HostDevice device, ReportSink sink) {
            return holding(VDEVS, LockOrder.Kind.SPINS, () -> scan.reportUnderLock(viommuId, device, sink));
        }
    }

    private final class AsidLock extends ReentrantLock {
        private static final long serialVersionUID = 1;

        @Override
        public void lock() {
            order.acquire(ASID, LockOrder.Kind.SLEEPS);
            super.lock();
        }

        @Override
        public void unlock() {
            super.unlock();
            order.release(ASID);
        }
    }

    private final class GroupLocked implements IommuDriver {
        private final IommuDriver driver;

        GroupLocked(IommuDriver driver) {
            this.driver = driver;
        }

        @Override
        public int attachNested(BoundDevice device, NestedDomain domain) {
            return holding(GROUP, LockOrder.Kind.SLEEPS, () -> driver.attachNested(device, domain));
        }

        @Override
        public int attachBlocked(BoundDevice device) {
            return holding(GROUP, LockOrder.Kind.SLEEPS, () -> driver.attachBlocked(device));
        }

        @Override
        public int initVdevice(VDevice vdevice) {
            return holding(GROUP, LockOrder.Kind.SLEEPS, () -> driver.initVdevice(vdevice));
        }

        @Override
        public void destroyVdevice(VDevice vdevice) {
            holding(GROUP, LockOrder.Kind.SLEEPS, () -> {
                driver.destroyVdevice(vdevice);
                return 0;
            });
        }

        @Override
        public void destroyViommu(VIommu viommu) {
            driver.destroyViommu(viommu);
        }

        @Override
        public void drainFaults() {
            driver.drainFaults();
        }

        @Override
        public void respond(int streamId, int group, int code, long stamp) {
            driver.respond(streamId, group, code, stamp);
        }

        @Override
        public int checkNestedDomain(VIommu viommu, long steWord0, long steWord1) {
            return driver.checkNestedDomain(viommu, steWord0, steWord1);
        }
    }
}
