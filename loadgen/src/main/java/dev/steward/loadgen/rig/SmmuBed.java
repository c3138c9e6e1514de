package dev.steward.loadgen.rig;

import dev.steward.engine.iommufd.BoundDevice;
import dev.steward.engine.iommufd.Context;
import dev.steward.engine.iommufd.HostDevice;
import dev.steward.engine.iommufd.Iommufd;
import dev.steward.engine.iommufd.ParentDomain;
import dev.steward.engine.iommufd.VEventLayout;
import dev.steward.engine.iommufd.VEventQueue;
import dev.steward.engine.iommufd.VIommu;
import dev.steward.engine.iommufd.Waker;
import dev.steward.engine.smmu.Smmu;
import dev.steward.engine.smmu.SmmuConfig;
import dev.steward.engine.stream.StreamTable;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.strategy.Contestant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Lock;

/**
 * One SMMU of a cell with all that hangs on it: vIOMMUs with a parent domain and a vEVENTQ each, and every stream
 * attached to its first vIOMMU.
 */
final class SmmuBed {
    private final Smmu smmu;
    private final ChurnProbe churnProbe;
    private final EventOracles eventOracles;
    private final List<VIommu> viommus = new ArrayList<>();
    private final List<VEventQueue> veventqs = new ArrayList<>();
    private final List<GuestDevice> devices = new ArrayList<>();

    /**
     * What the SMMUs of a cell share.
     *
     * @param iommufd          where vIOMMUs are found by id.
     * @param context          the one open file, which owns all objects.
     * @param attachSerialLock the driver-global attach lock.
     * @param waker            called when a vEVENTQ becomes readable.
     */
    record Host(Iommufd iommufd, Context context, Lock attachSerialLock, Waker waker) {
    }

    SmmuBed(
        int id,
        Scenario scenario,
        StreamPlan streams,
        Contestant contestant,
        Host host,
        Clock clock) {
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
            contestant::create,
            churnProbe,
            churnProbe,
            streamId -> BusyWait.forNs(clock, syncNs),
            host.attachSerialLock));
        VirtualIds virtualIds = new VirtualIds(streams.count(), scenario.count(ScenarioKey.VIOMMUS));
        List<BoundDevice> bound = bind(id, streams, host.context);
        makeViommus(scenario, host.context, bound.get(0).id(), host.waker);
        for (int stream = 0; stream < streams.count(); stream++) {
            GuestDevice device = new GuestDevice(host.context, bound.get(stream), viommus, virtualIds, stream);
            device.start(stream % viommus.size());
            devices.add(device);
        }
        eventOracles = new EventOracles(
            clock, table, attachState, virtualIds, streamOfPosition(table, streams), viommuOfId());
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

    private List<BoundDevice> bind(int id, StreamPlan streams, Context context) {
        List<BoundDevice> bound = new ArrayList<>();
        for (int stream = 0; stream < streams.count(); stream++) {
            HostDevice host = new HostDevice(id * streams.count() + stream, id, streams.streamIds()[stream]);
            int result = smmu.probe(host);
            if (result < 0) {
                throw new IllegalStateException("probe of stream " + stream + " failed with errno " + -result);
            }
            bound.add(context.bind(host, smmu.driver()));
        }
        return bound;
    }

    private void makeViommus(Scenario scenario, Context context, int deviceId, Waker waker) {
        int ioas = context.allocateIoas().id();
        for (int i = 0; i < scenario.count(ScenarioKey.VIOMMUS); i++) {
            ParentDomain parent = context.allocateParentDomain(deviceId, ioas, ParentDomain.FLAG_NEST_PARENT);
            VIommu viommu = context.allocateViommu(deviceId, parent.id(), VIommu.TYPE_ARM_SMMUV3, 0);
            viommus.add(viommu);
            veventqs.add(context.allocateVeventq(
                viommu.id(),
                VEventLayout.TYPE_ARM_SMMUV3,
                scenario.count(ScenarioKey.VEVENTQ_DEPTH),
                0,
                waker));
        }
    }

    private static int[] streamOfPosition(StreamTable table, StreamPlan streams) {
        int[] streamOfPosition = new int[table.capacity()];
        Arrays.fill(streamOfPosition, -1);
        for (int stream = 0; stream < streams.count(); stream++) {
            streamOfPosition[table.indexOf(streams.streamIds()[stream])] = stream;
        }
        return streamOfPosition;
    }

    private int[] viommuOfId() {
        int largest = viommus.stream().mapToInt(VIommu::id).max().orElse(0);
        int[] viommuOfId = new int[largest + 1];
        Arrays.fill(viommuOfId, -1);
        for (int i = 0; i < viommus.size(); i++) {
            viommuOfId[viommus.get(i).id()] = i;
        }
        return viommuOfId;
    }

    /** Reports that a destroy of their vIOMMU overlapped: seen by the vIOMMU itself, not by the handler. */
    OracleCount reportsOverlappedByDestroy(long nowNs) {
        OracleCount overlapped = new OracleCount(Oracle.DESTROYED_VIOMMU);
        long reports = viommus.stream().mapToLong(VIommu::reportsOverlappedByDestroy).sum();
        if (reports > 0) {
            overlapped.checked(reports);
            overlapped.violated(reports, nowNs);
        }
        return overlapped;
    }

    Smmu smmu() {
        return smmu;
    }

    ChurnProbe churnProbe() {
        return churnProbe;
    }

    EventOracles eventOracles() {
        return eventOracles;
    }

    List<VEventQueue> veventqs() {
        return veventqs;
    }

    List<GuestDevice> devices() {
        return devices;
    }
}
