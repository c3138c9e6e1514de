package dev.steward.loadgen.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.steward.catalog.Strategies;
import dev.steward.loadgen.load.Setups;
import dev.steward.loadgen.load.SmmuSetup;
import dev.steward.loadgen.load.StreamPlan;
import dev.steward.loadgen.load.Workloads;
import dev.steward.loadgen.oracle.SteTag;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.Count;
import dev.steward.loadgen.record.FakeClock;
import dev.steward.loadgen.record.IntervalRecorder;
import dev.steward.loadgen.record.Oracle;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.selfcheck.BrokenStrategy;
import dev.steward.loadgen.workload.ChurnKind;
import dev.steward.results.CellRecord;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.Strategy;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole cells in this JVM, judged by what must hold on any machine, however loaded: counts, never rates. */
class CellTest {
    private static final List<String> RING = List.of(Oracle.RING_ACCOUNT.label(), Oracle.HANDLER_ASLEEP.label());
    /** A guest whose devices may be away cannot migrate. */
    private static final EnumSet<ChurnKind> ALL_BUT_MOVES = EnumSet.complementOf(EnumSet.of(ChurnKind.MOVE));

    static Stream<Arguments> cells() {
        return Arrays.stream(LockStrategy.values()).filter(strategy -> strategy.refusal().isEmpty())
            .flatMap(strategy -> Stream.of(Arguments.of(strategy, false), Arguments.of(strategy, true)));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void shouldAccountForEveryEvent(LockStrategy strategy, boolean ring) {
        Cell cell = WholeCells.run(
            Setups.scenario("storm.rate=5k/s", "churn.rate=500/s", "warmup=20ms", "duration=100ms"), strategy, ring);
        CellReport report = cell.report();
        CellRecord.Ledger ledger = report.ledger();

        assertThat(ledger.balance()).isZero();
        assertThat(ledger.generated()).isPositive();
        assertThat(ledger.delivered()).isPositive();
        assertThat(ledger.stillQueued()).isZero();
        assertThat(ledger.unknownStream()).isZero();
        assertThat(cell.report().stalls().refused()).isZero();
        assertThat(WholeCells.churns(cell).get(0).progress().generated())
            .isEqualTo(Arrays.stream(ChurnKind.values()).mapToLong(WholeCells.churns(cell).get(0)::done).sum());
    }

    @ParameterizedTest
    @MethodSource("cells")
    void shouldBreakNoPromiseOfAGuardUnderChurn(LockStrategy strategy, boolean ring) {
        assumeThat(strategy).as("a negative control").isNotIn(LockStrategy.UNGUARDED, LockStrategy.UNGUARDED_POINTER);
        Cell cell = WholeCells.runUntil(
            Setups.scenario(
                "streams=2", "viommus=2", "storm.rate=20k/s", "churn.rate=2k/s", "section=10us", "warmup=0",
                "churn.mix.viommu=10", "stalls=queue", "fence=software", "storm.stallShare=0.1",
                "fault.operation=replace", "fault.nth=20", "duration=120ms"),
            strategy, ring,
            any -> WholeCells.brokeAPromise(any)
                || oracles(any).stream().allMatch(oracle ->
                    oracle.checks() > 0 || !ring && RING.contains(oracle.name())));

        assertThat(oracles(cell)).hasSize(Oracle.values().length).allSatisfy(oracle -> {
            assertThat(oracle.violations()).as(oracle.name()).isZero();
            // An oracle that had nothing to look at does not claim a check.
            assertThat(oracle.checks() > 0).as(oracle.name()).isEqualTo(ring || !RING.contains(oracle.name()));
            assertThat(oracle.firstAtMs()).isNull();
        });
    }

    @ParameterizedTest
    @MethodSource("cells")
    void shouldAccountForEveryEventUnderOverload(LockStrategy strategy, boolean ring) {
        Cell cell = WholeCells.run(
            Setups.scenario(
                "eventq.log2size=1", "veventq.depth=1", "eventq.maxStalls=2", "storm.stallShare=0.3",
                "storm.rate=50k/s", "churn.rate=500/s", "section=100us", "vmm.wake=poll", "vmm.poll=5ms",
                "warmup=0", "duration=100ms"),
            strategy,
            ring,
            ledger -> ledger.stallAborted() > 0 && ledger.lostInVeventq() > 0 && (ledger.lostAtRing() > 0 || !ring));
        CellRecord.Ledger ledger = cell.report().ledger();

        assertThat(ledger.balance()).isZero();
        assertThat(ledger.stallAborted()).isPositive();
        assertThat(ledger.lostInVeventq()).isPositive();
        assertThat(ledger.lostAtRing() > 0).isEqualTo(ring);
        CellRecord.Prints prints = cell.report().prints();
        assertThat(prints.events() + prints.suppressed()).isEqualTo(ledger.stallAborted() + ledger.unattached()
            + ledger.unknownStream() + ledger.notForwarded() + ledger.misreported());
        assertThat(prints.events()).isBetween(1L, 20L);
        assertThat(prints.overflows() > 0).isEqualTo(ring);
        assertThat(ofGuests(cell, CellRecord.Guest::lostAtRing)).isEqualTo(ledger.lostAtRing());
        assertThat(ofGuests(cell, CellRecord.Guest::lost)).isEqualTo(ledger.lostInVeventq());
        assertThat(ofGuests(cell, CellRecord.Guest::refused)).isEqualTo(cell.report().stalls().refused());
        assertThat(ledger.stillQueued()).isZero();
        assertThat(oracles(cell)).filteredOn(oracle -> !oracle.name().equals("after-attach-returned"))
            .allSatisfy(oracle -> assertThat(oracle.violations()).as(oracle.name()).isZero());
    }

    @ParameterizedTest
    @MethodSource("cells")
    void shouldAccountForEveryEventOfSeveralSmmus(LockStrategy strategy, boolean ring) {
        Scenario scenario = Setups.scenario(
            "smmus=2", "churn.threads=2", "storm.rate=2k/s", "churn.rate=200/s", "invalidation.rate=10k/s", "warmup=0",
            "duration=100ms");
        Cell cell = WholeCells.run(scenario, strategy, ring);

        assertThat(cell.report().ledger().balance()).isZero();
        assertThat(cell.smmus()).hasSize(2);
        assertThat(WholeCells.churns(cell)).hasSize(4);
        // What the size of the heap of a cell is worked out from.
        assertThat(Recorders.bytes(
            cell.recorders().all().stream().map(IntervalRecorder::tag).toList(), cell.frame().window().lengthNs()))
            .isEqualTo(CellMemory.recorderBytes(cell.frame().scenario()));
    }

    /** The guests take their time, so most stalls find as many outstanding as the SMMU can hold. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldAccountForEveryEventWhenStallsMustWaitInTheDevice(boolean ring) {
        Cell cell = WholeCells.runUntil(
            Setups.scenario(
                "stalls=queue", "storm.stallShare=0.5", "eventq.maxStalls=3", "vmm.responseDelay=10ms",
                "storm.rate=20k/s", "churn.rate=200/s", "warmup=0", "duration=100ms"),
            LockStrategy.MUTEX,
            ring,
            any -> WholeCells.brokeAPromise(any)
                || any.report().ledger().stallQueued() > 6 && any.report().stalls().refused() > 0);
        CellReport report = cell.report();
        CellRecord.Stalls stalls = report.stalls();

        assertThat(report.ledger().balance()).isZero();
        assertThat(stalls.queued()).isPositive().isEqualTo(stalls.answered() + stalls.answeredAutomatically());
        assertThat(stalls.refused()).isPositive().isEqualTo(ofGuests(cell, CellRecord.Guest::refused));
        assertThat(oracles(cell)).allSatisfy(oracle -> assertThat(oracle.violations()).as(oracle.name()).isZero());
        assertThat(oracles(cell)).filteredOn(oracle -> oracle.name().equals("resumed-once"))
            .allSatisfy(oracle -> assertThat(oracle.checks()).as("each stall, and each queue once")
                .isGreaterThanOrEqualTo(stalls.queued() + stalls.aborted() + cell.smmus().size()));
    }

    /** Whatever the kernel's order of steps, and whatever a detach waits for, nothing is lost or answered twice. */
    @ParameterizedTest
    @CsvSource({"6.11, none", "6.11, software", "6.15, none", "7.2, none", "7.2, software", "7.2, drain"})
    void shouldKeepItsPromisesUnderEveryKernelAndFence(String kernel, String fence) {
        Cell cell = WholeCells.runUntil(
            Setups.scenario(
                "kernel=" + kernel, "fence=" + fence, "stalls=queue", "storm.stallShare=0.5", "storm.rate=20k/s",
                "guests=2", "churn.mix.replace=70", "churn.mix.detach-attach=20", "churn.mix.move=0",
                "churn.mix.block=20", "churn.rate=500/s", "warmup=0", "duration=100ms"),
            LockStrategy.MUTEX,
            true,
            any -> WholeCells.brokeAPromise(any) || any.report().ledger().stallQueued() > 0
                && (fence.equals("none") || oracles(any).get(Oracle.FAULT_FENCE.ordinal()).checks() > 0));

        assertThat(cell.report().ledger().balance()).isZero();
        assertThat(oracles(cell)).allSatisfy(oracle -> assertThat(oracle.violations()).as(oracle.name()).isZero());
        assertThat(oracles(cell)).filteredOn(oracle -> oracle.name().equals("fault-fence"))
            .allSatisfy(oracle -> assertThat(oracle.checks() > 0).isEqualTo(!fence.equals("none")));
    }

    /** One commit moves four streams; the oracles look at each of them. */
    @ParameterizedTest
    @ValueSource(strings = {"mutex", "rcu-page", "streams-mutex", "table-rwlock", "rcu-sync"})
    void shouldKeepItsPromisesWhenDevicesHaveSeveralStreams(String strategy) {
        Cell cell = WholeCells.run(
            Setups.scenario(
                "streams=16", "streamsPerDevice=4", "viommus=4", "guests=2", "churn.mix.replace=70",
                "churn.mix.detach-attach=20", "churn.mix.unplug=20", "churn.mix.move=0", "churn.rate=500/s",
                "warmup=0", "duration=100ms"),
            Strategies.byName(strategy).orElseThrow(), true);

        assertThat(cell.report().ledger().balance()).isZero();
        assertThat(oracles(cell)).allSatisfy(oracle -> assertThat(oracle.violations()).as(oracle.name()).isZero());
    }

    /** Every kind of operation at once, on guests with two vIOMMUs each: no event is lost sight of. */
    @ParameterizedTest
    @MethodSource("cells")
    void shouldAccountForEveryEventWhateverTheChurnDoes(LockStrategy strategy, boolean ring) {
        Cell cell = WholeCells.runUntil(
            Setups.scenario(
                "guests=2", "churn.threads=2", "churn.mix.replace=70", "churn.mix.detach-attach=20",
                "churn.mix.same-viommu=10", "churn.mix.move=0", "churn.mix.vdevice=20", "churn.mix.unplug=20",
                "churn.mix.viommu=20", "churn.mix.reboot=10", "churn.mix.migrate=10",
                "stalls=queue", "storm.stallShare=0.2", "vmm.responseDelay=2ms",
                "storm.rate=20k/s", "churn.rate=1k/s", "section=5us", "warmup=0", "duration=120ms"),
            strategy,
            ring,
            any -> strategy.description().ranked() && WholeCells.brokeAPromise(any) || everyKindWasDone(any));
        CellReport report = cell.report();
        CellRecord.Deliveries deliveries = report.deliveries();

        assertThat(report.ledger().balance()).isZero();
        assertThat(report.ledger().stillQueued()).isZero();
        assertThat(deliveries.right()).isPositive();
        CellRecord.Stalls stalls = report.stalls();
        assertThat(stalls.answered()).isPositive();
        assertThat(stalls.answeredAutomatically()).isPositive();
        assertThat(stalls.queued()).isEqualTo(stalls.answered() + stalls.answeredAutomatically());
        assertThat(deliveries.windows()).filteredOn(window -> window.window().equals("W8"))
            .allSatisfy(window -> assertThat(window.lost()).isEqualTo(stalls.answeredAutomatically()));
        assertThat(report.guests()).hasSize(2)
            .allSatisfy(guest -> assertThat(guest.offered()).isGreaterThanOrEqualTo(guest.delivered()));
        assertThat(ALL_BUT_MOVES).allSatisfy(kind ->
            assertThat(WholeCells.churns(cell)).as(kind.label()).anySatisfy(churn ->
                assertThat(churn.done(kind)).isPositive()));
        if (strategy.description().ranked()) {
            assertThat(oracles(cell)).allSatisfy(oracle ->
                assertThat(oracle.violations()).as(oracle.name()).isZero());
        }
    }

    private static boolean everyKindWasDone(Cell cell) {
        CellReport report = cell.report();
        CellRecord.Stalls stalls = report.stalls();
        return report.deliveries().right() > 0 && stalls.answered() > 0 && stalls.answeredAutomatically() > 0
            && ALL_BUT_MOVES.stream()
                .allMatch(kind -> WholeCells.churns(cell).stream().anyMatch(churn -> churn.done(kind) > 0));
    }

    /** Devices with several StreamIDs: one vDEVICE and one attach for all of them, and no promise broken. */
    @ParameterizedTest
    @MethodSource("cells")
    void shouldBreakNoPromiseToDevicesWithSeveralStreams(LockStrategy strategy, boolean ring) {
        Cell cell = WholeCells.runUntil(
            Setups.scenario(
                "streams=16", "streamsPerDevice=" + (ring ? 4 : 2), "guests=2", "churn.threads=2",
                "churn.mix.replace=40", "churn.mix.detach-attach=20", "churn.mix.same-viommu=10",
                "churn.mix.vdevice=20", "churn.mix.unplug=20", "churn.mix.move=20", "churn.mix.reboot=10",
                "storm.rate=10k/s", "storm.skew=uniform",
                "churn.rate=500/s", "warmup=0", "duration=100ms"),
            strategy,
            ring,
            any -> strategy.description().ranked() && WholeCells.brokeAPromise(any)
                || any.report().deliveries().right() > 0);

        assertThat(cell.report().ledger().balance()).isZero();
        assertThat(cell.report().deliveries().right()).isPositive();
        if (strategy.description().ranked()) {
            assertThat(oracles(cell)).allSatisfy(oracle ->
                assertThat(oracle.violations()).as(oracle.name()).isZero());
        }
    }

    @Test
    void shouldAttachAllStreamsOfADeviceAtOnceUnderOneVirtualId() {
        Scenario scenario = Setups.scenario("streamsPerDevice=4", "viommus=2", "churn.within=any");
        int[] streamIds = StreamPlan.of(scenario, null).streamIds();
        SmmuSetup setup = Setups.setup(scenario, new FakeClock(0, 1));
        assertThat(setup.device(0)).isSameAs(setup.device(3)).isNotSameAs(setup.device(4));

        for (int stream = 1; stream < 4; stream++) {
            assertThat(word0(setup, streamIds[stream])).isEqualTo(word0(setup, streamIds[0]));
        }
        assertThat(SteTag.viommu(word0(setup, streamIds[0]))).isZero();
        assertThat(SteTag.viommu(word0(setup, streamIds[7]))).isOne();
        setup.device(2).replaceByAnother(0);
        assertThat(Arrays.stream(streamIds, 0, 4).mapToLong(streamId -> word0(setup, streamId)).distinct()).hasSize(1);
        assertThat(SteTag.viommu(word0(setup, streamIds[0]))).isOne();
    }

    private static long word0(SmmuSetup setup, int streamId) {
        return setup.smmu().table().readWordAcquire(streamId, 0);
    }

    @Test
    void shouldMergeEqualRecordsOfAStormAndAccountForThem() {
        Cell cell = WholeCells.run(
            Setups.scenario(
                "streams=1", "viommus=1", "eventq.merge=yes", "churn.rate=0", "storm.rate=50k/s", "section=200us",
                "warmup=0", "duration=100ms"),
            LockStrategy.MUTEX,
            true,
            ledger -> ledger.merged() > 0);

        assertThat(cell.report().ledger().balance()).isZero();
        assertThat(cell.report().ledger().merged()).isPositive()
            .isEqualTo(ofGuests(cell, CellRecord.Guest::merged));
    }

    private static long ofGuests(Cell cell, ToLongFunction<CellRecord.Guest> figure) {
        return cell.report().guests().stream().mapToLong(figure).sum();
    }

    @Test
    void shouldFillTheQueueOfAStuckVmmAndLeaveTheOthersAlone() {
        Cell cell = WholeCells.runUntil(
            Setups.scenario(
                "streams=2", "viommus=2", "storm.skew=uniform", "vmm.stuckGuests=1", "veventq.depth=16",
                "churn.rate=0", "storm.rate=5k/s", "vmm.wake=event", "warmup=0", "duration=120ms"),
            LockStrategy.MUTEX,
            true,
            any -> any.report().guests().get(0).lost() > 0
                && any.report().guests().get(1).delivered() > 16);
        List<CellRecord.Guest> guests = cell.report().guests();

        assertThat(cell.report().ledger().balance()).isZero();
        assertThat(guests.get(0).lost()).isPositive();
        assertThat(guests.get(0).delivered()).isLessThanOrEqualTo(16);
        assertThat(guests.get(1).delivered()).isGreaterThan(16);
    }

    @Test
    void shouldHaveNoChurnWhenItsRateIsZero() {
        Cell cell = WholeCells.run(
            Setups.scenario("churn.rate=0", "viommus=1", "storm.rate=2k/s", "warmup=0", "duration=50ms"),
            LockStrategy.MUTEX,
            true);
        CellReport report = cell.report();

        assertThat(report.rates()).extracting(CellRecord.Rate::load).containsExactly("storm");
        assertThat(report.ledger().balance()).isZero();
        assertThat(report.ledger().unattached()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Timeout(120)
    void shouldFailAtOnceWithTheReasonWhenAThreadOfItFails(boolean ring) {
        Cell cell = cell(
            Setups.scenario(
                "storm.rate=2k/s", "churn.rate=200/s", "invalidation.rate=1k/s", "warmup=10min", "duration=60min"),
            new BrokenStrategy((sink, viommu, id) -> {
                throw new IllegalStateException("it broke");
            }), ring);

        assertThatThrownBy(cell::run)
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("a thread of the cell failed: java.lang.IllegalStateException: it broke");
        assertThat(CellsInTurnTest.threadsOfCells()).as("threads left").isEmpty();
        cell.close();
    }

    /** As an attach on a lock that a failed handler has not given back. */
    @Test
    @Timeout(120)
    void shouldFailWithTheReasonWhenAnotherThreadOfItNeverEnds() throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        AtomicReference<Thread> stuck = new AtomicReference<>();
        Cell cell = cell(
            Setups.scenario("smmus=2", "storm.rate=2k/s", "churn.rate=0", "warmup=0", "duration=60min"),
            new BrokenStrategy((sink, viommu, id) -> {
                if (!stuck.compareAndSet(null, Thread.currentThread())) {
                    throw new IllegalStateException("it broke");
                }
                while (over.getCount() > 0) {
                    LockSupport.parkNanos(1_000_000);
                }
                return sink.report(viommu, id);
            }), true);

        assertThatThrownBy(cell::run).hasMessageEndingWith("it broke");
        assertThat(stuck.get().isAlive()).isTrue();
        cell.close();
        over.countDown();
        stuck.get().join();
    }

    private static Cell cell(Scenario scenario, Strategy strategy, boolean ring) {
        StreamPlan streams = StreamPlan.of(scenario, null);
        return new Cell(Clock.SYSTEM, scenario, new Workloads(scenario, null, streams, 1), streams, strategy, ring);
    }

    @Test
    void shouldCountWhatCannotBeAccountedFor() {
        CellReport report = WholeCells.run(Setups.scenario(
            "storm.rate=2k/s", "churn.rate=0", "warmup=0", "duration=50ms"), LockStrategy.MUTEX, false).report();
        report.add(Count.GENERATED, 1);

        assertThat(report.oracles()).filteredOn(result -> result.violations() > 0)
            .extracting(CellRecord.Oracle::name).containsExactly("conservation");
    }

    private static List<CellRecord.Oracle> oracles(Cell cell) {
        return cell.report().oracles();
    }
}
