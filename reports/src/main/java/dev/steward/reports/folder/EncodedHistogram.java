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

    private final Inflater inflater = new Inflater();
    private byte[] plain = new byte[1 << 16];
    private int length;
    private BucketLayout layout;

    /**
     * Decompresses a line.
     *
     * @param text payload, Base64
     * @return false if this is another encoding, which the library may know
     * @throws IOException if the payload is damaged
     */
    boolean open(String text) throws IOException {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("is not Base64", e);
        }
        ByteBuffer head = ByteBuffer.wrap(bytes);
        if (bytes.length < 8 || head.getInt() != COMPRESSED_COOKIE) {
            return false;
        }
        int compressed = head.getInt();
        if (compressed != bytes.length - 8) {
            throw new IOException("says another length than it has");
        }
        inflate(bytes, 8, compressed);
        if (length < HEADER_BYTES) {
            throw new IOException("is cut off");
        }
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
        layout = BucketLayout.of(lowest, highest, digits);
        return true;
    }

    private void inflate(byte[] bytes, int from, int size) throws IOException {
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

    /** Takes the counts of the open line. */
    void read(Counts counts) throws IOException {
        int at = HEADER_BYTES;
        long index = 0;
        while (at < length) {
            long value = 0;
            int shift = 0;
            int octet;
            do {
                if (at == length) {
                    throw new IOException("is cut off");
                }
                octet = plain[at++] & 0xff;
                boolean last = shift == 7 * (LONGEST_VALUE_BYTES - 1);
                value |= (long) (last ? octet : octet & 0x7f) << shift;
                shift += 7;
                if (last) {
                    break;
                }
            } while ((octet & 0x80) != 0);
            long count = value >>> 1 ^ -(value & 1);
            if (count < 0) {
                index -= count;
            } else {
                if (index >= layout.buckets()) {
                    throw new IOException("has more buckets than its range");
                }
                if (count > 0) {
                    counts.add((int) index, count);
                }
                index++;
            }
        }
    }

    /** Takes counts in ascending order of buckets. */
    @FunctionalInterface
    interface Counts {
        void add(int bucket, long count);
    }
}
