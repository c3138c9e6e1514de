package dev.steward.strategy;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.ForwardingGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.smmu.StallSink;
import dev.steward.strategy.torture.GuardTorture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/** A mutex that is right but for one thing, which happens in one situation, and there once in so many times. */
final class HostileGuard extends ForwardingGuard {
    private final Fault fault;
    private final int oneIn;
    private final AtomicInteger chances = new AtomicInteger();
    /** What each stream was attached to: now, before, and last to a vIOMMU. */
    private final AtomicLongArray now = new AtomicLongArray(GuardTorture.STREAMS);
    private final AtomicLongArray before = new AtomicLongArray(GuardTorture.STREAMS);
    private final AtomicLongArray vdevice = new AtomicLongArray(GuardTorture.STREAMS);
    private final ExecutorService other =
        Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "hostile");
            thread.setDaemon(true);
            return thread;
        });

    HostileGuard(GuardContext context, Fault fault, int oneIn) {
        super(LockStrategy.MUTEX.create(context));
        this.fault = fault;
        this.oneIn = oneIn;
    }

    /** What is wrong, and when. */
    enum Fault {
        /** The commit that only changes the virtual StreamID of a vIOMMU is forgotten. */
        FORGETS_COMMIT_TO_SAME_VIOMMU,
        /** The last stream of the table gets the vIOMMU before this one. */
        STALE_ON_LAST_STREAM,
        /** The event after the second attach of a vIOMMU to the same stream is not handed on. */
        LOSES_AFTER_SECOND_ATTACH,
        /** An event that found the queue full is tried once more. */
        RETRIES_WHEN_QUEUE_IS_FULL,
        /** An event that found the queue full is answered as if it were queued. */
        HIDES_THAT_QUEUE_IS_FULL,
        /** An event of a stream that is not attached goes to the vIOMMU before the detach. */
        REPORTS_AFTER_DETACH,
        /** Answered with 0, as a sink might, that nobody called. */
        ANSWERS_WITHOUT_SINK,
        /** Handed on a second time by another thread, when the report has returned. */
        HANDS_ON_LATER,
        /** The virtual StreamID of the vDEVICE before this one, with the right vIOMMU. */
        STALE_VIRTUAL_ID,
        /** Halves of two attachments. */
        MIXES_TWO_ATTACHMENTS,
        /** A look-up finds nothing though the stream is attached. */
        TRANSLATES_TO_NOTHING,
        /** A stalled fault is taken for one of an unknown stream. */
        LOSES_STALLS,
        /** A second commit of what is attached already takes it away. */
        REPEATED_COMMIT_DETACHES,
        /** A stream beyond the table has a master. */
        KNOWS_UNKNOWN_STREAM
    }

    @Override
    public void commit(int streamId, long attachment) {
        long old = now.get(streamId);
        boolean sameViommu = Attachment.isAttached(old) && Attachment.isAttached(attachment)
            && Attachment.viommuId(old) == Attachment.viommuId(attachment);
        if (fault == Fault.FORGETS_COMMIT_TO_SAME_VIOMMU && sameViommu && old != attachment && chance()) {
            return;
        }
        if (fault == Fault.REPEATED_COMMIT_DETACHES && old == attachment && Attachment.isAttached(old) && chance()) {
            super.commit(streamId, Attachment.NOT_ATTACHED);
            return;
        }
        super.commit(streamId, attachment);
        if (old != attachment) {
            before.set(streamId, old);
            now.set(streamId, attachment);
        }
        if (Attachment.isAttached(attachment)) {
            vdevice.set(streamId, attachment);
        }
    }

    private boolean chance() {
        return chances.incrementAndGet() % oneIn == 0;
    }

    @Override
    public void close() {
        other.shutdownNow();
        super.close();
    }

    @Override
    public Reader registerReader() {
        return new HostileReader(super.registerReader());
    }

    private final class HostileReader extends ForwardingReader {
        private final Reader reader;

        HostileReader(Reader reader) {
            super(reader);
            this.reader = reader;
        }

        @Override
        public long translate(int streamId) {
            long right = reader.translate(streamId);
            if (fault == Fault.TRANSLATES_TO_NOTHING && Attachment.isAttached(right) && chance()) {
                return Attachment.NOT_ATTACHED;
            }
            return fault == Fault.KNOWS_UNKNOWN_STREAM && right == Attachment.UNKNOWN_STREAM
                ? Attachment.NOT_ATTACHED : right;
        }

        @Override
        public int reportStall(int streamId, StallSink sink) {
            return fault == Fault.LOSES_STALLS && chance()
                ? ReportSink.UNKNOWN_STREAM : reader.reportStall(streamId, sink);
        }

        @Override
        public int report(int streamId, ReportSink sink) {
            if (streamId >= GuardTorture.STREAMS) {
                return reader.report(streamId, sink);
            }
            long current = now.get(streamId);
            long old = before.get(streamId);
            boolean attached = Attachment.isAttached(current);
            boolean replaced = attached && Attachment.isAttached(old);
            switch (fault) {
                case STALE_ON_LAST_STREAM:
                    if (streamId == GuardTorture.STREAMS - 1 && replaced && chance()) {
                        return hand(old, sink);
                    }
                    break;
                case LOSES_AFTER_SECOND_ATTACH:
                    if (attached && old == Attachment.NOT_ATTACHED && chance()) {
                        return ReportSink.NOT_ATTACHED;
                    }
                    break;
                case RETRIES_WHEN_QUEUE_IS_FULL, HIDES_THAT_QUEUE_IS_FULL:
                    return full(streamId, reader.report(streamId, sink), sink);
                case REPORTS_AFTER_DETACH:
                    if (current == Attachment.NOT_ATTACHED && Attachment.isAttached(vdevice.get(streamId))
                        && chance()) {
                        return hand(vdevice.get(streamId), sink);
                    }
                    break;
                case ANSWERS_WITHOUT_SINK:
                    if (attached && chance()) {
                        return 0;
                    }
                    break;
                case HANDS_ON_LATER:
                    if (attached && chance()) {
                        int result = reader.report(streamId, sink);
                        other.execute(() -> hand(current, sink));
                        return result;
                    }
                    break;
                case STALE_VIRTUAL_ID, MIXES_TWO_ATTACHMENTS:
                    boolean same = Attachment.viommuId(old) == Attachment.viommuId(current);
                    if (replaced && same == (fault == Fault.STALE_VIRTUAL_ID) && chance()) {
                        return sink.report(Attachment.viommuId(current), Attachment.virtualStreamId(old));
                    }
                    break;
                default:
                    break;
            }
            return reader.report(streamId, sink);
        }

        private int full(int streamId, int result, ReportSink sink) {
            boolean queueIsFull = result < 0 && result != ReportSink.NOT_ATTACHED;
            if (!queueIsFull || !chance()) {
                return result;
            }
            return fault == Fault.HIDES_THAT_QUEUE_IS_FULL ? 0 : reader.report(streamId, sink);
        }

        private static int hand(long attachment, ReportSink sink) {
            return sink.report(Attachment.viommuId(attachment), Attachment.virtualStreamId(attachment));
        }
    }
}
