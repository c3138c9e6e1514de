package dev.steward.reports.folder;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.HdrHistogram.Histogram;

/**
 * Which values the buckets of a histogram stand for. Immutable.
 *
 * @param lowest  discernible value
 * @param highest trackable value
 * @param digits  significant decimal digits
 * @param buckets number of them
 * @param upper   upper end of each, the value HdrHistogram answers with
 * @param middle  the value a mean is taken with
 */
record BucketLayout(long lowest, long highest, int digits, int buckets, long[] upper, long[] middle) {
    private static final Map<String, BucketLayout> KNOWN = new ConcurrentHashMap<>();
    private static final int MOST_KNOWN = 64;

    /**
     * The layout of a range, made once.
     *
     * @throws IOException if no histogram can have that range
     */
    static BucketLayout of(long lowest, long highest, int digits) throws IOException {
        String key = lowest + " " + highest + " " + digits;
        BucketLayout known = KNOWN.get(key);
        if (known == null) {
            try {
                known = make(new Histogram(lowest, highest, digits));
            } catch (IllegalArgumentException e) {
                throw new IOException("has an impossible range", e);
            }
            if (KNOWN.size() < MOST_KNOWN) {
                KNOWN.put(key, known);
            }
        }
        return known;
    }

    /** Walks the buckets from below: each begins where the one before ends. */
    private static BucketLayout make(Histogram histogram) {
        // A footprint is 512 B and 8 B for each count, as the library estimates it.
        int buckets = (histogram.getEstimatedFootprintInBytes() - 512) / Long.BYTES;
        long[] upper = new long[buckets];
        long[] middle = new long[buckets];
        long value = 0;
        for (int bucket = 0; bucket < buckets; bucket++) {
            upper[bucket] = histogram.highestEquivalentValue(value);
            middle[bucket] = histogram.medianEquivalentValue(value);
            value = histogram.nextNonEquivalentValue(value);
        }
        return new BucketLayout(histogram.getLowestDiscernibleValue(), histogram.getHighestTrackableValue(),
            histogram.getNumberOfSignificantValueDigits(), buckets, upper, middle);
    }

    boolean is(long otherLowest, long otherHighest, int otherDigits) {
        return lowest == otherLowest && highest == otherHighest && digits == otherDigits;
    }

    /** Whether a bucket is the one of the highest trackable value, where larger values are counted too. */
    boolean isLast(int bucket) {
        return upper[bucket] >= highest;
    }
}
