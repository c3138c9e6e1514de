package dev.steward.loadgen.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loadgen.record.FakeClock;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.record.Window;
import dev.steward.loadgen.workload.ArrivalProcess;
import dev.steward.loadgen.workload.ChurnKind;
import dev.steward.loadgen.workload.ChurnSource;
import dev.steward.loadgen.workload.SyntheticChurn;
import dev.steward.loadgen.workload.WeightedChoice;
import dev.steward.loadgen.workload.Weights;
import dev.steward.results.Tags;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.stream.IntStream;
import org.HdrHistogram.AbstractHistogram;
import org.junit.jupiter.api.Test;

/** Attach operations on a real engine, on the thread of the test and a clock of its own. */
class ChurnLoadTest {
    private static final long MS = 1_000_000;
    private static final long TICK_NS = 1_000;
    private static final long START_NS = 20 * MS;
    private static final Window WINDOW = new Window(START_NS, START_NS + 20 * MS, START_NS + 120 * MS);

    private static final double[] ALL_BUT_MOVES = {20, 20, 10, 10, 10, 10, 10, 5, 5, 0};

    private final FakeClock clock = new FakeClock(0, TICK_NS);
    private final Recorders recorders = new Recorders(WINDOW);

    @Test
    void shouldCarryOutEveryOperationOnItsTime() {
        ChurnLoad churn = run("steSync=0");

        assertThat(churn.progress().generated()).isEqualTo(120);
        assertThat(churn.progress().scheduled()).isEqualTo(100);
        assertThat(churn.progress().done()).isEqualTo(100);
        assertThat(Arrays.stream(ChurnKind.values()).mapToLong(churn::done).sum()).isEqualTo(120);
        assertThat(EnumSet.complementOf(EnumSet.of(ChurnKind.MOVE)))
            .allSatisfy(kind -> assertThat(churn.done(kind)).as(kind.label()).isPositive());
        assertThat(of(Tags.SLIP_CHURN).getMaxValue()).isLessThanOrEqualTo(2 * TICK_NS);
        for (String tag : new String[] {Tags.ATTACH, Tags.ATTACH_RAW, Tags.ATTACH_COMMIT, Tags.SLIP_CHURN}) {
            assertThat(of(tag).getTotalCount()).isEqualTo(100);
        }
        assertThat(churn.late().violations()).isZero();
        assertThat(churn.late().checks()).isGreaterThanOrEqualTo(120);
    }

    /** A move is one operation from the close in one guest to the attach in the other, like any other of two steps. */
    @Test
    void shouldTimeAMoveFromTheCloseToTheAttachInTheOtherGuest() {
        SmmuSetup setup = Setups.setup(Setups.scenario("guests=2", "steSync=100us"), clock);
        ChurnLoad churn = run(setup, 1_000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

        assertThat(churn.done(ChurnKind.MOVE)).isEqualTo(120);
        assertThat(of(Tags.ATTACH).getTotalCount()).as("one for each").isEqualTo(100);
        assertThat(of(Tags.ATTACH_RAW).getMinNonZeroValue()).as("a sync at the close, one at the attach at the least")
            .isGreaterThan(200_000);
        assertThat(of(Tags.ATTACH_COMMIT).getTotalCount()).isEqualTo(100);
        assertThat(churn.late().violations()).isZero();
    }

    @Test
    void shouldCountAStallAgainstTheOperationsThatCameDueInIt() {
        clock.stallAt(START_NS + 50 * MS + MS / 2, 10 * MS);
        ChurnLoad churn = run("steSync=0");

        assertThat(churn.progress().done()).isEqualTo(churn.progress().scheduled()).isEqualTo(100);
        assertThat(of(Tags.SLIP_CHURN).getCountBetweenValues(MS / 4, 20 * MS)).isEqualTo(10);
        assertThat(of(Tags.SLIP_CHURN).getMaxValue()).isBetween(9 * MS + MS / 2, 10 * MS);
        assertThat(of(Tags.ATTACH).getCountBetweenValues(MS / 4, 20 * MS)).isEqualTo(10);
        assertThat(of(Tags.ATTACH_RAW).getMaxValue()).isLessThan(MS / 4);
    }

    @Test
    void shouldCountTheCostOfASyncInTheOperationAndInTheCommitOnlyWhatIsTheGuards() {
        run("steSync=100us");

        assertThat(of(Tags.ATTACH_RAW).getMinNonZeroValue()).isGreaterThan(100_000);
        assertThat(of(Tags.ATTACH_COMMIT).getMaxValue()).isLessThan(10 * TICK_NS);
    }

    @Test
    void shouldGiveUpAQuarterOfTheWindowAfterItsEndWhenItIsTooSlow() {
        // Due every 50 us, and none takes less than a sync.
        SmmuSetup slow = Setups.setup(Setups.scenario("steSync=100us", "guests=2"), clock);
        ChurnLoad churn = run(slow, 20_000);

        assertThat(churn.progress().generated()).isLessThan(1_450)
            .isEqualTo(Arrays.stream(ChurnKind.values()).mapToLong(churn::done).sum());
        assertThat(churn.progress().scheduled()).isEqualTo(2_000);
        assertThat(churn.progress().done()).isLessThan(1_250);
    }

    @Test
    void shouldAttachAndLetGoOfADeviceWithinTheSyncsThatACellIsGivenTimeFor() {
        SmmuSetup setup = Setups.setup(Setups.scenario("guests=2"), clock);
        long attached = setup.smmu().attachStatistics().syncs();
        setup.device(0).stop();

        assertThat(attached).isBetween(8L, 6L * 8);
        assertThat(setup.smmu().attachStatistics().syncs() - attached).isBetween(1L, 2L);
    }

    @Test
    void shouldLeaveEveryStreamAttached() {
        SmmuSetup setup = Setups.setup(Setups.scenario("guests=2"), clock);
        run(setup, 1_000);

        assertThat(setup.smmu().attachStatistics().syncs()).isGreaterThanOrEqualTo(120);
        IntStream.range(0, 8).forEach(stream -> setup.device(stream).replaceByAnother(1));
    }

    private ChurnLoad run(String override) {
        return run(Setups.setup(Setups.scenario(override, "guests=2"), clock), 1_000);
    }

    private ChurnLoad run(SmmuSetup setup, double perSecond) {
        return run(setup, perSecond, ALL_BUT_MOVES);
    }

    private ChurnLoad run(SmmuSetup setup, double perSecond, double... kinds) {
        // Building the SMMU has passed some time; the load starts after it.
        ChurnSource source = new SyntheticChurn(
            ArrivalProcess.constant(perSecond),
            WeightedChoice.of(kinds),
            WeightedChoice.of(Weights.uniform(8)),
            1);
        ChurnLoad churn = setup.newChurnLoad(WINDOW, new Pacer(clock, 0), recorders, source, 0);
        churn.run();
        return churn;
    }

    private AbstractHistogram of(String tag) {
        return recorders.all().stream().filter(recorder -> recorder.tag().equals(tag))
            .findFirst().orElseThrow().intervals()[0];
    }
}
