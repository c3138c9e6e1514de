package dev.steward.reports.folder;

/**
 * The counts of one log line as its writer coded them (steps over empty buckets and counts, ZigZag, seven bits to the
 * octet): a folder of a thousand cells has hundreds of thousands of lines, and what is asked of most of them is a count
 * or a median. Checked when it was read, see {@link EncodedHistogram}. Immutable.
 *
 * @param layout  which values the buckets stand for
 * @param octets  coded counts
 * @param buckets number of buckets in use
 * @param total   number of values
 * @param last    highest bucket in use; -1 without values
 */
record CodedCounts(BucketLayout layout, byte[] octets, int buckets, long total, int last) {
    private static final int BITS = 7;
    private static final int LONGEST_VALUE_BYTES = 9;

    /** Upper end of the highest bucket in use; 0 without values. */
    long maxNs() {
        return last < 0 ? 0 : layout.upper()[last];
    }

    Distribution distribution() {
        Distribution.Builder builder = new Distribution.Builder(layout, buckets);
        for (Walk walk = new Walk(octets); walk.next();) {
            builder.add(walk.bucket, walk.count);
        }
        return builder.build();
    }

    /** What {@link Distribution#interpolatedNs} gives, without making one. */
    double interpolatedNs(double quantile) {
        if (!Distribution.supports(total, quantile)) {
            return Double.NaN;
        }
        double share = quantile * total;
        long seen = 0;
        int before = -1;
        for (Walk walk = new Walk(octets); walk.next();) {
            if (seen + walk.count >= share) {
                return Distribution.between(layout.upper()[before < 0 ? walk.bucket : before],
                    layout.upper()[walk.bucket], share - seen, walk.count);
            }
            seen += walk.count;
            before = walk.bucket;
        }
        return maxNs();
    }

    /** Adds the counts to an array with a place for each bucket. */
    void addTo(long[] counts) {
        for (Walk walk = new Walk(octets); walk.next();) {
            counts[walk.bucket] += walk.count;
        }
    }

    /** Meets the buckets in use, ascending. */
    private static final class Walk {
        private final byte[] octets;
        private int at;
        private int following;
        private int bucket;
        private long count;

        Walk(byte[] octets) {
            this.octets = octets;
        }

        boolean next() {
            while (at < octets.length) {
                byte octet = octets[at];
                // Nearly all values fit into one octet.
                long value = octet >= 0 ? octet : longValue();
                at += octet >= 0 ? 1 : 0;
                long found = value >>> 1 ^ -(value & 1);
                if (found > 0) {
                    bucket = following++;
                    count = found;
                    return true;
                }
                following += found == 0 ? 1 : (int) -found;
            }
            return false;
        }

        private long longValue() {
            long value = 0;
            for (int length = 0;; length++) {
                byte octet = octets[at++];
                if (length == LONGEST_VALUE_BYTES - 1) {
                    // The ninth octet has no bit to say that more follow: all eight are part of the value.
                    return value | (long) octet << BITS * length;
                }
                value |= (octet & 0x7fL) << BITS * length;
                if (octet >= 0) {
                    return value;
                }
            }
        }
    }
}
