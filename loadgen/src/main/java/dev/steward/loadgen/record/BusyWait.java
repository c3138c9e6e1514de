package dev.steward.loadgen.record;

/** Burns a modelled cost on the CPU, as the driver does when it polls for a CMD_SYNC or works inside the section. */
public final class BusyWait {
    private BusyWait() {
    }

    public static void forNs(Clock clock, long durationNs) {
        if (durationNs == 0) {
            return;
        }
        long end = clock.nowNs() + durationNs;
        while (clock.nowNs() - end < 0) {
            Thread.onSpinWait();
        }
    }
}
