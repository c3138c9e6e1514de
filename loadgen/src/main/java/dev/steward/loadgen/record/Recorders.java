package dev.steward.loadgen.record;

import dev.steward.results.CellRecord;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Makes the recorders of a cell and keeps them for writing.
 *
 * <p>Threading: recorders are made before the threads start; each then belongs to one thread.
 */
public final class Recorders {
    private static final int MAX_INTERVALS = 20;
    private static final double MEDIAN = 50;
    private static final long MIN_INTERVAL_NS = 250_000_000L;

    private final Window window;
    private final long intervalNs;
    private final List<IntervalRecorder> all = new ArrayList<>();

    public Recorders(Window window) {
        this.window = window;
        this.intervalNs = intervalNs(window.lengthNs());
    }

    private static long intervalNs(long windowNs) {
        return Math.max(MIN_INTERVAL_NS, (windowNs + MAX_INTERVALS - 1) / MAX_INTERVALS);
    }

    /** Memory of one recorder for a window of this length. */
    public static long bytesPerRecorder(long windowNs) {
        long intervals = (windowNs + intervalNs(windowNs) - 1) / intervalNs(windowNs);
        return intervals * IntervalRecorder.newHistogram().getEstimatedFootprintInBytes();
    }

    public IntervalRecorder recorder(String tag) {
        IntervalRecorder recorder = new IntervalRecorder(tag, window, intervalNs);
        all.add(recorder);
        return recorder;
    }

    long windowNs() {
        return window.lengthNs();
    }

    public List<IntervalRecorder> all() {
        return all;
    }

    /** All values of a tag. Only after its threads have ended. */
    public Histogram sum(String tag) {
        Histogram sum = new Histogram(1, IntervalRecorder.MAX_VALUE_NS, IntervalRecorder.SIGNIFICANT_DIGITS);
        all.stream().filter(recorder -> recorder.tag().equals(tag)).forEach(recorder -> recorder.addTo(sum));
        return sum;
    }

    /** Median of all values of a tag, 0 without any. */
    long medianNs(String tag) {
        Histogram sum = sum(tag);
        return sum.getTotalCount() == 0 ? 0 : sum.getValueAtPercentile(MEDIAN);
    }

    /** What each thread with a recorder of this tag did. */
    List<CellRecord.ThreadShare> shares(String role, String tag) {
        List<CellRecord.ThreadShare> shares = new ArrayList<>();
        for (IntervalRecorder recorder : all) {
            if (recorder.tag().equals(tag)) {
                Histogram own =
                    new Histogram(1, IntervalRecorder.MAX_VALUE_NS, IntervalRecorder.SIGNIFICANT_DIGITS);
                recorder.addTo(own);
                shares.add(new CellRecord.ThreadShare(
                    role, shares.size(), own.getTotalCount(), own.getMean(), own.getMaxValue()));
            }
        }
        return shares;
    }

    public long saturated() {
        return all.stream().mapToLong(IntervalRecorder::saturated).sum();
    }
}
