package dev.steward.loadgen.selfcheck;

import dev.steward.loadgen.cell.Cell;
import dev.steward.loadgen.cell.Injection;
import dev.steward.loadgen.cell.Rehearsal;
import dev.steward.loadgen.load.StreamPlan;
import dev.steward.loadgen.load.Workloads;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.results.Tags;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.AbstractHistogram;

/**
 * A small real cell with a stall in it. The measured window is little longer than the stall, so that what the machine
 * does by itself seldom falls into it; the same cell without a stall tells how it was at that time.
 */
final class StallCell {
    static final long STALL_NS = 10_000_000;
    private static final long WINDOW_NS = 3 * STALL_NS;
    private static final long STALL_AT_NS = STALL_NS / 2;
    private static final double EVENTS_PER_SECOND = 20_000;
    private static final String ATTACHES = "4k/s";

    private final Clock clock;
    private final boolean ring;
    private final StallPlace place;
    private final Scenario scenario;
    private final Strategy strategy = LockStrategy.MUTEX;

    /** A cell to be run several times, through the event queue or with the handler on the storm's own schedule. */
    StallCell(Clock clock, boolean ring, StallPlace place) {
        this.clock = clock;
        this.ring = ring;
        this.place = place;
        scenario = scenario(place == StallPlace.LOCK);
    }

    /** Evenly spaced events, all of them for a guest, none timed by stages: what is late can be counted. */
    private static Scenario scenario(boolean churned) {
        return settings(
            "name=selftest", "storm.arrival=constant", "storm.rate=" + (long) EVENTS_PER_SECOND + "/s",
            "storm.mix.F_TRANSL_FORBIDDEN=0", "storm.stallShare=0", "storm.skew=uniform", "sampleEvery=1000000",
            "churn.arrival=constant", "churn.rate=" + (churned ? ATTACHES : "0"), "churn.mix.detach-attach=0",
            "rehearsal=500ms", "warmup=100ms", "duration=" + WINDOW_NS + "ns");
    }

    static Scenario settings(String... settings) {
        ScenarioBuilder builder = new ScenarioBuilder();
        for (String setting : settings) {
            builder.override(setting);
        }
        return builder.build();
    }

    void rehearse() {
        StreamPlan streams = StreamPlan.of(scenario, null);
        Rehearsal.play(clock, scenario, null, streams, strategy, ring);
        System.gc();
    }

    StallCheck.Attempt attempt(int number) {
        Stall stall = new Stall(clock, STALL_NS);
        Recorders recorders = run(number, place.injection(stall, STALL_AT_NS));
        if (!stall.happened()) {
            return new StallCheck.Attempt(List.of(), false);
        }
        StallTail tail = new StallTail(stall.tookNs(), EVENTS_PER_SECOND);
        List<StallTail.Row> rows = judge(recorders, tail);
        boolean passed = rows.stream().allMatch(StallTail.Row::ok);
        return new StallCheck.Attempt(rows, passed || quiet(recorders, number, tail));
    }

    private Recorders run(int number, Injection injection) {
        StreamPlan streams = StreamPlan.of(scenario, null);
        Workloads workloads = new Workloads(scenario, null, streams, number + 1);
        try (Cell cell = new Cell(clock, scenario, workloads, streams, strategy, ring, injection)) {
            cell.run();
            return cell.recorders();
        }
    }

    private List<StallTail.Row> judge(Recorders recorders, StallTail tail) {
        List<StallTail.Row> rows = new ArrayList<>(tail.intended(recorders.sum(Tags.EVENT_ENQUEUE)));
        AbstractHistogram raw = recorders.sum(Tags.EVENT_ENQUEUE_RAW);
        // On path ring the storm goes on while the handler stalls, so the real starts are on time and show it all.
        rows.add(ring && place != StallPlace.PACER ? tail.number("seen from the real start", raw) : tail.hidden(raw));
        if (place == StallPlace.LOCK) {
            rows.add(tail.largest("largest latency, attach", recorders.sum(Tags.ATTACH)));
        }
        return rows;
    }

    /** Judged by a thread that has no part in it, and by the same cell without a stall. */
    private boolean quiet(Recorders stalled, int number, StallTail tail) {
        return tail.late(stalled.sum(Tags.HICCUP)) == 0
            && tail.late(run(number, Injection.NONE).sum(Tags.EVENT_ENQUEUE)) == 0;
    }
}
