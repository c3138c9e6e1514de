package dev.steward.loadgen.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Long2LongHashMap;

/**
 * Numbers the devices of logs in the order of their appearance and gives each a StreamID: SMMU events bring their own;
 * a PCI address is bus, device and function in the low 16 bits with the domain above (domain 0 is 0, every other the
 * next number in the order of appearance); any other name gets the next StreamID of the first 16-bit block beyond all
 * of these.
 *
 * <p>Threading: one thread.
 */
final class DeviceTable {
    /** Most devices, as many as a scenario has streams. */
    static final int MAX_DEVICES = 65_536;
    /** The table is full. */
    static final int FULL = -1;

    private static final int BLOCK_SHIFT = 16;
    private static final int MAX_DOMAIN_DIGITS = 8;
    private static final long MISSING = -1;
    private static final long NO_STREAM_ID = -1;
    private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

    private final Long2LongHashMap byStreamId = new Long2LongHashMap(MISSING);
    private final Map<String, Integer> byName = new HashMap<>();
    private final Map<Long, Long> domains = new HashMap<>();
    private final List<Long> streamIds = new ArrayList<>();
    private long largest;
    /** A storm is often one of a single device. */
    private byte[] lastName = {};
    private int lastStream = FULL;

    /** Stream of a device as an SMMU names it. */
    int ofStreamId(int streamId) {
        return ofStreamId(streamId & 0xffff_ffffL);
    }

    /** Those of PCI devices are multiples of 8, which the map would put on few places; an odd factor is one to one. */
    private static long key(long streamId) {
        return streamId * SPREAD;
    }

    private int ofStreamId(long streamId) {
        long known = byStreamId.get(key(streamId));
        if (known != MISSING) {
            return (int) known;
        }
        if (streamIds.size() == MAX_DEVICES) {
            return FULL;
        }
        byStreamId.put(key(streamId), streamIds.size());
        streamIds.add(streamId);
        largest = Math.max(largest, streamId);
        return streamIds.size() - 1;
    }

    /** Stream of a device as a line names it. */
    int ofName(TextLine line, int from, int to) {
        if (lastStream != FULL && Arrays.equals(line.bytes, from, to, lastName, 0, lastName.length)) {
            return lastStream;
        }
        int stream = find(line, from, to);
        if (stream != FULL) {
            lastName = Arrays.copyOfRange(line.bytes, from, to);
            lastStream = stream;
        }
        return stream;
    }

    private int find(TextLine line, int from, int to) {
        long address = pciAddress(line, from, to);
        if (address >= 0) {
            return ofStreamId(fold(address >>> BLOCK_SHIFT) << BLOCK_SHIFT | address & 0xffff);
        }
        String name = line.text(from, to);
        Integer known = byName.get(name);
        if (known != null) {
            return known;
        }
        if (streamIds.size() == MAX_DEVICES) {
            return FULL;
        }
        byName.put(name, streamIds.size());
        streamIds.add(NO_STREAM_ID);
        return streamIds.size() - 1;
    }

    private long fold(long domain) {
        return domain == 0 ? 0 : domains.computeIfAbsent(domain, any -> domains.size() + 1L);
    }

    int size() {
        return streamIds.size();
    }

    /** StreamIDs of all streams, once no further device will come. */
    int[] streamIds() {
        long next = (largest >>> BLOCK_SHIFT) + 1 << BLOCK_SHIFT;
        int[] result = new int[streamIds.size()];
        for (int stream = 0; stream < result.length; stream++) {
            long streamId = streamIds.get(stream);
            if (streamId == NO_STREAM_ID) {
                // Beyond 32 bits: from the start again, past all that are taken.
                while (next > 0xffff_ffffL || byStreamId.containsKey(key(next))) {
                    next = next > 0xffff_ffffL ? 1 : next + 1;
                }
                streamId = next++;
            }
            result[stream] = (int) streamId;
        }
        return result;
    }

    static boolean isPciAddress(TextLine line, int from, int to) {
        return pciAddress(line, from, to) >= 0;
    }

    /** Domain, bus, device and function of {@code dddd:bb:dd.f} or {@code bb:dd.f}, each maybe with 0x; else -1. */
    private static long pciAddress(TextLine line, int from, int to) {
        int dot = lastIndexOf(line, '.', from, to);
        int second = lastIndexOf(line, ':', from, dot);
        int first = lastIndexOf(line, ':', from, second);
        if (dot < 0 || second < 0) {
            return -1;
        }
        long function = hex(line, dot + 1, to, 1);
        long device = hex(line, second + 1, dot, 2);
        long bus = hex(line, first < 0 ? from : first + 1, second, 2);
        long domain = first < 0 ? 0 : hex(line, from, first, MAX_DOMAIN_DIGITS);
        if (function < 0 || function > 7 || device < 0 || device > 31 || bus < 0 || domain < 0) {
            return -1;
        }
        return domain << BLOCK_SHIFT | bus << 8 | device << 3 | function;
    }

    private static int lastIndexOf(TextLine line, char wanted, int from, int to) {
        for (int at = to - 1; at >= from; at--) {
            if (line.bytes[at] == wanted) {
                return at;
            }
        }
        return -1;
    }

    private static long hex(TextLine line, int from, int to, int maxDigits) {
        int start = to - from > 2 && line.bytes[from] == '0' && line.bytes[from + 1] == 'x' ? from + 2 : from;
        long value = 0;
        for (int at = start; at < to; at++) {
            int digit = ByteCursor.hexDigit(line.bytes[at]);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return to - start < 1 || to - start > maxDigits ? -1 : value;
    }
}
