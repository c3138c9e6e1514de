package dev.steward.loadgen.cell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.stream.CommandLayout;
import dev.steward.loadgen.guest.GuestViommu;
import dev.steward.loadgen.load.InvalidationArray;
import dev.steward.loadgen.load.InvalidationLoad;
import dev.steward.loadgen.load.Pacer;
import dev.steward.loadgen.load.Setups;
import dev.steward.loadgen.load.SmmuSetup;
import dev.steward.loadgen.load.StreamPlan;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.FakeClock;
import dev.steward.loadgen.record.IntervalRecorder;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.record.Window;
import dev.steward.loadgen.workload.ArrivalProcess;
import dev.steward.loadgen.workload.SyntheticInvalidations;
import dev.steward.results.CellRecord;
import dev.steward.results.Tags;
import dev.steward.strategy.LockStrategy;
import java.util.List;
import org.HdrHistogram.AbstractHistogram;
import org.junit.jupiter.api.Test;

/** Invalidations on a real engine: by hand on a clock of the test, and beside churn in whole cells. */
class InvalidationLoadTest {
    private static final long MS = 1_000_000;
    private static final long TICK_NS = 1_000;
    private static final long START_NS = 20 * MS;
    private static final Window WINDOW = new Window(START_NS, START_NS + 20 * MS, START_NS + 120 * MS);
    private static final int STREAM = 3;

    private final FakeClock clock = new FakeClock(0, TICK_NS);
    private final Recorders recorders = new Recorders(WINDOW);
    private InvalidationArray array;

    @Test
    void shouldPutTheStreamIdOfTheDeviceIntoEachCommand() {
        SmmuSetup setup = setup("invalidation.batch=4");
        int physical = StreamPlan.of(Setups.scenario(), null).streamIds()[STREAM];
        array = setup.newInvalidationArray();

        for (Runnable move : List.<Runnable>of(
            () -> { }, () -> setup.device(STREAM).replaceByAnother(0), () -> setup.device(STREAM).renewVdevice())) {
            move.run();
            array.invalidate(STREAM);
            for (int command = 0; command < 4; command++) {
                assertThat(array.word0(command)).isEqualTo(CommandLayout.invalidateAtcWord0(physical));
            }
        }
        assertThat(array.issued()).isEqualTo(12);
        assertThat(array.missed()).isZero();
        assertThat(array.syncs()).isEqualTo(3);
    }

    @Test
    void shouldCountAMissAndIssueNoSyncWhenTheVdeviceOrTheVIommuIsGone() {
        SmmuSetup setup = setup("invalidation.batch=4", "guests=4");
        array = setup.newInvalidationArray();
        setup.device(STREAM).stop();
        array.invalidate(STREAM);
        assertThat(array.missed()).isEqualTo(4);

        setup.device(7).stop();
        setup.viommus().get(STREAM).close();
        array.invalidate(STREAM);

        assertThat(array.issued()).isEqualTo(array.missed()).isEqualTo(8);
        assertThat(array.syncs()).isZero();
    }

    @Test
    void shouldHoldNoPinBetweenTwoBatches() {
        SmmuSetup setup = setup();
        int users = setup.viommus().get(STREAM).viommu().users();

        setup.newInvalidationArray().invalidate(STREAM);

        assertThat(setup.viommus().get(STREAM).viommu().users()).isEqualTo(users);
    }

    @Test
    void shouldIssueEveryBatchOnItsTime() {
        InvalidationLoad load = run(setup("steSync=100us"), 1_000);

        assertThat(load.progress().generated()).isEqualTo(120);
        assertThat(load.progress().scheduled()).isEqualTo(load.progress().done()).isEqualTo(100);
        assertThat(array.issued()).isEqualTo(120 * 16);
        assertThat(of(Tags.INVALIDATE).getTotalCount()).isEqualTo(100);
        assertThat(of(Tags.INVALIDATE_RAW).getMinNonZeroValue()).as("with its SYNC").isGreaterThanOrEqualTo(100_000);
        assertThat(of(Tags.INVALIDATE_RAW).getMaxValue()).as("one SYNC for the batch").isLessThan(200_000);
        assertThat(of(Tags.SLIP_INVALIDATE).getMaxValue()).isLessThanOrEqualTo(2 * TICK_NS);
    }

    @Test
    void shouldCountAStallAgainstTheBatchesThatCameDueInIt() {
        clock.stallAt(START_NS + 50 * MS + MS / 2, 10 * MS);
        run(setup(), 1_000);

        assertThat(of(Tags.INVALIDATE).getCountBetweenValues(MS / 4, 20 * MS)).isEqualTo(10);
        assertThat(of(Tags.INVALIDATE_RAW).getMaxValue()).isLessThan(MS / 4);
    }

    @Test
    void shouldGiveUpWhenItIsTooSlow() {
        InvalidationLoad load = run(setup("steSync=100us"), 20_000);

        assertThat(load.progress().scheduled()).isEqualTo(2_000);
        assertThat(load.progress().done()).isLessThan(1_250);
    }

    /** vIOMMUs are made and destroyed beside it: no call may keep one from going, none may meet a dead one. */
    @Test
    void shouldGoOnBesideVIommusThatComeAndGo() {
        Cell cell = WholeCells.runUntil(
            Setups.scenario(
                "guests=4", "churn.mix.move=0", "churn.mix.same-viommu=10", "churn.mix.block=0",
                "churn.mix.migrate=10", "churn.mix.viommu=10", "storm.rate=5k/s", "churn.rate=1k/s",
                "invalidation.rate=400k/s", "steSync=1us", "warmup=0", "duration=200ms"),
            LockStrategy.MUTEX, true,
            any -> WholeCells.brokeAPromise(any)
                || any.report().invalidations().commands() > any.report().invalidations().misses()
                && any.report().invalidations().syncs() > 0
                && any.smmus().get(0).setup().viommus().stream().anyMatch(viommu -> viommu.destroys() > 0));
        CellReport report = cell.report();

        assertThat(report.oracles()).allSatisfy(oracle ->
            assertThat(oracle.violations()).as(oracle.name()).isZero());
        assertThat(report.invalidations().commands()).isPositive().isGreaterThan(report.invalidations().misses());
        assertThat(report.invalidations().syncs()).isPositive();
        assertThat(cell.smmus().get(0).setup().viommus()).extracting(GuestViommu::destroys).anySatisfy(
            destroys -> assertThat(destroys).isPositive());
        assertThat(report.rates()).extracting(CellRecord.Rate::load)
            .containsExactly("storm", "churn", "invalidation");
        CellRecord.Rate rate = report.rates().get(2);
        assertThat(rate.targetPerSecond()).isEqualTo(400_000);
        assertThat(rate.done() % 16).isZero();
        assertThat(rate.scheduled()).isGreaterThanOrEqualTo(rate.done() / 2);
    }

    @Test
    void shouldLeaveNoTraceInACellThatDoesNotAskForIt() {
        Cell cell = WholeCells.run(
            Setups.scenario("storm.rate=2k/s", "warmup=0", "duration=50ms"), LockStrategy.MUTEX, false);
        CellReport report = cell.report();

        assertThat(report.invalidations()).isNull();
        assertThat(report.rates()).extracting(CellRecord.Rate::load).containsExactly("storm", "churn");
        assertThat(cell.recorders().all()).extracting(IntervalRecorder::tag)
            .doesNotContain(Tags.INVALIDATE, Tags.INVALIDATE_RAW, Tags.SLIP_INVALIDATE);
    }

    private SmmuSetup setup(String... overrides) {
        return Setups.setup(Setups.scenario(overrides), clock);
    }

    private InvalidationLoad run(SmmuSetup setup, double perSecond) {
        SyntheticInvalidations source = new SyntheticInvalidations(ArrivalProcess.constant(perSecond), 8, 1);
        array = setup.newInvalidationArray();
        InvalidationLoad load = new InvalidationLoad(clock, WINDOW, new Pacer(clock, 0), source, array, recorders);
        load.run();
        return load;
    }

    private AbstractHistogram of(String tag) {
        return recorders.all().stream().filter(recorder -> recorder.tag().equals(tag))
            .findFirst().orElseThrow().intervals()[0];
    }
}
