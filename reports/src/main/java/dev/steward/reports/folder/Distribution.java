package dev.steward.reports.folder;

import java.util.Collection;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.PackedHistogram;

/**
 * The durations recorded under one tag: an immutable view of a histogram. Distributions are merged count by count,
 * never by averaging percentiles. The counts are kept sparsely, since a folder holds hundreds of them.
 *
 * <p>For one thread at a time, although nothing changes: HdrHistogram keeps an iterator inside for its means.
 */
public final class Distribution {
    /** The distribution of nothing. */
    public static final Distribution EMPTY = new Distribution(new PackedHistogram(1, 2, 3));

    private final PackedHistogram counts;

    private Distribution(final PackedHistogram counts) {
        this.counts = counts;
    }

    /**
     * Copies a histogram.
     *
     * @param histogram of nanoseconds
     * @return its distribution
     */
    static Distribution of(final AbstractHistogram histogram) {
        final PackedHistogram copy = new PackedHistogram(histogram.getLowestDiscernibleValue(),
            histogram.getHighestTrackableValue(), histogram.getNumberOfSignificantValueDigits());
        copy.add(histogram);
        return new Distribution(copy);
    }

    /**
     * Adds distributions up, count by count.
     *
     * @param parts to add; empty gives {@link #EMPTY}
     * @return the sum
     */
    public static Distribution merge(final Collection<Distribution> parts) {
        long highest = 2;
        int digits = 1;
        for (final Distribution part : parts) {
            highest = Math.max(highest, part.counts.getHighestTrackableValue());
            digits = Math.max(digits, part.counts.getNumberOfSignificantValueDigits());
        }
        final PackedHistogram sum = new PackedHistogram(1, highest, digits);
        for (final Distribution part : parts) {
            sum.add(part.counts);
        }
        return sum.getTotalCount() == 0 ? EMPTY : new Distribution(sum);
    }

    /**
     * Number of values.
     *
     * @return 0 or more
     */
    public long count() {
        return counts.getTotalCount();
    }

    /**
     * Smallest value that at least this share of all values does not exceed, at the histogram's resolution (upper end
     * of its bucket, as HdrHistogram defines it).
     *
     * @param quantile 0 to 1
     * @return nanoseconds; 0 without values
     */
    public long valueAtNs(final double quantile) {
        return counts.getValueAtPercentile(quantile * 100.0);
    }

    /**
     * Largest value.
     *
     * @return nanoseconds (upper end of its bucket); 0 without values
     */
    public long maxNs() {
        return counts.getMaxValue();
    }

    /**
     * Mean, each value taken at the middle of its bucket.
     *
     * @return nanoseconds; 0 without values
     */
    public double meanNs() {
        return count() == 0 ? 0 : counts.getMean();
    }

    /**
     * Whether the largest value stands at the upper bound of the range, and so may have been larger.
     *
     * @return true if it does
     */
    public boolean saturated() {
        return count() > 0
            && counts.valuesAreEquivalent(counts.getMaxValue(), counts.getHighestTrackableValue());
    }
}
