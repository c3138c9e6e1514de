package org.example;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.stream.StreamIndex;
import dev.steward.strategy.Description;
import dev.steward.strategy.Family;
import dev.steward.strategy.ReaderIds;
import dev.steward.strategy.Simplicity;
import dev.steward.strategy.Strategy;
import dev.steward.strategy.Usage;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/** The merged driver's mutex, but first come, first served. */
@Description(
    name = "mutex-fair",
    family = Family.EXCLUSIVE,
    title = "one fair mutex per SMMU over look-up and report",
    source = "java.util.concurrent ReentrantLock, fair",
    kernelPrimitive = "struct mutex with hand-off always on",
    context = "threaded handler only; the holder may sleep",
    usage = Usage.SLEEPING_LOCK,
    simplicity = Simplicity.MUTEX,
    readerWrites = "the lock word, twice",
    writerWrites = "the lock word, twice",
    notModelled = "every contended hand-over is a context switch in a JVM")
public final class FairMutex implements Strategy {
    @Override
    public AttachmentGuard create(GuardContext context) {
        return new Guard(context);
    }

    private static final class Guard implements AttachmentGuard {
        private final ReentrantLock lock = new ReentrantLock(true);
        private final StreamIndex index;
        private final ReaderIds readers;
        private final long[] attachments;

        Guard(GuardContext context) {
            index = context.index();
            readers = new ReaderIds(context.maxReaders());
            attachments = new long[index.capacity()];
            Arrays.fill(attachments, Attachment.UNKNOWN_STREAM);
        }

        @Override
        public Reader registerReader() {
            return new FairReader(readers.claim());
        }

        @Override
        public void commit(int streamId, long attachment) {
            int position = index.indexOfPresent(streamId);
            lock.lock();
            try {
                attachments[position] = attachment;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public GuardStatistics statistics() {
            return GuardStatistics.ofFootprint((long) attachments.length * Long.BYTES);
        }

        @Override
        public void close() {
            // the collector frees the array
        }

        private final class FairReader implements Reader {
            private final int id;

            FairReader(int id) {
                this.id = id;
            }

            @Override
            public long translate(int streamId) {
                int position = index.indexOf(streamId);
                if (position == StreamIndex.ABSENT) {
                    return Attachment.UNKNOWN_STREAM;
                }
                lock.lock();
                try {
                    return attachments[position];
                } finally {
                    lock.unlock();
                }
            }

            @Override
            public int report(int streamId, ReportSink sink) {
                lock.lock();
                try {
                    sink.entered();
                    long attachment = translate(streamId);
                    if (Attachment.isAttached(attachment)) {
                        return sink.report(Attachment.viommuId(attachment), Attachment.virtualStreamId(attachment));
                    }
                    return attachment == Attachment.NOT_ATTACHED
                        ? ReportSink.NOT_ATTACHED : ReportSink.UNKNOWN_STREAM;
                } finally {
                    lock.unlock();
                }
            }

            @Override
            public void close() {
                readers.release(id);
            }
        }
    }
}
