package dev.steward.engine.iommufd;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads a vEVENTQ as a VMM would and prints records: {@code 5:abc} is sequence 5 with first word 0xabc. */
final class Records {
    static final int LENGTH = VEventLayout.HEADER_LENGTH + VEventLayout.dataLength(VEventLayout.TYPE_ARM_SMMUV3);

    private Records() {
    }

    static List<String> read(VEventQueue queue, int length) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[Math.max(length, 1)]);
        return parse(buffer, (int) queue.read(buffer, 0, length, 0));
    }

    static List<String> readAll(VEventQueue queue) {
        return read(queue, 4096);
    }

    static List<String> parse(UnsafeBuffer buffer, int bytes) {
        List<String> records = new ArrayList<>();
        int at = 0;
        while (at < bytes) {
            int sequence = buffer.getInt(at + VEventLayout.SEQUENCE_OFFSET);
            if (buffer.getInt(at) == VEventLayout.FLAG_LOST_EVENTS) {
                records.add("lost:" + sequence);
                at += VEventLayout.HEADER_LENGTH;
            } else {
                records.add(sequence + ":" + Long.toHexString(buffer.getLong(at + 8, ByteOrder.LITTLE_ENDIAN)));
                at += LENGTH;
            }
        }
        return records;
    }

    static List<String> poll(VEventQueue queue, int limit) {
        List<String> records = new ArrayList<>();
        queue.poll((flags, sequence, w0, w1, w2, w3, s0, s1) ->
            records.add(flags == VEventLayout.FLAG_LOST_EVENTS ? "lost:" + sequence : sequence + ":"
                + Long.toHexString(w0)), limit);
        return records;
    }

    static int report(VEventQueue queue, long word0) {
        return queue.viommu().report(queue.type(), event(word0, word0 + 1, word0 + 2, word0 + 3, word0 + 4, word0 + 5));
    }

    static VEvent event(long word0, long word1, long word2, long word3, long stamp0, long stamp1) {
        VEvent event = new VEvent();
        event.word0 = word0;
        event.word1 = word1;
        event.word2 = word2;
        event.word3 = word3;
        event.stamp0 = stamp0;
        event.stamp1 = stamp1;
        return event;
    }
}
