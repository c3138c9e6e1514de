package dev.steward.loadgen.run;

import dev.steward.loadgen.replay.ReplayLoad;
import dev.steward.loadgen.replay.ReplayTrace;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import java.util.Locale;

/** Which option would play all of a log of which a window holds a part. */
final class ReplayAdvice {
    /** With fewer events in a window not even a p99 has ten values beyond it. */
    static final long FEW_EVENTS = 1_000;
    /** A log that lasts less begins anew by itself. */
    static final long LOOPS_BELOW_NS = 1_000_000_000L;

    /** A window with fewer events, or with a smaller share of them, shows nothing of a log. (own) */
    private static final long HARDLY_ANY = 10;
    private static final double HARDLY_ANY_SHARE = 0.01;
    private static final String[] MAX_GAPS = {"10s", "1s", "100ms", "10ms", "1ms", "100us", "10us"};
    /** The most that the setting allows. */
    private static final double MAX_SPEED = 1e6;
    private static final long LARGEST_GAP_NS = 10_000_000_000L;

    private final ReplayTrace trace;
    private final ReplayLoad load;
    private final Scenario scenario;
    private final Boolean loop;

    /** Makes advice, given what the user said about loops, null for nothing. */
    ReplayAdvice(ReplayTrace trace, ReplayLoad load, Scenario scenario, Boolean loop) {
        this.trace = trace;
        this.load = load;
        this.scenario = scenario;
        this.loop = loop;
    }

    /** A window that hardly holds an event although the logs have more. */
    boolean holdsHardlyAny() {
        return load.windowEvents() < load.events()
            && (load.windowEvents() < HARDLY_ANY || load.windowEvents() < HARDLY_ANY_SHARE * load.events());
    }

    /** How to play all events, in one clause; null if the window has them all, or goes round. */
    String all() {
        if (load.windowEvents() >= load.events()) {
            return null;
        }
        if (load.eventsBefore() > 0) {
            return String.format(Locale.ROOT,
                "%d in the warm-up before it; --set %s=0 measures from the first record on", load.eventsBefore(),
                ScenarioKey.WARMUP.key());
        }
        String gaps = holdsHardlyAny() ? shorterGaps() : null;
        double speed = Math.ceil(scenario.decimal(ScenarioKey.REPLAY_SPEED) * load.lengthNs() / load.windowNs());
        if (speed > MAX_SPEED) {
            return gaps == null ? "no setting plays all of them: play a part of the logs" : gaps;
        }
        String faster = String.format(Locale.ROOT, "--speed %.0f plays all of them", speed);
        return gaps == null ? faster : gaps + "; " + faster + " with every pause in proportion";
    }

    /** The longest pause that lets a window hold all, and enough for a p99 if any does; null if none does. */
    private String shorterGaps() {
        String found = null;
        long gapNs = LARGEST_GAP_NS;
        for (int i = 0; i < MAX_GAPS.length; i++, gapNs /= 10) {
            double speed = scenario.decimal(ScenarioKey.REPLAY_SPEED);
            double lengthNs = shortened(gapNs) / speed;
            if (lengthNs > load.windowNs()) {
                continue;
            }
            boolean loops = loop == null ? lengthNs < LOOPS_BELOW_NS : loop;
            double rounds = loops ? load.windowNs() / (lengthNs * trace.records() / Math.max(1, trace.records() - 1))
                : 1;
            boolean enough = load.events() * rounds >= FEW_EVENTS;
            if (found == null || enough) {
                found = String.format(Locale.ROOT, "--max-gap %s plays all of them in %s%s", MAX_GAPS[i],
                    ReplayWords.duration((long) lengthNs), loops ? ", again and again" : "");
            }
            if (enough) {
                break;
            }
        }
        return found;
    }

    private long shortened(long gapNs) {
        long lengthNs = 0;
        long beforeNs = 0;
        for (long record = 0; record < trace.records(); record++) {
            long timeNs = trace.timeNs(record);
            lengthNs += Math.min(gapNs, timeNs - beforeNs);
            beforeNs = timeNs;
        }
        return lengthNs;
    }

    /** Why a window has no event at all. */
    String none() {
        String warmup = ScenarioKey.WARMUP.key();
        String where = load.eventsBefore() == load.events()
            ? String.format(Locale.ROOT, "all %d come in the warm-up of %s before it; set %s=0%s", load.events(),
                scenario.text(ScenarioKey.WARMUP), warmup, Boolean.FALSE.equals(loop) ? ", or leave --no-loop out" : "")
            : load.eventsBefore() > 0
                ? String.format(Locale.ROOT, "%d come in the warm-up of %s before it, %d after it; set %s=0",
                    load.eventsBefore(), scenario.text(ScenarioKey.WARMUP), load.events() - load.eventsBefore(), warmup)
                : String.format(Locale.ROOT, "the first comes after it; raise %s or --speed, or set --max-gap",
                    ScenarioKey.DURATION.key());
        return String.format(Locale.ROOT, "%s: no event is due in the window of %s: %s",
            scenario.text(ScenarioKey.REPLAY_LOGS), scenario.text(ScenarioKey.DURATION), where);
    }
}
