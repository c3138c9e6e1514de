package dev.steward.loadgen.record;

import dev.steward.results.CellRecord;
import dev.steward.results.Tags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.HdrHistogram.Histogram;

/**
 * Makes the recorders of a cell and keeps them for writing. Only the tags that a reader looks at over time are recorded
 * in slices of the window.
 *
 * <p>Threading: recorders are made before the threads start; each then belongs to one thread.
 */
public final class Recorders {
    private static final int MAX_INTERVALS = 20;
    /** Fewer tell no drift from chance. */
    private static final int WANTED_INTERVALS = 8;
    private static final double MEDIAN = 50;
    private static final long USUAL_INTERVAL_NS = 250_000_000L;
    /** A shorter one holds too few values, of attaches above all. */
    private static final long MIN_INTERVAL_NS = 50_000_000L;

    private final Window window;
    private final Set<String> sliced;
    private final List<IntervalRecorder> all = new ArrayList<>();

    /** For a cell. */
    public Recorders(Window window) {
        this(window, Set.copyOf(Tags.SLICED));
    }

    /** With slices for the tags named. */
    public Recorders(Window window, Set<String> sliced) {
        this.window = window;
        this.sliced = sliced;
    }

    private static long intervalNs(long windowNs) {
        if (windowNs < WANTED_INTERVALS * MIN_INTERVAL_NS) {
            return windowNs;
        }
        long longest = Math.max(USUAL_INTERVAL_NS, (windowNs + MAX_INTERVALS - 1) / MAX_INTERVALS);
        return Math.min(longest, (windowNs + WANTED_INTERVALS - 1) / WANTED_INTERVALS);
    }

    /** Memory of a recorder of each of these tags in a cell with a window of this length. */
    public static long bytes(Collection<String> tags, long windowNs) {
        long slices = (windowNs + intervalNs(windowNs) - 1) / intervalNs(windowNs);
        long sliced = tags.stream().filter(Tags.SLICED::contains).count();
        return sliced * slices * bytesOf(intervalNs(windowNs)) + (tags.size() - sliced) * bytesOf(windowNs);
    }

    private static long bytesOf(long intervalNs) {
        return IntervalRecorder.newHistogram(intervalNs).getEstimatedFootprintInBytes();
    }

    public IntervalRecorder recorder(String tag) {
        IntervalRecorder recorder = new IntervalRecorder(
            tag, window, sliced.contains(tag) ? intervalNs(window.lengthNs()) : window.lengthNs());
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
                Histogram own = new Histogram(1, IntervalRecorder.MAX_VALUE_NS, IntervalRecorder.SIGNIFICANT_DIGITS);
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
