package dev.steward.jmh;

import dev.steward.engine.event.EventId;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.engine.iommufd.VEventLayout;
import dev.steward.engine.smmu.ReportSink;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A report without a vEVENTQ: a header and the four words of a record, with the virtual StreamID in it, into the next
 * of 64 nodes that no other thread touches, then work of a given amount. So nothing but the guard is shared.
 *
 * <p>The work is counted and not timed: who loses its core in the middle of it does not get a part of it for free.
 */
final class RecordSink implements ReportSink {
    private static final int NODES = 64;
    private static final long WORD_0 = EventRecordLayout.word0(EventId.F_TRANSLATION.code(), 0);

    private final UnsafeBuffer nodes = new UnsafeBuffer(ByteBuffer.allocateDirect(NODES * VEventLayout.NODE_LENGTH));
    private final int workTokens;
    private int sequence;

    RecordSink(int workTokens) {
        this.workTokens = workTokens;
    }

    @Override
    public int report(int viommuId, int virtualStreamId) {
        int node = (sequence & NODES - 1) * VEventLayout.NODE_LENGTH;
        int data = node + VEventLayout.DATA_OFFSET;
        nodes.putInt(node + VEventLayout.FLAGS_OFFSET, 0);
        nodes.putInt(node + VEventLayout.SEQUENCE_OFFSET, sequence);
        nodes.putLong(data, EventRecordLayout.withStreamId(WORD_0, virtualStreamId));
        nodes.putLong(data + Long.BYTES, 0);
        nodes.putLong(data + 2 * Long.BYTES, viommuId);
        nodes.putLong(data + 3 * Long.BYTES, 0);
        if (workTokens > 0) {
            Blackhole.consumeCPU(workTokens);
        }
        sequence = sequence + 1 & Integer.MAX_VALUE;
        return sequence;
    }
}
