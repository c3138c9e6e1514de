package dev.steward.loadgen.record;

import dev.steward.loadgen.disturb.Disturber;

/** Disturbs the threads of a cell until all its loads have ended. */
public final class DisturberPart implements CellPart {
    private final Disturber disturber;
    private Thread thread;

    public DisturberPart(Disturber disturber) {
        this.disturber = disturber;
    }

    @Override
    public void start(Threads threads) {
        thread = threads.start("disturb", disturber);
    }

    @Override
    public void stop(Threads threads) {
        disturber.stop();
        threads.join(thread);
    }

    @Override
    public void addTo(CellReport report) {
        report.disturbed(disturber.counts());
    }
}
