package dev.steward.loadgen.load;

import dev.steward.engine.event.EventRecord;
import dev.steward.engine.iommufd.BoundDevice;
import dev.steward.engine.iommufd.Context;
import dev.steward.engine.iommufd.FaultQueue;
import dev.steward.engine.iommufd.HostDevice;
import dev.steward.engine.iommufd.Iommufd;
import dev.steward.engine.iommufd.ParentDomain;
import dev.steward.engine.iommufd.VEventQueue;
import dev.steward.engine.smmu.Smmu;
import dev.steward.engine.smmu.SmmuConfig;
import dev.steward.engine.stream.StreamTable;
import dev.steward.engine.stream.StreamTableEntryLayout;
import dev.steward.loadgen.guest.Errors;
import dev.steward.loadgen.guest.FaultQueues;
import dev.steward.loadgen.guest.Guest;
import dev.steward.loadgen.guest.GuestDevice;
import dev.steward.loadgen.guest.GuestFigures;
import dev.steward.loadgen.guest.GuestViommu;
import dev.steward.loadgen.guest.VmmQueues;
import dev.steward.loadgen.oracle.AttachState;
import dev.steward.loadgen.oracle.DeliveryLedger;
import dev.steward.loadgen.oracle.DeviceStates;
import dev.steward.loadgen.oracle.EventOracles;
import dev.steward.loadgen.oracle.Oracle;
import dev.steward.loadgen.oracle.OracleCount;
import dev.steward.loadgen.oracle.StalledTransactions;
import dev.steward.loadgen.oracle.Topology;
import dev.steward.loadgen.oracle.VirtualIds;
import dev.steward.loadgen.record.BusyWait;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.record.Window;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.loadgen.workload.ChurnSource;
import dev.steward.strategy.Strategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * One SMMU of a cell with all that hangs on it: the guests' vIOMMUs with a parent domain and a vEVENTQ each, and every
 * device attached to its first vIOMMU.
 */
public final class SmmuSetup {
    private static final int VMID_MASK = (int) (StreamTableEntryLayout.STE_2_S2VMID_MASK);

    private final Smmu smmu;
    private final Topology topology;
    private final ChurnProbe churnProbe;
    private final EventOracles eventOracles;
    private final Supplier<InvalidationArray> invalidationArrays;
    private final int[] deviceOfPosition;
    private final GuestViommu[] slices;
    private final List<GuestDevice> devices = new ArrayList<>();
    private final List<Guest> guests = new ArrayList<>();

    /**
     * What the SMMUs of a cell share.
     *
     * @param iommufd          where vIOMMUs are found by id.
     * @param context          the one open file, which owns all objects.
     * @param attachSerialLock the driver-global attach lock.
     * @param queues           of the VMMs.
     * @param faultQueues      of the VMMs.
     */
    public record Host(
        Iommufd iommufd, Context context, Lock attachSerialLock, VmmQueues queues, FaultQueues faultQueues) {
    }

    public SmmuSetup(
        int id,
        Scenario scenario,
        StreamPlan streams,
        Strategy strategy,
        Host host,
        Clock clock) {
        topology = Topology.of(scenario);
        StreamTable table = newTable(scenario, streams);
        for (int streamId : streams.streamIds()) {
            table.allocate(streamId);
        }
        AttachState attachState = new AttachState(table.capacity());
        churnProbe = new ChurnProbe(clock, table, attachState);
        long syncNs = scenario.durationNs(ScenarioKey.STE_SYNC);
        smmu = new Smmu(new SmmuConfig(
            id,
            table,
            scenario.count(ScenarioKey.EVENTQ_LOG2_SIZE),
            scenario.count(ScenarioKey.EVENTQ_MAX_STALLS),
            host.iommufd,
            strategy::create,
            churnProbe,
            churnProbe,
            streamId -> BusyWait.forNs(clock, syncNs),
            host.attachSerialLock));
        if (scenario.text(ScenarioKey.EVENTQ_MERGE).equals("yes")) {
            smmu.eventQueue().mergeEvents();
        }
        VirtualIds virtualIds = new VirtualIds(topology.devices(), topology.slices());
        DeviceStates states = new DeviceStates(topology.devices());
        AtomicIntegerArray viommuId = new AtomicIntegerArray(topology.slices());
        List<HostDevice> physical = physical(id, streams);
        List<BoundDevice> bound = bind(physical, host.context);
        slices = newSlices(
            scenario,
            new GuestViommu.Host(
                host.context, host.queues, scenario.count(ScenarioKey.VEVENTQ_DEPTH), viommuId, clock),
            bound.get(0).id());
        GuestDevice.Host deviceHost = new GuestDevice.Host(
            host.context, smmu, topology, slices, virtualIds, states, clock, newFaultQueue(scenario, host),
            scenario.text(ScenarioKey.CHURN_WITHIN).equals("guest"));
        for (int number = 0; number < topology.devices(); number++) {
            GuestDevice device = new GuestDevice(deviceHost, physical.get(number), bound.get(number), number);
            device.start(topology.homeOf(number));
            devices.add(device);
        }
        for (int guest = 0; guest < topology.guests(); guest++) {
            guests.add(newGuest(guest));
        }
        invalidationArrays = () -> new InvalidationArray(
            host.iommufd, topology, virtualIds, states, viommuId, scenario.count(ScenarioKey.INVALIDATION_BATCH),
            () -> BusyWait.forNs(clock, syncNs));
        deviceOfPosition = deviceOfPosition(table, streams);
        eventOracles = new EventOracles(
            clock, attachState, virtualIds, deviceOfPosition, viommuId,
            new DeliveryLedger(clock, table, topology, states, smmu.vdevicePointerStored()));
    }

    private static FaultQueue newFaultQueue(Scenario scenario, Host host) {
        boolean queued = scenario.text(ScenarioKey.STALLS).equals("queue");
        return queued ? host.faultQueues.add(host.context) : null;
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

    private List<BoundDevice> bind(List<HostDevice> physical, Context context) {
        List<BoundDevice> bound = new ArrayList<>();
        for (HostDevice host : physical) {
            Errors.check(smmu.probe(host), "probe");
            bound.add(context.bind(host, smmu.driver()));
        }
        return bound;
    }

    private GuestViommu[] newSlices(Scenario scenario, GuestViommu.Host host, int deviceId) {
        int stuckGuests = scenario.count(ScenarioKey.VMM_STUCK_GUESTS);
        int ioas = host.context().allocateIoas().id();
        GuestViommu[] made = new GuestViommu[topology.slices()];
        for (int i = 0; i < made.length; i++) {
            ParentDomain parent = host.context().allocateParentDomain(deviceId, ioas, ParentDomain.FLAG_NEST_PARENT);
            boolean stuck = i < topology.viommus() && topology.guestOf(i) < stuckGuests;
            made[i] = new GuestViommu(host, i, stuck, parent);
            if (i < topology.viommus()) {
                made[i].open(deviceId);
            }
        }
        return made;
    }

    private Guest newGuest(int guest) {
        return new Guest(
            IntStream.range(0, topology.devices())
                .filter(device -> topology.guestOfDevice(device) == guest).mapToObj(devices::get).toList(),
            IntStream.range(0, topology.viommus())
                .filter(viommu -> topology.guestOf(viommu) == guest).mapToObj(i -> slices[i]).toList());
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
    public SteObserver newSteObserver(
        Clock clock, GuestFigures figures, StalledTransactions stalled, Consumer<EventRecord> taker) {
        StreamTable table = smmu.table();
        int[] vmidOfViommu = Arrays.stream(slices).mapToInt(slice -> slice.parentId() & VMID_MASK).toArray();
        return new SteObserver(clock, table, table::readWordAcquire, vmidOfViommu, figures, stalled, taker);
    }

    /** For the thread that invalidates for the guests. */
    public InvalidationArray newInvalidationArray() {
        return invalidationArrays.get();
    }

    /** Reports to a vIOMMU that had been destroyed, or was while they ran: seen by the vIOMMU, not by the handler. */
    public OracleCount reportsAcrossDestroy(long nowNs) {
        OracleCount across = new OracleCount(Oracle.DESTROYED_VIOMMU);
        across.checked(Arrays.stream(slices).mapToLong(GuestViommu::destroys).sum());
        long reports = Arrays.stream(slices).mapToLong(GuestViommu::reportsAcrossDestroy).sum();
        if (reports > 0) {
            across.violated(reports, nowNs);
        }
        return across;
    }

    public Smmu smmu() {
        return smmu;
    }

    public ChurnProbe churnProbe() {
        return churnProbe;
    }

    public EventOracles eventOracles() {
        return eventOracles;
    }

    public List<GuestViommu> slices() {
        return List.of(slices);
    }

    /** The vEVENTQs that there are at the moment. */
    public List<VEventQueue> veventqs() {
        return Arrays.stream(slices).map(GuestViommu::veventq).filter(Objects::nonNull).toList();
    }

    /** The load of one attach thread. */
    public ChurnLoad newChurnLoad(
        Clock clock, Window window, Recorders recorders, ChurnSource source, int attachThread) {
        return new ChurnLoad(
            clock, window, recorders, source, churnProbe, this::device,
            stream -> guests.get(topology.guestOfStream(stream)), slices[topology.viommus() + attachThread]);
    }

    /** The device that owns a stream. */
    public GuestDevice device(int stream) {
        return devices.get(topology.deviceOf(stream));
    }
}
