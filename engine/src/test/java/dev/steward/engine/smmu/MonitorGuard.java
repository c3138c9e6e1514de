package dev.steward.engine.smmu;

import dev.steward.engine.stream.StreamIndex;
import java.util.HashMap;
import java.util.Map;

/** The plainest guard that is right: one monitor over a map of positions. */
final class MonitorGuard implements AttachmentGuard {
    private final Map<Integer, Long> attachments = new HashMap<>();
    private StreamIndex index;
    private int readers;
    private boolean closed;

    /** The guard itself, which knows streams by an index from now on. */
    MonitorGuard over(StreamIndex newIndex) {
        index = newIndex;
        return this;
    }

    @Override
    public Reader registerReader() {
        count(1);
        return new Reader() {
            @Override
            public long translate(int streamId) {
                return attachmentOf(streamId);
            }

            @Override
            public int report(int streamId, ReportSink sink) {
                synchronized (MonitorGuard.this) {
                    sink.entered();
                    long attachment = attachmentOf(streamId);
                    if (Attachment.isAttached(attachment)) {
                        return sink.report(Attachment.viommuId(attachment), Attachment.virtualStreamId(attachment));
                    }
                    return attachment == Attachment.NOT_ATTACHED
                        ? ReportSink.NOT_ATTACHED : ReportSink.UNKNOWN_STREAM;
                }
            }

            @Override
            public void close() {
                count(-1);
            }
        };
    }

    private synchronized void count(int change) {
        readers += change;
    }

    synchronized int readers() {
        return readers;
    }

    synchronized boolean closed() {
        return closed;
    }

    synchronized long attachmentOf(int streamId) {
        return attachments.getOrDefault(index.indexOf(streamId), Attachment.UNKNOWN_STREAM);
    }

    @Override
    public synchronized void commit(int streamId, long attachment) {
        attachments.put(index.indexOfPresent(streamId), attachment);
    }

    @Override
    public synchronized GuardStatistics statistics() {
        return new GuardStatistics(1, 2, 3, 4, 5, 16L * attachments.size());
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
