package dev.steward.strategy;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.smmu.StallSink;
import dev.steward.engine.stream.StreamIndex;
import java.util.function.IntConsumer;

/**
 * A reader that looks the position of a stream up once for each event, outside of whatever protects the record, and
 * hands it to the guard.
 *
 * <p>In a JVM that runs one strategy only one subclass exists, so the calls to it are inlined.
 */
abstract class PositionedReader implements AttachmentGuard.Reader {
    /** Number of this reader in its guard. */
    final int slot;

    private final StreamIndex index;
    private final IntConsumer release;

    /** Registers a reader. */
    PositionedReader(StreamIndex index, int slot, IntConsumer release) {
        this.index = index;
        this.slot = slot;
        this.release = release;
    }

    @Override
    public final long translate(int streamId) {
        int position = index.indexOf(streamId);
        return position == StreamIndex.ABSENT ? Attachment.UNKNOWN_STREAM : translateAt(position);
    }

    @Override
    public final int report(int streamId, ReportSink sink) {
        int position = index.indexOf(streamId);
        return position == StreamIndex.ABSENT ? ReportSink.UNKNOWN_STREAM : reportAt(position, sink);
    }

    @Override
    public final int reportStall(int streamId, StallSink sink) {
        int position = index.indexOf(streamId);
        return position == StreamIndex.ABSENT ? ReportSink.UNKNOWN_STREAM : reportStallAt(position, sink);
    }

    abstract long translateAt(int position);

    abstract int reportAt(int position, ReportSink sink);

    /** For a guard that locks: it has its lock over the sink. */
    int reportStallAt(int position, StallSink sink) {
        return Delivery.deliverStall(translateAt(position), sink);
    }

    @Override
    public void close() {
        release.accept(slot);
    }
}
