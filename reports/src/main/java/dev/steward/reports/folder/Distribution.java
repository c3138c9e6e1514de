package dev.steward.reports.folder;

import java.util.Arrays;
import java.util.Collection;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * The durations recorded under one tag: the buckets of a histogram that hold something. Distributions are merged count
 * by count, never by averaging percentiles. A folder holds thousands of them and a full histogram takes 200 KiB, so
 * only buckets in use are kept; percentiles are those that HdrHistogram would give. Immutable.
 */
public final class Distribution {
    /** The distribution of nothing. */
    public static final Distribution EMPTY = new Distribution(new long[0], new long[0], 0, false);

    /** Upper end of each bucket in use, ascending: the value HdrHistogram answers with. */
    private final long[] upperNs;
    private final long[] counts;
    private final long total;
    private final double sumNs;
    private final boolean saturated;

    private Distribution(long[] upperNs, long[] counts, double sumNs, boolean saturated) {
        this.upperNs = upperNs;
        this.counts = counts;
        this.total = Arrays.stream(counts).sum();
        this.sumNs = sumNs;
        this.saturated = saturated;
    }

    /**
     * Copies a histogram.
     *
     * @param histogram of nanoseconds
     * @return its distribution
     */
    static Distribution of(AbstractHistogram histogram) {
        long[] upperNs = new long[bucketsInUse(histogram)];
        long[] counts = new long[upperNs.length];
        double sumNs = 0;
        int bucket = 0;
        for (HistogramIterationValue value : histogram.recordedValues()) {
            upperNs[bucket] = value.getValueIteratedTo();
            counts[bucket] = value.getCountAddedInThisIterationStep();
            sumNs += (double) histogram.medianEquivalentValue(upperNs[bucket]) * counts[bucket];
            bucket++;
        }
        return new Distribution(upperNs, counts, sumNs, bucket > 0
            && histogram.valuesAreEquivalent(histogram.getMaxValue(), histogram.getHighestTrackableValue()));
    }

    private static int bucketsInUse(AbstractHistogram histogram) {
        int buckets = 0;
        for (HistogramIterationValue ignored : histogram.recordedValues()) {
            buckets++;
        }
        return buckets;
    }

    /**
     * Adds distributions up, count by count.
     *
     * @param parts to add; empty gives {@link #EMPTY}
     * @return the sum
     */
    public static Distribution merge(Collection<Distribution> parts) {
        Distribution sum = EMPTY;
        for (Distribution part : parts) {
            sum = sum.plus(part);
        }
        return sum;
    }

    private Distribution plus(Distribution other) {
        if (total == 0 || other.total == 0) {
            return total == 0 ? other : this;
        }
        long[] mergedNs = new long[upperNs.length + other.upperNs.length];
        long[] mergedCounts = new long[mergedNs.length];
        int size = 0;
        int mine = 0;
        int its = 0;
        while (mine < upperNs.length || its < other.upperNs.length) {
            long next = Math.min(mine < upperNs.length ? upperNs[mine] : Long.MAX_VALUE,
                its < other.upperNs.length ? other.upperNs[its] : Long.MAX_VALUE);
            mergedNs[size] = next;
            if (mine < upperNs.length && upperNs[mine] == next) {
                mergedCounts[size] += counts[mine++];
            }
            if (its < other.upperNs.length && other.upperNs[its] == next) {
                mergedCounts[size] += other.counts[its++];
            }
            size++;
        }
        return new Distribution(Arrays.copyOf(mergedNs, size), Arrays.copyOf(mergedCounts, size),
            sumNs + other.sumNs, saturated || other.saturated);
    }

    /**
     * Number of values.
     *
     * @return 0 or more
     */
    public long count() {
        return total;
    }

    /**
     * Smallest value that at least this share of all values does not exceed, at the histogram's resolution (upper end
     * of its bucket, as HdrHistogram defines it).
     *
     * @param quantile above 0, to 1
     * @return nanoseconds; 0 without values
     */
    public long valueAtNs(double quantile) {
        // One step down, as HdrHistogram does it: 0.999 * 1000 must ask for value 999 and not, by a hair, for 1000.
        double share = Math.nextDown(quantile * 100) * total / 100;
        long rank = Math.max(1, (long) Math.ceil(share));
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            seen += counts[bucket];
            if (seen >= rank) {
                return upperNs[bucket];
            }
        }
        return maxNs();
    }

    /**
     * The same between the values that occurred: a percentile that a difference of a few per cent moves, where the
     * clock of the machine has steps of ten. For statistics over repeats; what is printed is {@link #valueAtNs}.
     *
     * @param quantile above 0, below 1
     * @return nanoseconds; NaN if less than one value lies beyond
     */
    public double interpolatedNs(double quantile) {
        if (!supports(total, quantile)) {
            return Double.NaN;
        }
        double share = quantile * total;
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            if (seen + counts[bucket] >= share) {
                return between(upperNs[bucket == 0 ? 0 : bucket - 1], upperNs[bucket], share - seen, counts[bucket]);
            }
            seen += counts[bucket];
        }
        return maxNs();
    }

    /** Whether at least one value lies beyond; rounded, since 1 - 0.999 in binary floating point is a hair off. */
    static boolean supports(long total, double quantile) {
        return Math.rint(total * (1 - quantile) * 1e6) / 1e6 >= 1;
    }

    /** The place of a value among those of its bucket, which are taken to lie evenly from the bucket before on. */
    static double between(double fromNs, long toNs, double rank, long count) {
        return fromNs + (toNs - fromNs) * rank / count;
    }

    /**
     * The values that occurred, at the histogram's resolution.
     *
     * @return nanoseconds, ascending, one for each of {@link #counts}
     */
    public double[] valuesNs() {
        return Arrays.stream(upperNs).asDoubleStream().toArray();
    }

    /**
     * How often each value occurred.
     *
     * @return one for each of {@link #valuesNs}
     */
    public long[] counts() {
        return counts.clone();
    }

    /**
     * Largest value.
     *
     * @return nanoseconds (upper end of its bucket); 0 without values
     */
    public long maxNs() {
        return total == 0 ? 0 : upperNs[upperNs.length - 1];
    }

    /**
     * Mean, each value taken at the middle of its bucket.
     *
     * @return nanoseconds; 0 without values
     */
    public double meanNs() {
        return total == 0 ? 0 : sumNs / total;
    }

    /**
     * Whether the largest value stands at the upper bound of the range, and so may have been larger.
     *
     * @return true if it does
     */
    public boolean saturated() {
        return saturated;
    }

    /** The same in a fraction of the memory, for the thousands of a folder. */
    byte[] packed() {
        PackedDistribution packed = new PackedDistribution(upperNs.length);
        for (int bucket = 0; bucket < upperNs.length; bucket++) {
            packed.put(upperNs[bucket], counts[bucket]);
        }
        return packed.end(sumNs, saturated);
    }

    static Distribution unpacked(byte[] packed) {
        PackedDistribution.Reader reader = new PackedDistribution.Reader(packed);
        long[] upperNs = new long[reader.buckets()];
        long[] counts = new long[upperNs.length];
        for (int bucket = 0; bucket < upperNs.length; bucket++) {
            upperNs[bucket] = reader.upperNs();
            counts[bucket] = reader.count();
        }
        return new Distribution(upperNs, counts, reader.sumNs(), reader.saturated());
    }

    /** Takes buckets in ascending order. Not thread-safe. */
    static final class Builder {
        private final BucketLayout layout;
        private long[] upperNs;
        private long[] counts;
        private int size;
        private double sumNs;
        private boolean saturated;

        Builder(BucketLayout layout, int expectedBuckets) {
            this.layout = layout;
            upperNs = new long[expectedBuckets];
            counts = new long[expectedBuckets];
        }

        void add(int bucket, long count) {
            if (size == upperNs.length) {
                upperNs = Arrays.copyOf(upperNs, 2 * size + 1);
                counts = Arrays.copyOf(counts, 2 * size + 1);
            }
            upperNs[size] = layout.upper()[bucket];
            counts[size++] = count;
            sumNs += (double) layout.middle()[bucket] * count;
            saturated |= layout.isLast(bucket);
        }

        Distribution build() {
            return size == 0 ? EMPTY
                : new Distribution(Arrays.copyOf(upperNs, size), Arrays.copyOf(counts, size), sumNs, saturated);
        }
    }
}
