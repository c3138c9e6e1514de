package dev.steward.loadgen.selfcheck;

import static dev.steward.results.Wording.format;

import dev.steward.loadgen.cell.Calibration;
import dev.steward.loadgen.cell.Noise;
import dev.steward.loadgen.record.Clock;
import dev.steward.results.SelfTestFinding;
import java.util.List;
import java.util.function.Consumer;

/**
 * Whether this suite measures what it says on this machine: a stall of a known length that is put into the generator,
 * the handler or the guarded section must come back in the latencies from the intended arrival, each oracle must see
 * what it is there to see, and the schedule must not drift. Beside that, the goals of speed.
 *
 * <p>Sources: G. Tene, "How NOT to measure latency" (coordinated omission).
 */
public final class SelfCheck {
    /** How long it takes, about, in milliseconds; longer where the machine is busy. */
    public static final long ABOUT_MS = 45_000;

    private SelfCheck() {
    }

    /**
     * Makes all checks.
     *
     * @throws IllegalStateException if a thread of a check failed.
     */
    public static void run(Consumer<SelfTestFinding> report) {
        Clock clock = Clock.SYSTEM;
        for (boolean ring : new boolean[] {false, true}) {
            for (StallPlace place : StallPlace.values()) {
                stall(clock, ring, place).forEach(report);
            }
        }
        OracleControl.findings(clock, report);
        DriftCheck.all().forEach(report);
        Calibration costs = Calibration.measure(false);
        SpeedCheck.all(clock, costs).forEach(report);
        machine(Noise.measure(), costs).forEach(report);
    }

    private static List<SelfTestFinding> stall(Clock clock, boolean ring, StallPlace place) {
        StallCell cell = new StallCell(clock, ring, place);
        cell.rehearse();
        return StallCheck.run(
            "10 ms stall in the " + place.label() + ", path " + (ring ? "ring" : "inline"), cell::attempt);
    }

    private static List<SelfTestFinding> machine(Noise noise, Calibration costs) {
        return List.of(
            SelfTestFinding.shown("clock read", format("%.1f ns", costs.clockNs())),
            SelfTestFinding.shown("oracles of an event", format("%.1f ns", costs.oracleNs())),
            SelfTestFinding.shown("gaps of a spinning thread, p99", format("%.1f us", noise.gapP99Ns() / 1e3)),
            SelfTestFinding.shown("time taken by the host", noise.stealShare().isPresent()
                ? format("%.1f %%", 100 * noise.stealShare().getAsDouble()) : "unknown"),
            SelfTestFinding.shown("cache line there and back", noise.roundTrip()));
    }
}
