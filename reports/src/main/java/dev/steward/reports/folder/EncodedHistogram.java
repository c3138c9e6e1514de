package dev.steward.reports.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads the histogram of one log line into counts that are already there. The library makes a full histogram of each
 * line, 200 KiB of which a line fills some hundred bytes: over a folder of a thousand cells that takes minutes. This
 * knows the one encoding that is written today, compressed V2 of
 * <a href="https://github.com/HdrHistogram/HdrHistogram">HdrHistogram</a>; others are left to the library. A test holds
 * the two together. Not thread-safe; one for each thread.
 */
final class EncodedHistogram {
    private static final int COMPRESSED_COOKIE = 0x1c849304 | 0x10;
    private static final int COOKIE = 0x1c849303 | 0x10;
    private static final int HEADER_BYTES = 40;
    private static final int LONGEST_VALUE_BYTES = 9;
    private static final int BITS = 7;

    private final Inflater inflater = new Inflater();
    private byte[] bytes = new byte[1 << 14];
    private byte[] plain = new byte[1 << 16];
    private int length;
    private int at;
    private BucketLayout layout;

    /**
     * Decompresses a line.
     *
     * @param text payload, Base64
     * @return false if this is another encoding, which the library may know
     * @throws IOException if the payload is damaged
     */
    boolean open(byte[] text) throws IOException {
        int size;
        try {
            if (bytes.length < text.length) {
                bytes = new byte[2 * text.length];
            }
            size = Base64.getDecoder().decode(text, bytes);
        } catch (IllegalArgumentException e) {
            throw new IOException("is not Base64", e);
        }
        ByteBuffer head = ByteBuffer.wrap(bytes, 0, size);
        if (size < 8 || head.getInt() != COMPRESSED_COOKIE) {
            return false;
        }
        if (head.getInt() != size - 8) {
            throw new IOException("says another length than it has");
        }
        inflate(8, size - 8);
        return length >= HEADER_BYTES ? header() : cutOff();
    }

    private static boolean cutOff() throws IOException {
        throw new IOException("is cut off");
    }

    private boolean header() throws IOException {
        ByteBuffer header = ByteBuffer.wrap(plain, 0, length);
        if (header.getInt() != COOKIE) {
            return false;
        }
        int payload = header.getInt();
        int normalizingOffset = header.getInt();
        int digits = header.getInt();
        long lowest = header.getLong();
        long highest = header.getLong();
        if (payload != length - HEADER_BYTES) {
            throw new IOException("says another length than it has");
        }
        if (normalizingOffset != 0 || header.getDouble() != 1) {
            return false;
        }
        if (layout == null || !layout.is(lowest, highest, digits)) {
            layout = BucketLayout.of(lowest, highest, digits);
        }
        return true;
    }

    private void inflate(int from, int size) throws IOException {
        inflater.reset();
        inflater.setInput(bytes, from, size);
        length = 0;
        try {
            while (!inflater.finished()) {
                if (length == plain.length) {
                    plain = Arrays.copyOf(plain, 2 * length);
                }
                int more = inflater.inflate(plain, length, plain.length - length);
                if (more == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new IOException("is cut off");
                }
                length += more;
            }
        } catch (DataFormatException e) {
            throw new IOException("cannot be decompressed", e);
        }
    }

    /** How the buckets of the open line lie. */
    BucketLayout layout() {
        return layout;
    }

    /**
     * Adds the counts of the open line.
     *
     * @param sum    to add to
     * @param keep   whether the line is wanted by itself too
     * @return the line; null if it is not wanted
     * @throws IOException if the line is damaged
     */
    CodedCounts read(CountSum.Counts sum, boolean keep) throws IOException {
        long[] counts = sum.each();
        byte[] from = plain;
        int end = length;
        at = HEADER_BYTES;
        long bucket = 0;
        long total = 0;
        int inUse = 0;
        int last = -1;
        while (at < end) {
            // Nearly all values fit into one octet.
            byte octet = from[at];
            long value = octet >= 0 ? octet : longValue();
            at += octet >= 0 ? 1 : 0;
            long count = value >>> 1 ^ -(value & 1);
            if (count < 0) {
                bucket -= count;
            } else if (bucket < counts.length) {
                if (count > 0) {
                    counts[(int) bucket] += count;
                    total += count;
                    inUse++;
                    last = (int) bucket;
                }
                bucket++;
            } else {
                throw new IOException("has more buckets than its range");
            }
        }
        sum.reach(last);
        return keep ? new CodedCounts(layout, Arrays.copyOfRange(plain, HEADER_BYTES, end), inUse, total, last) : null;
    }

    private long longValue() throws IOException {
        long value = 0;
        for (int octets = 1;; octets++) {
            if (at == length) {
                throw new IOException("is cut off");
            }
            byte octet = plain[at++];
            if (octets == LONGEST_VALUE_BYTES) {
                // The ninth octet has no bit to say that more follow: all eight are part of the value.
                return value | (long) octet << BITS * (octets - 1);
            }
            value |= (long) (octet & 0x7f) << BITS * (octets - 1);
            if (octet >= 0) {
                return value;
            }
        }
    }
}
