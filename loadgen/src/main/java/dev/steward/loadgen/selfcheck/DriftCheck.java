package dev.steward.loadgen.selfcheck;

import dev.steward.engine.event.EventRecord;
import dev.steward.loadgen.load.Pacer;
import dev.steward.loadgen.load.StormLoad;
import dev.steward.loadgen.load.StreamPlan;
import dev.steward.loadgen.load.Workloads;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.record.Window;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.loadgen.workload.ArrivalProcess;
import dev.steward.loadgen.workload.StormSource;
import dev.steward.results.SelfTestFinding;
import dev.steward.results.SelfTestFinding.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a schedule stays where it is: over a million arrivals it may not be off by one interval. By arithmetic and a
 * clock of its own, so the same on every machine.
 */
final class DriftCheck {
    static final int ARRIVALS = 1_000_000;
    private static final double NS_PER_SECOND = 1e9;
    private static final long PER_SECOND = 100_000;
    private static final double GAP_NS = NS_PER_SECOND / PER_SECOND;
    private static final long LOAD_NS = (long) (ARRIVALS * GAP_NS);
    /** Spins only: a clock that goes on by being looked at does not go on while its reader sleeps. */
    private static final long NEVER_PARK_NS = Long.MAX_VALUE / 2;
    private static final long TICK_NS = 1_000;
    private static final long JUMP_EVERY_NS = 100_000_000;
    private static final long JUMP_NS = 10_000_000;
    /** Laws whose arrivals are only stretched by a lower rate: sums of gaps that know no other time. */
    private static final List<String> STRETCHED = List.of("poisson", "lognormal");
    private static final int STRETCH = 16;

    private DriftCheck() {
    }

    /** All laws that a storm may follow. */
    static List<SelfTestFinding> all() {
        List<SelfTestFinding> findings = new ArrayList<>();
        findings.add(finding("drift of law constant", law(ArrivalProcess.constant(PER_SECOND), GAP_NS)));
        for (String law : ScenarioKey.STORM_ARRIVAL.choices()) {
            if (STRETCHED.contains(law)) {
                findings.add(finding(
                    "drift of law " + law, stretched(storm(law, PER_SECOND), storm(law, STRETCH * PER_SECOND))));
            }
        }
        for (String law : ScenarioKey.STORM_ARRIVAL.choices()) {
            findings.add(finding(
                "drift of generator, law " + law, generator(storm(law, PER_SECOND), storm(law, PER_SECOND))));
        }
        return findings;
    }

    private static StormSource storm(String law, long perSecond) {
        Scenario scenario = StallCell.settings(
            "name=selftest", "storm.arrival=" + law, "storm.rate=" + perSecond + "/s", "churn.rate=0", "warmup=0",
            "duration=" + LOAD_NS + "ns");
        return new Workloads(scenario, null, StreamPlan.of(scenario, null), 1).storm(0);
    }

    static SelfTestFinding finding(String check, double worstNs) {
        return SelfTestFinding.truth(
            check,
            String.format(Locale.ROOT, "< %.0f us", GAP_NS / 1_000),
            String.format(Locale.ROOT, "%.3f us", worstNs / 1_000),
            worstNs < GAP_NS ? Verdict.PASS : Verdict.FAIL);
    }

    /** Furthest that evenly spaced arrivals are off their number times the gap. */
    static double law(ArrivalProcess arrivals, double gapNs) {
        double worstNs = 0;
        for (int i = 0; i < ARRIVALS; i++) {
            worstNs = Math.max(worstNs, Math.abs(arrivals.nextNs() - i * gapNs));
        }
        return worstNs;
    }

    /** Furthest that arrivals are off those of a faster source, stretched: what is rounded off each gap adds up. */
    static double stretched(StormSource slow, StormSource fast) {
        EventRecord slowEvent = new EventRecord();
        EventRecord fastEvent = new EventRecord();
        double worstNs = 0;
        for (int i = 0; i < ARRIVALS; i++) {
            slow.next(slowEvent);
            fast.next(fastEvent);
            worstNs = Math.max(worstNs, Math.abs(slowEvent.intendedNs - (double) STRETCH * fastEvent.intendedNs));
        }
        return worstNs;
    }

    /** Furthest that a storm which is often late moves an arrival off the schedule that it was given. */
    static double generator(StormSource source, StormSource schedule) {
        Clock clock = new JumpingClock(TICK_NS, JUMP_EVERY_NS, JUMP_NS);
        Window window = new Window(JUMP_NS, JUMP_NS, JUMP_NS + LOAD_NS);
        EventRecord due = new EventRecord();
        long[] worstNs = new long[1];
        StormLoad storm = new StormLoad(clock, window, new Pacer(clock, NEVER_PARK_NS), source, event -> {
            schedule.next(due);
            worstNs[0] = Math.max(worstNs[0], Math.abs(event.intendedNs - window.startNs() - due.intendedNs));
        }, new Recorders(window));
        storm.run();
        return worstNs[0];
    }
}
