package dev.steward.loadgen.selfcheck;

import dev.steward.loadgen.cell.Calibration;
import dev.steward.loadgen.record.Clock;
import dev.steward.results.SelfTestFinding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.AbstractHistogram;

/**
 * How fast the generator and the recorder are on this machine, against the goals of the suite. A busy machine misses
 * them; that says nothing about whether figures can be believed, only how much load the machine can be asked for.
 */
final class SpeedCheck {
    private static final double OFFERED_GOAL = 5e6;
    /** The most that a scenario may ask for. */
    private static final long ASKED = 10_000_000;
    private static final long PUNCTUAL_RATE = 1_000_000;
    private static final double LATENESS_GOAL_NS = 5_000;
    private static final double RECORD_GOAL_NS = 10;
    private static final double LATENESS_PERCENTILE = 99;
    private static final long DURATION_NS = 1_000_000_000;

    private SpeedCheck() {
    }

    static List<SelfTestFinding> all(Clock clock, Calibration costs) {
        GeneratorRun alone = new GeneratorRun(clock, false);
        List<SelfTestFinding> findings = new ArrayList<>();
        findings.add(offered(alone.offer("constant", ASKED, DURATION_NS)));
        if (Runtime.getRuntime().availableProcessors() > 1) {
            GeneratorRun.Outcome drained = new GeneratorRun(clock, true).offer("constant", ASKED, DURATION_NS);
            findings.add(drained(drained));
        }
        findings.addAll(lateness(alone.offer("constant", PUNCTUAL_RATE, DURATION_NS)));
        findings.add(recording(costs));
        return findings;
    }

    static SelfTestFinding offered(GeneratorRun.Outcome outcome) {
        return SelfTestFinding.speed(
            "one generator thread offers", "at least 5 M/s",
            million(outcome.achievedPerSecond()), outcome.achievedPerSecond() >= OFFERED_GOAL);
    }

    /** What was written counts; a ring that is full loses the rest of what was offered. */
    static SelfTestFinding drained(GeneratorRun.Outcome outcome) {
        String written = million(outcome.writtenPerSecond());
        String offered = million(outcome.achievedPerSecond());
        return SelfTestFinding.shown(
            "  while another thread drains the ring", written + (written.equals(offered) ? "" : " of " + offered));
    }

    private static String million(double perSecond) {
        return String.format(Locale.ROOT, "%.2f M/s", perSecond / 1e6);
    }

    /** Quiet is what the better half of the slices was; the whole window shows the machine. */
    static List<SelfTestFinding> lateness(GeneratorRun.Outcome outcome) {
        long[] slices = Arrays.stream(outcome.latenesses())
            .filter(slice -> slice.getTotalCount() > 0)
            .mapToLong(slice -> slice.getValueAtPercentile(LATENESS_PERCENTILE)).sorted().toArray();
        double quiet = slices.length == 0 ? Double.MAX_VALUE : slices[(slices.length - 1) / 2];
        AbstractHistogram whole = outcome.lateness();
        return List.of(
            SelfTestFinding.speed(
                "lateness p99 at 1 M/s, quiet half", "at most 5 us", us(quiet), quiet <= LATENESS_GOAL_NS),
            SelfTestFinding.shown(
                "lateness p99 at 1 M/s, whole second", us(whole.getValueAtPercentile(LATENESS_PERCENTILE))),
            SelfTestFinding.shown(
                "started over 1 us late", String.format(Locale.ROOT, "%.2f %%", 100 * outcome.lateShare())));
    }

    static SelfTestFinding recording(Calibration costs) {
        return SelfTestFinding.speed(
            "recording a value, median", "at most 10 ns", String.format(Locale.ROOT, "%.1f ns", costs.recordNs()),
            costs.recordNs() <= RECORD_GOAL_NS);
    }

    private static String us(double ns) {
        return String.format(Locale.ROOT, "%.1f us", ns / 1_000);
    }
}
