package dev.steward.reports.folder;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Puts a distribution into a few octets for each bucket: a folder of a thousand cells has hundreds of thousands.
 * Steps between the buckets and counts stand one after the other, seven bits to the octet, the lowest first. Takes
 * buckets in ascending order, and may be used again after {@link #end}. Not thread-safe.
 */
final class PackedDistribution {
    private static final int HEADER_BYTES = Integer.BYTES + 1 + Double.BYTES;
    private static final int LONGEST_PAIR_BYTES = 20;

    private BucketLayout layout;
    private byte[] bytes = new byte[1 << 12];
    private int size;
    private int buckets;
    private long beforeNs;
    private double sumNs;
    private boolean saturated;

    /** Begins with nothing; the layout is needed by {@link #add} alone. */
    void begin(BucketLayout ofBuckets) {
        layout = ofBuckets;
        size = HEADER_BYTES;
        buckets = 0;
        beforeNs = 0;
        sumNs = 0;
        saturated = false;
    }

    void add(int bucket, long count) {
        put(layout.upper()[bucket], count);
        sumNs += (double) layout.middle()[bucket] * count;
        saturated |= layout.isLast(bucket);
    }

    void put(long upperNs, long count) {
        if (bytes.length - size < LONGEST_PAIR_BYTES) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        put(upperNs - beforeNs);
        put(count);
        beforeNs = upperNs;
        buckets++;
    }

    private void put(long value) {
        long rest = value;
        while (rest >>> 7 != 0) {
            bytes[size++] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** What was added. */
    byte[] end() {
        return end(sumNs, saturated);
    }

    byte[] end(double sum, boolean isSaturated) {
        ByteBuffer.wrap(bytes).putInt(buckets).put((byte) (isSaturated ? 1 : 0)).putDouble(sum);
        return Arrays.copyOf(bytes, size);
    }

    /** Takes one out again: for each bucket its end, then its count. */
    static final class Reader {
        private final ByteBuffer bytes;
        private final int buckets;
        private final boolean saturated;
        private final double sumNs;
        private long beforeNs;

        Reader(byte[] packed) {
            bytes = ByteBuffer.wrap(packed);
            buckets = bytes.getInt();
            saturated = bytes.get() == 1;
            sumNs = bytes.getDouble();
        }

        int buckets() {
            return buckets;
        }

        boolean saturated() {
            return saturated;
        }

        double sumNs() {
            return sumNs;
        }

        long upperNs() {
            beforeNs += count();
            return beforeNs;
        }

        long count() {
            long value = 0;
            int shift = 0;
            byte octet;
            do {
                octet = bytes.get();
                value |= (long) (octet & 0x7f) << shift;
                shift += 7;
            } while (octet < 0);
            return value;
        }
    }
}
