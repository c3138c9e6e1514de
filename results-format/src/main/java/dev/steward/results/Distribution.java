package dev.steward.results;

import java.util.Arrays;
import java.util.Collection;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * The durations recorded under one tag: the buckets of a histogram that hold something. Distributions are merged count
 * by count, never by averaging percentiles; percentiles are those that HdrHistogram would give. A report holds tens of
 * thousands of them and a histogram takes 200 KiB, so the buckets are kept in a few octets each. Immutable.
 */
public final class Distribution {
    /** The distribution of nothing. */
    public static final Distribution EMPTY = new Builder(0).build(0, false);

    private static final int BITS = 7;
    private static final int LONGEST_BUCKET_BYTES = 20;

    /** Of each bucket: the step of its upper end from the one before, then its count; see {@link Builder}. */
    private final byte[] octets;
    private final int buckets;
    private final long total;
    private final long maxNs;
    private final double sumNs;
    private final boolean saturated;

    private Distribution(Builder builder, double sumNs, boolean saturated) {
        octets = Arrays.copyOf(builder.octets, builder.size);
        buckets = builder.buckets;
        total = builder.total;
        maxNs = builder.beforeNs;
        this.sumNs = sumNs;
        this.saturated = saturated;
    }

    /** Copies a histogram. */
    public static Distribution of(AbstractHistogram histogram) {
        Builder builder = new Builder(0);
        double sumNs = 0;
        for (HistogramIterationValue value : histogram.recordedValues()) {
            long upperNs = value.getValueIteratedTo();
            builder.add(upperNs, value.getCountAddedInThisIterationStep());
            sumNs += (double) histogram.medianEquivalentValue(upperNs) * value.getCountAddedInThisIterationStep();
        }
        return builder.build(sumNs, builder.buckets > 0
            && histogram.valuesAreEquivalent(histogram.getMaxValue(), histogram.getHighestTrackableValue()));
    }

    /**
     * Adds distributions up, count by count.
     *
     * @param parts to add; empty gives {@link #EMPTY}
     * @throws ArithmeticException if there are more than 2^63 - 1 values
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
        Builder merged = new Builder(octets.length + other.octets.length);
        Walk mine = walk();
        Walk its = other.walk();
        boolean more = mine.next() & its.next();
        while (more) {
            if (mine.upperNs == its.upperNs) {
                merged.add(mine.upperNs, mine.count + its.count);
                more = mine.next() & its.next();
            } else {
                Walk lower = mine.upperNs < its.upperNs ? mine : its;
                merged.add(lower.upperNs, lower.count);
                more = lower.next();
            }
        }
        for (Walk rest : new Walk[] {mine, its}) {
            for (; !rest.ended; rest.next()) {
                merged.add(rest.upperNs, rest.count);
            }
        }
        return merged.build(sumNs + other.sumNs, saturated || other.saturated);
    }

    /** Number of values. */
    public long count() {
        return total;
    }

    /**
     * Smallest value that at least this share of all values does not exceed, at the histogram's resolution (upper end
     * of its bucket, as HdrHistogram defines it).
     */
    public long valueAtNs(double quantile) {
        // One step down, as HdrHistogram does it: 0.999 * 1000 must ask for value 999 and not, by a hair, for 1000.
        double share = Math.nextDown(quantile * 100) * total / 100;
        long rank = Math.max(1, (long) Math.ceil(share));
        long seen = 0;
        for (Walk walk = walk(); walk.next();) {
            seen += walk.count;
            if (seen >= rank) {
                return walk.upperNs;
            }
        }
        return maxNs;
    }

    /**
     * The same between the values that occurred: a percentile that a difference of a few per cent moves, where the
     * clock of the machine has steps of ten. For statistics over repeats; what is printed is {@link #valueAtNs}.
     *
     * @return nanoseconds; NaN if less than one value lies beyond
     */
    public double interpolatedNs(double quantile) {
        // Rounded, since 1 - 0.999 in binary floating point is a hair off.
        if (Math.rint(total * (1 - quantile) * 1e6) / 1e6 < 1) {
            return Double.NaN;
        }
        double share = quantile * total;
        long seen = 0;
        double beforeNs = Double.NaN;
        for (Walk walk = walk(); walk.next();) {
            if (seen + walk.count >= share) {
                // Values of a bucket are taken to lie evenly from the bucket before on.
                double fromNs = seen == 0 ? walk.upperNs : beforeNs;
                return fromNs + (walk.upperNs - fromNs) * (share - seen) / walk.count;
            }
            seen += walk.count;
            beforeNs = walk.upperNs;
        }
        return maxNs;
    }

    /** Whether half of a percentile or more is lateness of the generator: such a percentile shows the machine. */
    public boolean isMostly(Distribution lateness, double quantile) {
        return total > 0 && lateness.total > 0 && 2 * lateness.valueAtNs(quantile) >= valueAtNs(quantile);
    }

    /**
     * The values that occurred, at the histogram's resolution.
     *
     * @return nanoseconds, ascending, one for each of {@link #counts}
     */
    double[] valuesNs() {
        double[] values = new double[buckets];
        Walk walk = walk();
        for (int i = 0; walk.next(); i++) {
            values[i] = walk.upperNs;
        }
        return values;
    }

    /** How often each value occurred. */
    long[] counts() {
        long[] counts = new long[buckets];
        Walk walk = walk();
        for (int i = 0; walk.next(); i++) {
            counts[i] = walk.count;
        }
        return counts;
    }

    /**
     * Largest value.
     *
     * @return nanoseconds (upper end of its bucket); 0 without values
     */
    public long maxNs() {
        return maxNs;
    }

    /** Mean, each value taken at the middle of its bucket. */
    public double meanNs() {
        return total == 0 ? 0 : sumNs / total;
    }

    /** Whether the largest value stands at the upper bound of the range, and so may have been larger. */
    public boolean saturated() {
        return saturated;
    }

    private Walk walk() {
        return new Walk(octets);
    }

    /** Takes buckets in ascending order; numbers stand seven bits to the octet, the lowest first. Not thread-safe. */
    private static final class Builder {
        private byte[] octets;
        private int size;
        private int buckets;
        private long total;
        private long beforeNs;

        Builder(int expectedBytes) {
            octets = new byte[expectedBytes + LONGEST_BUCKET_BYTES];
        }

        void add(long upperNs, long count) {
            if (octets.length - size < LONGEST_BUCKET_BYTES) {
                octets = Arrays.copyOf(octets, 2 * octets.length);
            }
            put(upperNs - beforeNs);
            put(count);
            beforeNs = upperNs;
            total = Math.addExact(total, count);
            buckets++;
        }

        private void put(long value) {
            long rest = value;
            while (rest >>> BITS != 0) {
                octets[size++] = (byte) (rest & 0x7f | 0x80);
                rest >>>= BITS;
            }
            octets[size++] = (byte) rest;
        }

        Distribution build(double sumNs, boolean saturated) {
            return new Distribution(this, sumNs, saturated);
        }
    }

    /** Meets the buckets in ascending order. Not thread-safe. */
    private static final class Walk {
        private final byte[] octets;
        private int at;
        private boolean ended;
        private long upperNs;
        private long count;

        Walk(byte[] octets) {
            this.octets = octets;
        }

        boolean next() {
            ended = at == octets.length;
            if (!ended) {
                upperNs += take();
                count = take();
            }
            return !ended;
        }

        private long take() {
            byte octet = octets[at++];
            long value = octet & 0x7f;
            for (int shift = BITS; octet < 0; shift += BITS) {
                octet = octets[at++];
                value |= (octet & 0x7fL) << shift;
            }
            return value;
        }
    }
}
