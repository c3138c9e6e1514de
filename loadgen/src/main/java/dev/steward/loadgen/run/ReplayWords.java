package dev.steward.loadgen.run;

import static dev.steward.results.Wording.counted;
import static dev.steward.results.Wording.format;

import dev.steward.loadgen.replay.ReplayLoad;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.results.ReplaySummary;
import dev.steward.results.Units;
import dev.steward.results.Wording;
import java.util.ArrayList;
import java.util.List;

/** Says what a replay plays, what it skips and why, and how much that offers. */
final class ReplayWords {
    private static final double NS_PER_SECOND = 1e9;

    private static final long NS_PER_MS = 1_000_000;
    private static final long MINUTE_NS = 60_000 * NS_PER_MS;

    private ReplayWords() {
    }

    static List<String> lines(
        ReplaySummary summary, ReplayLoad load, Scenario scenario, long cells, ReplayAdvice advice) {
        List<String> lines = new ArrayList<>();
        for (ReplaySummary.Log log : summary.logs()) {
            lines.add(format("log: %s, %s, %s", log.name(), counted(log.lines(), "line"), size(log.bytes())));
        }
        for (ReplaySummary.Used used : summary.used()) {
            lines.add(format("used: %s: %s", used.kind(), both(used.events(), used.attaches())));
        }
        for (ReplaySummary.Skipped skip : summary.skipped()) {
            lines.add(format("skipped: %s: %d, %s; first %s", skip.kind(), skip.count(), skip.reason(), skip.first()));
        }
        summary.notes().forEach(note -> lines.add("note: " + note));
        about(summary, lines);
        time(summary.timing(), lines);
        offered(summary, load, scenario, cells, lines);
        notices(load, scenario, advice, lines);
        return lines;
    }

    private static void about(ReplaySummary summary, List<String> lines) {
        if (summary.suppressed() > 0) {
            lines.add(format(
                "not in the logs: %s, suppressed or lost, each up to one event; none is made up",
                counted(summary.suppressed(), "message")));
        }
        if (summary.overflows() > 0) {
            lines.add(format("not in the logs: what %s of a queue lost", counted(summary.overflows(), "overflow")));
        }
    }

    private static void time(ReplaySummary.Timing timing, List<String> lines) {
        if (timing.unstamped() > 0) {
            lines.add(format(
                "time: %s without a time: each is played %s after the one before (--gap)",
                counted(timing.unstamped(), "record"), duration(timing.gapNs())));
        }
        if (timing.restarts() > 0) {
            lines.add(format(
                "time: the clock goes back or changes in %s: what follows is played behind, after %s",
                counted(timing.restarts(), "place"), duration(timing.gapNs())));
        }
        if (timing.outOfOrder() > 0) {
            lines.add(format(
                "time: %s stamped up to 10 us earlier than the one before: each is played together with that one",
                counted(timing.outOfOrder(), "record")));
        }
        if (timing.shortenedGaps() > 0) {
            lines.add(format(
                "time: %s shortened, by %s in all (--max-gap)",
                counted(timing.shortenedGaps(), "pause"), duration(timing.shortenedNs())));
        }
    }

    private static void offered(
        ReplaySummary summary, ReplayLoad load, Scenario scenario, long cells, List<String> lines) {
        lines.add(format(
            "offered: %s of %s in %s%s",
            both(summary.events(), summary.attaches()), counted(summary.devices(), "device"), duration(load.lengthNs()),
            scenario.decimal(ScenarioKey.REPLAY_SPEED) == 1
                ? "" : " at speed " + scenario.text(ScenarioKey.REPLAY_SPEED)));
        boolean loops = scenario.text(ScenarioKey.REPLAY_LOOP).equals("yes");
        String part = load.windowEvents() < load.events() || load.windowAttaches() < load.attaches()
            ? "plays a part of them" : loops ? "plays them again and again" : "plays all of them";
        lines.add(format(
            "window: each of %s %s for %s: %s%s events/s, %s attaches/s",
            counted(cells, "cell"), part, duration(load.windowNs()),
            load.windowEvents() < load.events() ? load.windowEvents() + " of " + load.events() + " events, " : "",
            rate(load.eventsPerSecond()), rate(load.attachesPerSecond())));
    }

    private static void notices(ReplayLoad load, Scenario scenario, ReplayAdvice advice, List<String> lines) {
        if (load.events() == 0) {
            lines.add("notice: the logs have no event: a synthetic storm instead, storm.rate="
                + scenario.text(ScenarioKey.STORM_RATE));
        }
        if (load.attaches() == 0 && scenario.ratePerSecond(ScenarioKey.CHURN_RATE) > 0) {
            lines.add("notice: the logs attach nothing: synthetic churn instead, churn.rate="
                + scenario.text(ScenarioKey.CHURN_RATE) + "; --set churn.rate=0 for none");
        }
        String all = advice.all();
        if (all != null) {
            lines.add(format(
                "notice: %s%d of %d events are due in the window; %s", advice.holdsHardlyAny() ? "only " : "",
                load.windowEvents(), load.events(), all));
        }
        if (load.events() > 0 && load.windowEvents() < ReplayAdvice.FEW_EVENTS && !advice.holdsHardlyAny()) {
            lines.add(format(
                "notice: a window has %s, too few for a p99; %s", counted(load.windowEvents(), "event"),
                advice(load, scenario)));
        }
    }

    /** A speed at which a window would have enough events, going round if need be. */
    private static String advice(ReplayLoad load, Scenario scenario) {
        double rate = load.events() * NS_PER_SECOND / Math.max(1, load.lengthNs());
        double wanted = ReplayAdvice.FEW_EVENTS * NS_PER_SECOND / load.windowNs();
        double speed = scenario.decimal(ScenarioKey.REPLAY_SPEED) * wanted / rate;
        return format("--speed %d --loop would offer %s/s", (long) Math.ceil(Math.min(1e6, speed)), rate(wanted));
    }

    private static String both(long events, long attaches) {
        return counted(events, "event") + ", " + counted(attaches, "attach operation");
    }

    /** For people, without {@code /s}. */
    static String rate(double perSecond) {
        return perSecond >= 1_000_000 ? format("%.2fM", perSecond / 1e6)
            : perSecond >= 1_000 ? format("%.1fk", perSecond / 1e3)
            : Units.number(perSecond);
    }

    private static String size(long bytes) {
        return bytes < 1_000_000 ? format("%.1f kB", bytes / 1e3) : format("%.1f MB", bytes / 1e6);
    }

    /** For people: three digits below a minute; from there on minutes and hours, rounded up to a second. */
    static String duration(long ns) {
        return ns < MINUTE_NS ? Units.duration(ns).replaceFirst("(?=[a-z])", " ") : Wording.time(ns / NS_PER_MS);
    }
}
