package dev.steward.loadgen.load;

import dev.steward.engine.event.EventQueue;
import dev.steward.engine.iommufd.FaultQueue;
import dev.steward.engine.iommufd.HostDevice;
import dev.steward.engine.iommufd.VEventQueue;
import dev.steward.engine.smmu.EventOutcome;
import dev.steward.engine.smmu.FaultFence;
import dev.steward.engine.smmu.GracePeriodInput;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.Smmu;
import dev.steward.engine.smmu.SmmuConfig;
import dev.steward.engine.stream.StreamTable;
import dev.steward.loadgen.guest.CellShared;
import dev.steward.loadgen.guest.Delay;
import dev.steward.loadgen.guest.Errors;
import dev.steward.loadgen.guest.Guest;
import dev.steward.loadgen.guest.GuestDevice;
import dev.steward.loadgen.guest.GuestFigures;
import dev.steward.loadgen.guest.GuestViommu;
import dev.steward.loadgen.guest.PrintBudget;
import dev.steward.loadgen.oracle.AttachState;
import dev.steward.loadgen.oracle.DeliveryLedger;
import dev.steward.loadgen.oracle.DeviceStates;
import dev.steward.loadgen.oracle.EventOracles;
import dev.steward.loadgen.oracle.KeptAttachment;
import dev.steward.loadgen.oracle.NestedEntries;
import dev.steward.loadgen.oracle.StalledTransactions;
import dev.steward.loadgen.oracle.Topology;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.Count;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.record.Window;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.loadgen.workload.ChurnSource;
import dev.steward.results.Tags;
import dev.steward.strategy.Strategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

/**
 * One SMMU of a cell with all that hangs on it: the guests' vIOMMUs with a parent domain and a vEVENTQ each, and every
 * device attached to its first vIOMMU.
 */
public final class SmmuSetup {
    private final CellShared shared;
    private final Smmu smmu;
    private final Topology topology;
    private final DeviceStates states;
    private final AtomicIntegerArray viommuIds;
    private final NestedEntries entries;
    private final List<KeptAttachment> kept = new ArrayList<>();
    private final ChurnProbe churnProbe;
    private final EventOracles eventOracles;
    private final int[] deviceOfPosition;
    private final GuestViommu[] viommus;
    private final List<GuestDevice> devices = new ArrayList<>();
    private final List<Guest> guests = new ArrayList<>();

    /** Builds it. */
    public SmmuSetup(int id, CellShared shared, StreamPlan streams, Strategy strategy) {
        this.shared = shared;
        topology = shared.topology();
        Scenario scenario = shared.scenario();
        StreamTable table = shared.seams().streamTable(newTable(scenario, streams));
        for (int streamId : streams.streamIds()) {
            table.allocate(streamId);
        }
        AttachState attachState = new AttachState(table.capacity());
        Delay sync = shared.delay(ScenarioKey.STE_SYNC);
        GracePeriodInput gracePeriods = GracePeriodTimes.of(scenario, shared.clock(), id, shared.seed());
        churnProbe = new ChurnProbe(shared.clock(), table, attachState);
        smmu = new Smmu(new SmmuConfig(
            id,
            table,
            scenario.count(ScenarioKey.EVENTQ_LOG2_SIZE),
            scenario.count(ScenarioKey.EVENTQ_MAX_STALLS),
            shared.iommufd(),
            context -> strategy.create(context.withGracePeriods(gracePeriods)),
            churnProbe,
            churnProbe,
            streamId -> sync.spend(),
            shared.attachSerialLock(),
            shared.seams().fence(FaultFence.of(scenario.text(ScenarioKey.FENCE)))));
        Delay cons = shared.delay(ScenarioKey.COST_CONS);
        if (!cons.isZero()) {
            smmu.eventQueue().consWrite(cons::spend);
        }
        if (scenario.text(ScenarioKey.EVENTQ_MERGE).equals("yes")) {
            smmu.eventQueue().mergeEvents();
        }
        states = new DeviceStates(topology.devices());
        viommuIds = new AtomicIntegerArray(topology.viommuNumbers());
        entries = new NestedEntries(topology.viommuNumbers());
        viommus = newViommus();
        FaultQueue[] faultQueues = newFaultQueues();
        for (HostDevice physical : physical(id, streams)) {
            Errors.check(smmu.probe(physical), "probe");
            // One each, as each is of one attach thread.
            kept.add(new KeptAttachment(shared.clock(), table, attachState));
            devices.add(new GuestDevice(
                shared, smmu, viommus, states, kept.get(devices.size()), faultQueues, physical, devices.size()));
        }
        for (int viommu = 0; viommu < topology.viommus(); viommu++) {
            // There is a device for each vIOMMU, and the first ones are at home with one each.
            viommus[viommu].open(topology.guestOf(viommu), devices.get(viommu).deviceId());
        }
        devices.forEach(GuestDevice::start);
        for (int guest = 0; guest < topology.guests(); guest++) {
            guests.add(newGuest(guest));
        }
        deviceOfPosition = deviceOfPosition(table, streams);
        eventOracles = new EventOracles(
            shared.clock(), attachState, shared.virtualIds(), deviceOfPosition, viommuIds,
            new DeliveryLedger(
                shared.clock(), table, topology, states, smmu.vdevicePointerStored(),
                Arrays.stream(faultQueues).mapToInt(FaultQueue::id).toArray()));
    }

    private static StreamTable newTable(Scenario scenario, StreamPlan streams) {
        int sidBits = scenario.count(ScenarioKey.TABLE_SID_BITS);
        if (scenario.text(ScenarioKey.TABLE_FORMAT).equals("linear")) {
            return StreamTable.linear(sidBits);
        }
        int split = Math.min(sidBits, scenario.count(ScenarioKey.TABLE_SPLIT));
        long blocks = Arrays.stream(streams.streamIds()).map(streamId -> streamId >>> split).distinct().count();
        return StreamTable.twoLevel(sidBits, split, Math.toIntExact(blocks));
    }

    private List<HostDevice> physical(int id, StreamPlan streams) {
        int perDevice = topology.streamsPerDevice();
        return IntStream.range(0, topology.devices())
            .mapToObj(number -> new HostDevice(
                id * topology.devices() + number, id,
                Arrays.copyOfRange(streams.streamIds(), number * perDevice, (number + 1) * perDevice)))
            .toList();
    }

    private GuestViommu[] newViommus() {
        int stuckGuests = shared.scenario().count(ScenarioKey.VMM_STUCK_GUESTS);
        GuestViommu[] made = new GuestViommu[topology.viommuNumbers()];
        for (int i = 0; i < made.length; i++) {
            boolean stuck = i < topology.viommus() && topology.guestOf(i) < stuckGuests;
            made[i] = new GuestViommu(shared, viommuIds, entries, i, stuck);
        }
        return made;
    }

    private FaultQueue[] newFaultQueues() {
        return shared.scenario().text(ScenarioKey.STALLS).equals("queue")
            ? shared.vmms().stream().map(vmm -> shared.faultQueues().add(vmm.context())).toArray(FaultQueue[]::new)
            : new FaultQueue[0];
    }

    private Guest newGuest(int guest) {
        return new Guest(
            guest,
            IntStream.range(0, topology.devices())
                .filter(device -> topology.guestOfDevice(device) == guest).mapToObj(devices::get).toList(),
            IntStream.range(0, topology.viommus())
                .filter(viommu -> topology.guestOf(viommu) == guest).mapToObj(i -> viommus[i]).toList());
    }

    private int[] deviceOfPosition(StreamTable table, StreamPlan streams) {
        int[] numbers = new int[table.capacity()];
        Arrays.fill(numbers, -1);
        for (int stream = 0; stream < streams.count(); stream++) {
            numbers[table.indexOf(streams.streamIds()[stream])] = topology.deviceOf(stream);
        }
        return numbers;
    }

    /** Figures of the guests, for a cell with this window. */
    public GuestFigures newGuestFigures(Window window) {
        int[] guestOfPosition = Arrays.stream(deviceOfPosition)
            .map(device -> device < 0 ? -1 : topology.guestOfDevice(device)).toArray();
        return new GuestFigures(window, guestOfPosition, topology.guests());
    }

    /** The SMMU's look at the entry of a device, before its event is taken. */
    public SteObserver newSteObserver(GuestFigures figures, StalledTransactions stalled, EventSink sink) {
        StreamTable table = smmu.table();
        return new SteObserver(
            shared.clock(), table, shared.seams().words(table::readWordAcquire), entries, figures, stalled, sink);
    }

    /** For the thread that invalidates for the guests. */
    public InvalidationArray newInvalidationArray() {
        Delay sync = shared.delay(ScenarioKey.STE_SYNC);
        return new InvalidationArray(
            shared.iommufd(), topology, shared.virtualIds(), states, viommuIds,
            shared.scenario().count(ScenarioKey.INVALIDATION_BATCH), sync::spend);
    }

    /** The load of one attach thread. */
    public ChurnLoad newChurnLoad(
        Window window, Pacer pacer, Recorders recorders, ChurnSource source, int attachThread) {
        return new ChurnLoad(
            shared.clock(), new OpenLoop(shared.clock(), window, pacer, recorders.recorder(Tags.SLIP_CHURN)), recorders,
            source, churnProbe, this::device,
            stream -> guests.get(topology.guestOfStream(stream)), viommus[topology.viommus() + attachThread]);
    }

    /** What the SMMU and the vIOMMUs counted; what is wrong with them by then is held against the cell. */
    public void addTo(CellReport report, long endNs) {
        for (EventOutcome outcome : EventOutcome.values()) {
            addEvents(report, outcome, smmu.ledger().of(outcome));
        }
        EventQueue queue = smmu.eventQueue();
        report.add(Count.LOST_AT_RING, queue.discarded());
        report.add(Count.MERGED, queue.merged());
        report.add(Count.OVERFLOWS_PRINTED, queue.overflowsDetected());
        report.add(Count.STILL_QUEUED, queue.produced() - queue.consumed() + queue.held());
        GuardStatistics guard = smmu.guardStatistics();
        report.add(Count.RETRIES, guard.retries());
        report.add(Count.FALLBACKS, guard.fallbacks());
        report.add(Count.READER_WAITS, guard.readerWaits());
        report.add(Count.GRACE_PERIODS, guard.gracePeriods());
        report.add(Count.DEFERRED_PEAK_BYTES, guard.deferredPeakBytes());
        report.add(Count.GUARD_BYTES, guard.footprintBytes());
        report.add(smmu.contention());
        report.add(Count.STREAM_TABLE_BYTES, smmu.table().offHeapBytes());
        report.add(Count.EVENTQ_BYTES, queue.sizeBytes());
        report.add(Count.STE_SYNCS, smmu.attachStatistics().syncs());
        report.add(Count.DISRUPTIVE, smmu.attachStatistics().disruptive());
        eventOracles.addTo(report);
        kept.forEach(one -> report.add(one.count()));
        for (GuestViommu viommu : viommus) {
            viommu.addTo(report, endNs);
        }
    }

    private static void addEvents(CellReport report, EventOutcome outcome, long events) {
        switch (outcome) {
            // To the guest both are a gap that its lost-events marker tells of.
            case LOST_IN_VEVENTQ, NO_MEMORY -> report.add(Count.LOST_IN_VEVENTQ, events);
            // A driver prints both: the event belongs to no guest at that moment.
            case UNATTACHED, NO_VDEVICE -> report.add(Count.UNATTACHED, events);
            case UNKNOWN_STREAM -> report.add(Count.UNKNOWN_STREAM, events);
            case NOT_FORWARDED -> report.add(Count.NOT_FORWARDED, events);
            case STALL_QUEUED -> report.add(Count.STALLS_QUEUED, events);
            case STALL_ABORTED, STALL_NO_MEMORY -> report.add(Count.STALLS_ABORTED, events);
            case NO_VEVENTQ, DESTROYED_VIOMMU -> report.add(Count.MISREPORTED, events);
            default -> {
                // queued: the VMM counts those that it reads
            }
        }
    }

    public Smmu smmu() {
        return smmu;
    }

    /** Of all SMMUs of the cell. */
    public PrintBudget printBudget() {
        return shared.printBudget();
    }

    public ChurnProbe churnProbe() {
        return churnProbe;
    }

    public EventOracles eventOracles() {
        return eventOracles;
    }

    public List<GuestViommu> viommus() {
        return List.of(viommus);
    }

    /** The vEVENTQs that there are at the moment. */
    public List<VEventQueue> veventqs() {
        return Arrays.stream(viommus).map(GuestViommu::veventq).filter(Objects::nonNull).toList();
    }

    /** The device that owns a stream. */
    public GuestDevice device(int stream) {
        return devices.get(topology.deviceOf(stream));
    }
}
