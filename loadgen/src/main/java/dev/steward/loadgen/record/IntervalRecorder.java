package dev.steward.loadgen.record;

import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.IntCountsHistogram;

/**
 * Records one operation of one thread into one histogram per interval of the measured window.
 *
 * <p>The interval of a value is that of its intended time, so a stall shows in the slices in which its victims were
 * due. All histograms are made beforehand: recording finds an index, allocates nothing, and has a single writer. They
 * are read after the thread has ended.
 */
public final class IntervalRecorder {
    /** Largest value that keeps its place; larger ones are counted there and in {@link #saturated()}. */
    public static final long MAX_VALUE_NS = 60_000_000_000L;
    public static final int SIGNIFICANT_DIGITS = 3;

    private static final long LONGEST_OF_32_BITS_NS = 100_000_000_000L;

    private final String tag;
    private final long measureFromNs;
    private final long intervalNs;
    private final AbstractHistogram[] intervals;
    private AbstractHistogram current;
    private long currentFromNs;
    private long saturated;

    public IntervalRecorder(String tag, Window window, long intervalNs) {
        this.tag = tag;
        this.measureFromNs = window.measureFromNs();
        this.intervalNs = intervalNs;
        int count = Math.toIntExact((window.lengthNs() + intervalNs - 1) / intervalNs);
        intervals = new AbstractHistogram[count];
        for (int i = 0; i < count; i++) {
            intervals[i] = newHistogram(intervalNs);
            intervals[i].setTag(tag);
        }
        currentFromNs = measureFromNs;
        current = count == 0 ? null : intervals[0];
    }

    /** Counts of 32 bits hold what 10 M/s, the highest rate, can bring in 100 s; an interval may be hours long. */
    static AbstractHistogram newHistogram(long intervalNs) {
        return intervalNs > LONGEST_OF_32_BITS_NS
            ? new Histogram(1, MAX_VALUE_NS, SIGNIFICANT_DIGITS)
            : new IntCountsHistogram(1, MAX_VALUE_NS, SIGNIFICANT_DIGITS);
    }

    /**
     * Records a value whose intended time lies in the measured window; the caller has checked that.
     *
     * @param valueNs    0 or more; a negative one, which only a broken clock gives, counts as 0.
     * @throws IndexOutOfBoundsException if the intended time lies in no interval of the window, as before its start.
     */
    public void record(long intendedNs, long valueNs) {
        long offsetNs = intendedNs - currentFromNs;
        if (offsetNs < 0 || offsetNs >= intervalNs) {
            moveTo(intendedNs);
        }
        if (valueNs > MAX_VALUE_NS) {
            saturated++;
            current.recordValue(MAX_VALUE_NS);
        } else {
            current.recordValue(Math.max(0, valueNs));
        }
    }

    /** Values come nearly in the order of their times, so the division is seldom needed. */
    private void moveTo(long intendedNs) {
        int interval = Math.toIntExact(Math.floorDiv(intendedNs - measureFromNs, intervalNs));
        current = intervals[interval];
        currentFromNs = measureFromNs + interval * intervalNs;
    }

    public String tag() {
        return tag;
    }

    long intervalNs() {
        return intervalNs;
    }

    public AbstractHistogram[] intervals() {
        return intervals;
    }

    void addTo(Histogram sum) {
        for (AbstractHistogram interval : intervals) {
            sum.add(interval);
        }
    }

    long saturated() {
        return saturated;
    }
}
