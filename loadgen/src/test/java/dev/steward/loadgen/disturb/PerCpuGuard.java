package dev.steward.loadgen.disturb;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.ReportSink;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A reader raises the flag of its CPU and takes it down at the end; a commit waits until all are down. Right where a
 * thread cannot be preempted or moved meanwhile, as in a kernel with preemption off, and wrong everywhere else: the
 * flag that a reader takes down may be another one's. The table is linear, so a StreamID is its own position.
 */
final class PerCpuGuard implements AttachmentGuard {
    private static final int STRIDE = 16;
    private static final Function CPU = NativeLibrary.getInstance("c").getFunction("sched_getcpu");
    private static final Object[] NOTHING = {};

    /** A flag that was left up, on a CPU that nobody comes back to. */
    volatile boolean waitsForNobody;

    private final AtomicLongArray attachments;
    private final AtomicIntegerArray flags;

    /** One for so many CPUs, numbered from 0. */
    PerCpuGuard(GuardContext context, int cpus) {
        attachments = new AtomicLongArray(context.index().capacity());
        flags = new AtomicIntegerArray(cpus * STRIDE);
    }

    private static int ownFlag() {
        return CPU.invokeInt(NOTHING) * STRIDE;
    }

    @Override
    public void commit(int streamId, long attachment) {
        if (read(streamId) != attachment) {
            attachments.set(streamId, attachment);
        }
        for (int flag = 0; flag < flags.length(); flag += STRIDE) {
            while (flags.get(flag) != 0 && !waitsForNobody) {
                Thread.yield();
            }
        }
    }

    /** What is attached, as a reader sees it. */
    private long read(int streamId) {
        flags.set(ownFlag(), 1);
        try {
            return attachments.get(streamId);
        } finally {
            flags.set(ownFlag(), 0);
        }
    }

    @Override
    public Reader registerReader() {
        return new Reader() {
            @Override
            public long translate(int streamId) {
                return streamId < attachments.length() ? attachments.get(streamId) : Attachment.UNKNOWN_STREAM;
            }

            @Override
            public int report(int streamId, ReportSink sink) {
                flags.set(ownFlag(), 1);
                long attachment = translate(streamId);
                try {
                    return Attachment.isAttached(attachment)
                        ? sink.report(Attachment.viommuId(attachment), Attachment.virtualStreamId(attachment))
                        : attachment == Attachment.NOT_ATTACHED ? ReportSink.NOT_ATTACHED : ReportSink.UNKNOWN_STREAM;
                } finally {
                    flags.set(ownFlag(), 0);
                }
            }

            @Override
            public void close() {
                // nothing is its own
            }
        };
    }

    @Override
    public GuardStatistics statistics() {
        return GuardStatistics.ofFootprint(0);
    }

    @Override
    public void close() {
        // the collector frees it
    }
}
