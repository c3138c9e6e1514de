package dev.steward.loadgen.load;

import dev.steward.engine.iommufd.Iommufd;
import dev.steward.engine.iommufd.VIommu;
import dev.steward.engine.stream.CommandLayout;
import dev.steward.loadgen.oracle.DeviceStates;
import dev.steward.loadgen.oracle.Topology;
import dev.steward.loadgen.oracle.VirtualIds;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * User-space invalidation of one SMMU's guests (HWPT_INVALIDATE on a vIOMMU, docs/domain.md, 6.1): a batch of ATC_INV
 * for ranges of one device, as a guest issues them that unmaps; each is looked up by its virtual StreamID and converted
 * under the lock of the vDEVICEs, one SYNC ends the batch.
 *
 * <p>The vIOMMU is found by its id and pinned for as long as the call lasts. A vDEVICE that the attach threads have
 * taken away at that moment, or a vIOMMU that is gone, is a miss: the answer is -EIO, which is right and is counted.
 * (own) The batch goes on behind a miss.
 *
 * <p>Threading: one thread; read after it has ended. Does not allocate.
 */
public final class InvalidationArray {
    /** The driver's batch has 64 entries, one of which is the SYNC. */
    static final int MAX_BATCH = 63;

    private static final int WORDS_PER_COMMAND = CommandLayout.COMMAND_LENGTH / Long.BYTES;
    private static final int ANY_VIOMMU = 0;
    private static final long PAGE = 4_096;

    private final Iommufd iommufd;
    private final Topology topology;
    private final VirtualIds virtualIds;
    private final DeviceStates states;
    private final AtomicIntegerArray viommuId;
    private final Runnable sync;
    private final long[] commands;
    private long issued;
    private long missed;
    private long syncs;

    /**
     * Makes an array.
     *
     * @param viommuId   iommufd object id by number of the vIOMMU, 0 for none.
     * @param batch      commands, 1 to {@link #MAX_BATCH}.
     */
    public InvalidationArray(
        Iommufd iommufd, Topology topology, VirtualIds virtualIds, DeviceStates states, AtomicIntegerArray viommuId,
        int batch, Runnable sync) {
        this.iommufd = iommufd;
        this.topology = topology;
        this.virtualIds = virtualIds;
        this.states = states;
        this.viommuId = viommuId;
        this.sync = sync;
        commands = new long[batch * WORDS_PER_COMMAND];
    }

    /** The guest that has the device of a stream invalidates one batch. */
    public void invalidate(int stream) {
        int device = topology.deviceOf(stream);
        int virtualStreamId = states.virtualStreamId(device);
        for (int word = 0; word < commands.length; word += WORDS_PER_COMMAND) {
            commands[word] = CommandLayout.invalidateAtcWord0(virtualStreamId);
            commands[word + 1] = CommandLayout.invalidateAtcWord1(word * PAGE, 0);
        }
        issued += batch();
        VIommu viommu = iommufd.viommu(viommuId.get(virtualIds.viommuOf(virtualStreamId, device, ANY_VIOMMU)));
        if (viommu == null || !viommu.tryPin()) {
            missed += batch();
            return;
        }
        try {
            issue(viommu);
        } finally {
            viommu.unpin();
        }
    }

    private void issue(VIommu viommu) {
        int converted = 0;
        for (int word = 0; word < commands.length; word += WORDS_PER_COMMAND) {
            if (viommu.convertCommand(commands, word) == 0) {
                converted++;
            }
        }
        missed += batch() - converted;
        if (converted > 0) {
            syncs++;
            sync.run();
        }
    }

    int batch() {
        return commands.length / WORDS_PER_COMMAND;
    }

    /** First words of the batch that was issued last, physical StreamIDs in those that were no miss. */
    public long word0(int command) {
        return commands[command * WORDS_PER_COMMAND];
    }

    /** Commands so far, misses included. */
    public long issued() {
        return issued;
    }

    /** Commands answered with -EIO. */
    public long missed() {
        return missed;
    }

    public long syncs() {
        return syncs;
    }
}
