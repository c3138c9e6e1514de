package dev.steward.engine.smmu;

import dev.steward.engine.event.EventQueue;
import dev.steward.engine.iommufd.Errno;
import dev.steward.engine.iommufd.HostDevice;
import dev.steward.engine.iommufd.IommuDriver;
import dev.steward.engine.iommufd.ParentDomain;
import dev.steward.engine.stream.GuestStreamTableEntry;
import dev.steward.engine.stream.StreamTable;
import dev.steward.engine.stream.StreamTableEntry;
import dev.steward.engine.stream.Waiting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One SMMU instance: stream table, event queue, guard, and the two paths that meet at the guard: the event handler on
 * one side, the driver's attach operations on the other.
 *
 * <p>Threading: probe, release and attach from any control thread; one handler thread, or as many as it was built for.
 */
public final class Smmu implements AutoCloseable {
    /** The event handler is the only reader: its interrupt is IRQF_ONESHOT. */
    private static final int ONE_READER = 1;

    private final SmmuConfig config;
    private final EventQueue eventQueue;
    private final ContentionCounters contention = new ContentionCounters();
    private final MasterIndex index;
    private final AttachmentGuard guard;
    private final List<EventLedger> ledgers = new CopyOnWriteArrayList<>();
    private final FaultPath faultPath;
    private final SmmuDriver driver;
    private final Map<Integer, HostDevice> masters = new HashMap<>();

    /**
     * Builds the instance with one event source; every StreamID is unknown.
     *
     * @param config what it is built from.
     */
    public Smmu(SmmuConfig config) {
        this(config, ONE_READER);
    }

    /**
     * Builds the instance; every StreamID is unknown.
     *
     * @param config  what it is built from.
     * @param readers event sources, each with a handler of its own, 1 or more. The event queue is one; the queue of
     *                page requests would be a second (docs/domain.md, 7.4).
     */
    public Smmu(SmmuConfig config, int readers) {
        this.config = config;
        eventQueue = new EventQueue(config.eventqLog2Size(), config.maxStalls());
        index = new MasterIndex(config.table());
        guard = Objects.requireNonNull(config.guards().apply(new GuardContext(
            index, readers, config.listener(), new ViommuScan(config.iommufd(), this::masterOf),
            GracePeriodInput.NONE, contention)), "the strategy has made no guard, but null");
        faultPath = new FaultPath(config.table(), eventQueue, config.fence());
        driver = new SmmuDriver(config, guard, faultPath);
    }

    /**
     * Takes a device over: makes its table entries and lets its streams be known (the driver's probe_device,
     * docs/domain.md, 1.3).
     *
     * @param device behind this SMMU.
     * @return 0, -ERANGE for a StreamID outside the table, -ENODEV for one that another device owns; on failure nothing
     *         has changed.
     * @throws IllegalStateException if a two-level table was made with too few blocks; at most blocks were added then.
     */
    public synchronized int probe(HostDevice device) {
        for (int streamId : device.streamIds()) {
            if (!config.table().contains(streamId)) {
                return -Errno.ERANGE;
            }
            HostDevice owner = masters.get(streamId);
            if (owner != null && owner != device) {
                return -Errno.ENODEV;
            }
        }
        for (int streamId : device.streamIds()) {
            config.table().allocate(streamId);
        }
        boolean known = masters.containsKey(device.firstStreamId());
        for (int streamId : device.streamIds()) {
            masters.put(streamId, device);
        }
        // Probed again: what is attached stays attached.
        if (!known) {
            index.join(device.streamIds());
            guard.commit(device.firstStreamId(), Attachment.NOT_ATTACHED);
        }
        return 0;
    }

    /**
     * Lets go of a device (the driver's release_device). The core has blocked it before.
     *
     * @param device that was probed.
     */
    public synchronized void release(HostDevice device) {
        if (masters.get(device.firstStreamId()) == device) {
            guard.commit(device.firstStreamId(), Attachment.UNKNOWN_STREAM);
            index.part(device.streamIds());
            for (int streamId : device.streamIds()) {
                masters.remove(streamId);
            }
        }
    }

    private synchronized HostDevice masterOf(int streamId) {
        return masters.get(streamId);
    }

    /** {@return the driver operations that iommufd calls, the same instance each time} */
    public IommuDriver driver() {
        return driver;
    }

    /**
     * Opens an event handler without a thread of its own, for a caller that hands it events directly. As many at a time
     * as there are readers, an {@link EventThread} counted.
     *
     * @param probe watches the events.
     * @return handler, for the calling thread.
     */
    public EventHandler openHandler(EventProbe probe) {
        EventLedger ledger = new EventLedger();
        EventHandler handler = new EventHandler(config.iommufd(), guard, faultPath, probe, ledger);
        ledgers.add(ledger);
        return handler;
    }

    /**
     * Makes the threaded interrupt handler and connects it to the event queue.
     *
     * @param probe            watches the events.
     * @param spinsBeforeSleep looks at the queue before it sleeps, 0 or more.
     * @return to be run by one thread.
     */
    public EventThread eventThread(EventProbe probe, int spinsBeforeSleep) {
        return eventThread(probe, Waiting.SPIN_PARK, spinsBeforeSleep);
    }

    /**
     * The same with another way to wait for records.
     *
     * @param probe            watches the events.
     * @param waiting          how it waits.
     * @param looksBeforeSleep looks at the queue before it sleeps, if it does, 0 or more.
     * @return to be run by one thread.
     */
    public EventThread eventThread(EventProbe probe, Waiting waiting, int looksBeforeSleep) {
        return new EventThread(eventQueue, () -> openHandler(probe), waiting, looksBeforeSleep);
    }

    /**
     * Connects the model of the stalled transactions. Before the first event.
     *
     * @param listener told of each RESUME.
     */
    public void onResume(ResumeListener listener) {
        faultPath.listener(listener);
    }

    FaultPath faultPath() {
        return faultPath;
    }

    /**
     * The entry of a stream that is attached to a nested domain.
     *
     * @param parent of the vIOMMU.
     * @param guest  the checked words of the guest.
     * @return the entry, as every SMMU installs it.
     */
    public static StreamTableEntry nestedEntry(ParentDomain parent, GuestStreamTableEntry guest) {
        return SmmuDriver.nestedEntry(parent, guest);
    }

    /** {@return the number of this SMMU} */
    public int id() {
        return config.id();
    }

    /** {@return the hardware event queue, the same instance each time} */
    public EventQueue eventQueue() {
        return eventQueue;
    }

    /** {@return the stream table, the same instance each time} */
    public StreamTable table() {
        return config.table();
    }

    /** {@return what all handlers opened so far did with their events, a snapshot; exact once they have stopped} */
    public EventLedger ledger() {
        return EventLedger.sumOf(ledgers);
    }

    /** {@return counters of what the attach path did, a snapshot} */
    public AttachStatistics attachStatistics() {
        return driver.statistics();
    }

    /** {@return counters of what the guard had to do, a snapshot} */
    public GuardStatistics guardStatistics() {
        return guard.statistics();
    }

    /** {@return what the locks and readers of the guard count} */
    public ContentionCounters contention() {
        return contention;
    }

    /** {@return whether events go by a pointer to the vDEVICE, see {@link AttachmentGuard#vdevicePointerStored()}} */
    public boolean vdevicePointerStored() {
        return guard.vdevicePointerStored();
    }

    /** Frees the off-heap memory. The handler has ended, nobody attaches any more. */
    @Override
    public void close() {
        guard.close();
        config.table().close();
    }
}
