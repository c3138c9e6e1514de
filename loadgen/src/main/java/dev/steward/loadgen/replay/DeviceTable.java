package dev.steward.loadgen.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private static final Pattern PCI = Pattern.compile("(?:(?:0x)?(?<domain>[0-9a-fA-F]{1,8}):)?"
        + "(?:0x)?(?<bus>[0-9a-fA-F]{1,2}):(?:0x)?(?<device>[01]?[0-9a-fA-F])\\.(?:0x)?(?<function>[0-7])");
    private static final int BLOCK_SHIFT = 16;
    private static final long MAX_STREAM_ID = 0xffff_ffffL;

    private final Map<Long, Integer> byStreamId = new HashMap<>();
    private final Map<String, Integer> byName = new HashMap<>();
    private final Map<Long, Long> domains = new HashMap<>();
    /** Null for a name that is no PCI address. */
    private final List<Long> streamIds = new ArrayList<>();
    private long largest;

    /** Stream of a device as an SMMU names it. */
    int ofStreamId(int streamId) {
        return ofStreamId(Integer.toUnsignedLong(streamId));
    }

    private int ofStreamId(long streamId) {
        Integer known = byStreamId.get(streamId);
        if (known == null && streamIds.size() < MAX_DEVICES) {
            known = streamIds.size();
            byStreamId.put(streamId, known);
            streamIds.add(streamId);
            largest = Math.max(largest, streamId);
        }
        return known == null ? FULL : known;
    }

    /** Stream of a device as a line names it. */
    int ofName(String name) {
        Integer known = byName.get(name);
        if (known == null) {
            known = ofNewName(name);
            if (known != FULL) {
                byName.put(name, known);
            }
        }
        return known;
    }

    private int ofNewName(String name) {
        Matcher pci = PCI.matcher(name);
        if (pci.matches()) {
            long domain = pci.group("domain") == null ? 0 : hex(pci, "domain");
            return ofStreamId(fold(domain) << BLOCK_SHIFT
                | hex(pci, "bus") << 8 | hex(pci, "device") << 3 | hex(pci, "function"));
        }
        if (streamIds.size() == MAX_DEVICES) {
            return FULL;
        }
        streamIds.add(null);
        return streamIds.size() - 1;
    }

    private long fold(long domain) {
        return domain == 0 ? 0 : domains.computeIfAbsent(domain, any -> domains.size() + 1L);
    }

    private static long hex(Matcher matcher, String group) {
        return Long.parseLong(matcher.group(group), 16);
    }

    int size() {
        return streamIds.size();
    }

    /** StreamIDs of all streams, once no further device will come. */
    int[] streamIds() {
        long next = (largest >>> BLOCK_SHIFT) + 1 << BLOCK_SHIFT;
        int[] result = new int[streamIds.size()];
        for (int stream = 0; stream < result.length; stream++) {
            Long streamId = streamIds.get(stream);
            if (streamId == null) {
                // Beyond 32 bits: from the start again, past all that are taken.
                while (next > MAX_STREAM_ID || byStreamId.containsKey(next)) {
                    next = next > MAX_STREAM_ID ? 1 : next + 1;
                }
                streamId = next++;
            }
            result[stream] = streamId.intValue();
        }
        return result;
    }
}
