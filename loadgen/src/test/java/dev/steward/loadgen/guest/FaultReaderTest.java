package dev.steward.loadgen.guest;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.steward.engine.iommufd.AttachHandle;
import dev.steward.engine.iommufd.BoundDevice;
import dev.steward.engine.iommufd.Context;
import dev.steward.engine.iommufd.FaultLayout;
import dev.steward.engine.iommufd.FaultQueue;
import dev.steward.engine.iommufd.HostDevice;
import dev.steward.engine.iommufd.IommuDriver;
import dev.steward.engine.iommufd.Iommufd;
import dev.steward.engine.iommufd.NestedDomain;
import dev.steward.engine.iommufd.ParentDomain;
import dev.steward.engine.iommufd.VIommu;
import dev.steward.engine.stream.CommandLayout;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.FakeClock;
import dev.steward.loadgen.record.IntervalRecorder;
import dev.steward.loadgen.record.Oracle;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.record.Window;
import dev.steward.results.CellRecord;
import dev.steward.results.Tags;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class FaultReaderTest {
    private static final long DELAY_NS = 1_000;
    private static final Window WINDOW = new Window(0, 0, 1_000_000_000L);

    private final FakeClock clock = new FakeClock(0, 0);
    private final FaultQueues queues = new FaultQueues();
    private final Context context = new Iommufd().open();
    private final FaultQueue queue = queues.add(context);
    private final Recorders recorders = new Recorders(WINDOW);
    private final FaultReader reader = new FaultReader(clock, WINDOW, recorders, queues, DELAY_NS, true);
    private final BoundDevice device = context.bind(new HostDevice(1, 0, 0x10), new Driver());
    private AttachHandle handle;
    private int resumes;

    @BeforeEach
    void attach() {
        int ioas = context.allocateIoas().id();
        int parent = context.allocateParentDomain(device.id(), ioas, ParentDomain.FLAG_NEST_PARENT).id();
        int viommu = context.allocateViommu(device.id(), parent, VIommu.TYPE_ARM_SMMUV3, 0).id();
        device.attach(context.allocateFaultableDomain(device.id(), viommu, queue.id(), 0, 0));
        handle = device.group().handle();
    }

    private void fault(long intendedNs) {
        queue.report(handle, 0x10, 1, 0, 0, FaultLayout.PERMISSION_READ, 0, intendedNs);
    }

    private void runToTheEnd() {
        queues.stop();
        reader.run();
    }

    @Test
    void shouldAnswerEveryFaultOnceAndRecordFromTheIntendedArrival() {
        for (int i = 0; i < 200; i++) {
            fault(i);
        }
        clock.advance(50_000);
        runToTheEnd();

        assertThat(queue.answered()).isEqualTo(200);
        assertThat(resumes).isEqualTo(200);
        assertThat(reader.answeredOnce().violations()).isZero();
        assertThat(reader.fence().violations()).isZero();
        IntervalRecorder recorder = recorders.all().stream()
            .filter(one -> one.tag().equals(Tags.FAULT_RESPONSE)).findFirst().orElseThrow();
        assertThat(Arrays.stream(recorder.intervals()).mapToLong(one -> one.getTotalCount()).sum()).isEqualTo(200);
        assertThat(Arrays.stream(recorder.intervals()).mapToLong(one -> one.getMaxValue()).max().orElse(0))
            .isGreaterThanOrEqualTo(50_000 - 200);
    }

    @Test
    void shouldNotAnswerBeforeTheGuestIsReady() throws InterruptedException {
        FaultReader slow = new FaultReader(clock, WINDOW, recorders, queues, Long.MAX_VALUE / 2, true);
        Thread thread = new Thread(slow);
        fault(0);
        thread.start();
        while (queue.readable()) {
            Thread.onSpinWait();
        }
        assertThat(queue.answered()).isZero();
        queues.stop();
        thread.join();
        assertThat(queue.answered()).isOne();
    }

    @Test
    void shouldNotAllocateWhenItLooksIntoTheQueues() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        queues.stop();
        long fewest = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 10; attempt++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            reader.run();
            fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
        }

        assertThat(fewest).isZero();
    }

    @Test
    void shouldAccuseAFaultThatWasNeverAnswered() {
        fault(0);
        assertThat(reader.answeredOnce().violations()).isOne();
        runToTheEnd();
        assertThat(reader.answeredOnce().violations()).isZero();
    }

    @Test
    void shouldRecordNoAbort() {
        fault(0);
        device.detach();
        runToTheEnd();

        assertThat(resumes).isOne();
        assertThat(recorders.all()).filteredOn(recorder -> recorder.tag().equals(Tags.FAULT_RESPONSE)).hasSize(1)
            .allSatisfy(recorder -> assertThat(recorder.intervals()[0].getTotalCount()).isZero());
    }

    @Test
    void shouldAccuseAFaultThatCameThroughAFreedHandle() {
        device.detach();
        fault(0);
        assertThat(reader.fence().violations()).isOne();
    }

    @Test
    void shouldCountAFaultThroughAFreedHandleAndAccuseNobodyWhenThereIsNoFence() {
        FaultReader unfenced = new FaultReader(clock, WINDOW, recorders, queues, DELAY_NS, false);
        device.detach();
        fault(0);
        CellReport report = new CellReport(WINDOW, recorders);
        unfenced.addTo(report);

        assertThat(report.stalls().throughFreedHandle()).isOne();
        assertThat(report.oracles()).filteredOn(oracle -> oracle.name().equals(Oracle.FAULT_FENCE.label()))
            .singleElement().returns(0L, CellRecord.Oracle::violations).returns(0L, CellRecord.Oracle::checks);
    }

    /** A driver without a fence. */
    private final class Driver implements IommuDriver {
        @Override
        public int attachNested(BoundDevice attached, NestedDomain domain) {
            return 0;
        }

        @Override
        public int attachBlocked(BoundDevice blocked) {
            return 0;
        }

        @Override
        public void respond(int streamId, int group, int code, long stamp) {
            resumes++;
            reader.resumed(streamId, group,
                code == FaultLayout.SUCCESS
                    ? CommandLayout.RESUME_0_RESPONSE_RETRY : CommandLayout.RESUME_0_RESPONSE_ABORT,
                stamp);
        }
    }
}
