package dev.steward.engine.iommufd;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The iommufd character device: opens contexts, numbers objects, and finds a vIOMMU on the path of an event.
 *
 * <p>Ids are unique over all contexts and are never handed out twice (own rule: the kernel numbers per file and reuses
 * ids). A strategy stores a vIOMMU id where the driver stores a pointer; a reused id would turn a stale "pointer" into
 * a valid one and hide exactly the mistakes that the suite looks for.
 *
 * <p>Safe for any number of threads.
 */
public final class Iommufd {
    private final AtomicInteger lastId = new AtomicInteger();
    private final VIommuTable viommus = new VIommuTable();
    /** Who has claimed the DMA of each group, by its number; under its own monitor. */
    private final Map<Integer, Context> dmaOwners = new HashMap<>();
    private final KernelVersion kernel;
    private final ReportCosts costs;

    /** Creates a device of the {@linkplain KernelVersion#NEWEST newest} kernel without open files. */
    public Iommufd() {
        this(KernelVersion.NEWEST);
    }

    /**
     * Creates a device without open files.
     *
     * @param kernel whose steps are taken, by iommufd and by the drivers of the SMMUs below it.
     */
    public Iommufd(KernelVersion kernel) {
        this(kernel, ReportCosts.NONE);
    }

    /**
     * Creates a device without open files, whose reports take time.
     *
     * @param kernel whose steps are taken.
     * @param costs  of the steps of a report.
     */
    public Iommufd(KernelVersion kernel, ReportCosts costs) {
        this.kernel = kernel;
        this.costs = costs;
    }

    /** {@return the kernel whose steps are taken} */
    public KernelVersion kernel() {
        return kernel;
    }

    ReportCosts costs() {
        return costs;
    }

    /** Opens the device: a new context with one reference, that of the file. */
    public Context open() {
        return new Context(this);
    }

    /**
     * Finds a vIOMMU the way an event thread follows a pointer: wait-free, without pin, and also after its destroy,
     * until its context is closed.
     *
     * @param id object id of a vIOMMU of any context.
     * @return the vIOMMU, maybe {@linkplain IommufdObject#destroyed() destroyed}; null if the id is none of a vIOMMU or
     *         its context has been closed.
     */
    public VIommu viommu(int id) {
        return viommus.find(id);
    }

    /**
     * Claims the DMA of a group for a context, as the first bind there does (iommu_device_claim_dma_owner).
     *
     * @throws IommufdException EPERM while another context has it.
     */
    void claimDma(int groupId, Context context) {
        synchronized (dmaOwners) {
            Context owner = dmaOwners.putIfAbsent(groupId, context);
            if (owner != null && owner != context) {
                throw new IommufdException(Errno.EPERM, "group " + groupId + " is bound in another context");
            }
        }
    }

    void releaseDma(int groupId) {
        synchronized (dmaOwners) {
            dmaOwners.remove(groupId);
        }
    }

    VIommuTable viommus() {
        return viommus;
    }

    int nextId() {
        int id = lastId.incrementAndGet();
        if (id <= 0) {
            lastId.decrementAndGet();
            throw new IommufdException(Errno.ENOSPC, "all 2^31 - 1 object ids are used up");
        }
        return id;
    }
}
