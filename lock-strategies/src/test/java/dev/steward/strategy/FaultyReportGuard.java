package dev.steward.strategy;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.ForwardingGuard;
import dev.steward.engine.smmu.ReportSink;

/** A right guard that loses or doubles one report in so many. */
final class FaultyReportGuard extends ForwardingGuard {
    private final Fault fault;
    private final int oneIn;

    FaultyReportGuard(AttachmentGuard guard, Fault fault, int oneIn) {
        super(guard);
        this.fault = fault;
        this.oneIn = oneIn;
    }

    /** What becomes of the report. */
    enum Fault {
        /** Answered as if the stream were not attached. */
        DROPS,
        /** Not handed on, answered as the one before it was. */
        SWALLOWS,
        /** Handed on twice. */
        DOUBLES
    }

    @Override
    public Reader registerReader() {
        Reader reader = super.registerReader();
        return new ForwardingReader(reader) {
            private int reports;
            private int lastAnswer;

            @Override
            public int report(int streamId, ReportSink sink) {
                if (++reports % oneIn != 0) {
                    lastAnswer = reader.report(streamId, sink);
                    return lastAnswer;
                }
                return switch (fault) {
                    case DROPS -> ReportSink.NOT_ATTACHED;
                    case SWALLOWS -> Math.max(0, lastAnswer);
                    case DOUBLES -> Math.max(reader.report(streamId, sink), reader.report(streamId, sink));
                };
            }
        };
    }
}
