package dev.steward.loadgen.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.event.EventRecord;
import dev.steward.loadgen.record.FakeClock;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.record.Window;
import dev.steward.loadgen.workload.ArrivalProcess;
import dev.steward.loadgen.workload.StormSource;
import dev.steward.loadgen.workload.SyntheticStorm;
import dev.steward.loadgen.workload.WeightedChoice;
import dev.steward.results.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.HdrHistogram.AbstractHistogram;
import org.junit.jupiter.api.Test;

class StormLoadTest {
    private static final long MS = 1_000_000;
    private static final long TICK_NS = 1_000;
    private static final long START_NS = 20 * MS;
    /** 20 ms of warm-up and 100 ms of window at an arrival each millisecond. */
    private static final Window WINDOW = new Window(START_NS, START_NS + 20 * MS, START_NS + 120 * MS);

    private final FakeClock clock = new FakeClock(0, TICK_NS);
    private final Recorders recorders = new Recorders(WINDOW);
    private final List<Long> intendedNs = new ArrayList<>();
    private final List<Long> startNs = new ArrayList<>();

    @Test
    void shouldHandOverEveryArrivalOnItsTime() {
        StormLoad storm = run(event -> { });

        assertThat(intendedNs).isEqualTo(schedule(120));
        assertThat(latenessesNs()).allSatisfy(lateness -> assertThat(lateness).isBetween(0L, 2 * TICK_NS));
        assertThat(storm.progress().generated()).isEqualTo(120);
        assertThat(storm.progress().scheduled()).isEqualTo(100);
        assertThat(storm.progress().done()).isEqualTo(100);
        assertThat(lateness().getTotalCount()).isEqualTo(100);
    }

    @Test
    void shouldCountAStallOfTheTakerAgainstTheArrivalsThatFollow() {
        StormLoad storm = run(event -> {
            if (event.serial == 50) {
                clock.advance(10 * MS);
            }
        });

        assertThat(intendedNs).isEqualTo(schedule(120));
        List<Long> latenesses = latenessesNs();
        assertThat(latenesses.get(50)).isLessThan(2 * TICK_NS);
        for (int late = 1; late <= 9; late++) {
            assertThat(latenesses.get(50 + late)).isBetween((10 - late) * MS, (10 - late) * MS + 50 * TICK_NS);
        }
        assertThat(latenesses.subList(61, 120)).allSatisfy(lateness -> assertThat(lateness).isLessThan(2 * TICK_NS));
        // Late is not lost: everything of the window was still started in it.
        assertThat(storm.progress().done()).isEqualTo(storm.progress().scheduled()).isEqualTo(100);
        assertThat(lateness().getTotalCount()).isEqualTo(100);
        assertThat(lateness().getMaxValue()).isBetween(9 * MS, 9 * MS + MS / 10);
        assertThat(lateness().getCountBetweenValues(MS / 2, 20 * MS)).isEqualTo(9);
    }

    @Test
    void shouldCountAStallInThePacingWaitAgainstTheArrivalsThatCameDueInIt() {
        clock.stallAt(START_NS + 50 * MS + MS / 2, 10 * MS);
        run(event -> { });

        assertThat(intendedNs).isEqualTo(schedule(120));
        List<Long> latenesses = latenessesNs();
        for (int late = 1; late <= 10; late++) {
            assertThat(latenesses.get(50 + late))
                .isBetween((10 - late) * MS + MS / 2, (10 - late) * MS + MS / 2 + 50 * TICK_NS);
        }
        assertThat(latenesses.get(61)).isLessThan(2 * TICK_NS);
    }

    @Test
    void shouldGiveUpAQuarterOfTheWindowAfterItsEndWhenTheTakerIsTooSlow() {
        StormLoad storm = run(event -> clock.advance(3 * MS));

        assertThat(intendedNs).isEqualTo(schedule(intendedNs.size()));
        // 120 ms until the end and 25 ms of grace, 3 ms each.
        assertThat(storm.progress().generated()).isEqualTo(intendedNs.size()).isBetween(47L, 50L);
        assertThat(storm.progress().scheduled()).isEqualTo(100);
        assertThat(storm.progress().done()).isBetween(32L, 34L);
        assertThat(startNs.get(startNs.size() - 1)).isLessThanOrEqualTo(WINDOW.giveUpNs());
        assertThat(storm.progress().lastActiveNs()).isGreaterThan(WINDOW.giveUpNs());
    }

    @Test
    void shouldBeActiveFromTheStartToTheEndOfTheWindow() {
        StormLoad storm = run(event -> { });

        assertThat(storm.progress().firstActiveNs()).isBetween(START_NS, START_NS + 2 * TICK_NS);
        assertThat(storm.progress().lastActiveNs())
            .isBetween(WINDOW.measureToNs(), WINDOW.measureToNs() + 2 * TICK_NS);
    }

    private StormLoad run(Consumer<EventRecord> sink) {
        StormSource source = new SyntheticStorm(
            ArrivalProcess.constant(1_000), new long[][] {{0, 0, 0, 0}}, WeightedChoice.of(1), new int[0], null, 1);
        StormLoad storm = new StormLoad(clock, WINDOW, new Pacer(clock, 5 * TICK_NS), source, event -> {
            intendedNs.add(event.intendedNs);
            startNs.add(event.startNs);
            sink.accept(event);
        }, recorders);
        storm.run();
        return storm;
    }

    private static List<Long> schedule(int arrivals) {
        return LongStream.range(0, arrivals).mapToObj(i -> START_NS + i * MS).toList();
    }

    private List<Long> latenessesNs() {
        List<Long> latenesses = new ArrayList<>();
        for (int i = 0; i < startNs.size(); i++) {
            latenesses.add(startNs.get(i) - intendedNs.get(i));
        }
        return latenesses;
    }

    private AbstractHistogram lateness() {
        return recorders.all().stream().filter(recorder -> recorder.tag().equals(Tags.SLIP_STORM))
            .findFirst().orElseThrow().intervals()[0];
    }
}
