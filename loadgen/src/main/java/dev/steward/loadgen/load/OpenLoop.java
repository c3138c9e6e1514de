package dev.steward.loadgen.load;

import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.IntervalRecorder;
import dev.steward.loadgen.record.LoadProgress;
import dev.steward.loadgen.record.Window;

/**
 * Paces one load thread through its window: each arrival starts at its intended time, or at once if that has passed,
 * and is given up when the load has fallen too far behind. The thread draws the arrivals and carries them out:
 *
 * <pre>
 * loop.begin();
 * while (loop.next(dueNs())) {
 *     if (loop.awaitStart()) {
 *         carryOut();
 *         loop.carriedOut();
 *     }
 * }
 * loop.end();
 * </pre>
 *
 * <p>The loop itself stands in each load: written here, it would call loads of several classes from one place of the
 * measured path.
 *
 * <p>Threading: one thread; its progress is read after it has ended. Does not allocate.
 */
final class OpenLoop {
    private final Clock clock;
    private final Window window;
    private final Pacer pacer;
    private final LoadProgress progress;
    private final IntervalRecorder lateness;
    private long intendedNs;
    private long startNs;
    private boolean givingUp;

    /** Makes a loop that records how late those started that were due in the measured window. */
    OpenLoop(Clock clock, Window window, Pacer pacer, IntervalRecorder lateness) {
        this.clock = clock;
        this.window = window;
        this.pacer = pacer;
        this.lateness = lateness;
        progress = new LoadProgress(window);
    }

    /** Waits until the load starts. */
    void begin() {
        pacer.awaitNs(window.startNs());
        progress.running(clock.nowNs());
    }

    /**
     * Goes on to the next arrival.
     *
     * @param dueNs nanoseconds after the start of the load.
     * @return whether it is due before the window ends; if not, or if the cell has failed and interrupts its threads,
     *     the load is over.
     */
    boolean next(long dueNs) {
        intendedNs = window.startNs() + dueNs;
        boolean goesOn = intendedNs < window.measureToNs() && !Thread.currentThread().isInterrupted();
        if (goesOn) {
            progress.due(intendedNs);
        }
        return goesOn;
    }

    /**
     * Waits until the arrival is due; false if it is given up instead. Once one is given up so are all that follow,
     * without a wait.
     */
    boolean awaitStart() {
        if (!givingUp) {
            startNs = pacer.awaitNs(intendedNs);
            givingUp = startNs > window.giveUpNs();
        }
        if (givingUp) {
            progress.givenUp(intendedNs);
        }
        return !givingUp;
    }

    /** The arrival was carried out and recorded. */
    void carriedOut() {
        progress.carriedOut(intendedNs, startNs);
        if (measured()) {
            lateness.record(intendedNs, startNs - intendedNs);
        }
    }

    /** Waits until the window has ended. */
    void end() {
        pacer.awaitNs(window.measureToNs());
        progress.running(clock.nowNs());
    }

    /** When the arrival was due. */
    long intendedNs() {
        return intendedNs;
    }

    /** When it was started; its lateness is what lies between. */
    long startNs() {
        return startNs;
    }

    /** Whether it was due in the measured window. */
    boolean measured() {
        return window.measures(intendedNs);
    }

    LoadProgress progress() {
        return progress;
    }
}
