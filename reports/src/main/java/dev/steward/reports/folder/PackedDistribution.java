package dev.steward.reports.folder;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Puts a distribution into a few octets for each bucket: a folder of a thousand cells has tens of thousands.
 * Steps between the buckets and counts stand one after the other, seven bits to the octet, the lowest first. Takes
 * buckets in ascending order. Not thread-safe.
 */
final class PackedDistribution {
    private static final int HEADER_BYTES = Integer.BYTES + 1 + Double.BYTES;
    private static final int LONGEST_PAIR_BYTES = 20;

    private byte[] bytes;
    private int size = HEADER_BYTES;
    private int buckets;
    private long beforeNs;

    /** Begins with nothing; the number of buckets is a guess. */
    PackedDistribution(int expectedBuckets) {
        bytes = new byte[HEADER_BYTES + LONGEST_PAIR_BYTES + 3 * expectedBuckets];
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
    byte[] end(double sum, boolean isSaturated) {
        ByteBuffer.wrap(bytes).putInt(buckets).put((byte) (isSaturated ? 1 : 0)).putDouble(sum);
        return Arrays.copyOf(bytes, size);
    }

    /** Takes one out again: for each bucket its end, then its count. */
    static final class Reader {
        private final byte[] bytes;
        private final int buckets;
        private final boolean saturated;
        private final double sumNs;
        private int at = HEADER_BYTES;
        private long beforeNs;

        Reader(byte[] packed) {
            bytes = packed;
            ByteBuffer header = ByteBuffer.wrap(packed);
            buckets = header.getInt();
            saturated = header.get() == 1;
            sumNs = header.getDouble();
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
            byte octet = bytes[at++];
            long value = octet & 0x7f;
            for (int shift = 7; octet < 0; shift += 7) {
                octet = bytes[at++];
                value |= (long) (octet & 0x7f) << shift;
            }
            return value;
        }
    }
}
