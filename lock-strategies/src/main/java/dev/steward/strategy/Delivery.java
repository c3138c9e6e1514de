package dev.steward.strategy;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.smmu.StallSink;

/** What every guarded section ends in: the sink for an attachment, a code for none. */
final class Delivery {
    private Delivery() {
    }

    static int deliver(long attachment, ReportSink sink) {
        if (Attachment.isAttached(attachment)) {
            return sink.report(Attachment.viommuId(attachment), Attachment.virtualStreamId(attachment));
        }
        return attachment == Attachment.NOT_ATTACHED ? ReportSink.NOT_ATTACHED : ReportSink.UNKNOWN_STREAM;
    }

    static int deliverStall(long attachment, StallSink sink) {
        return attachment == Attachment.UNKNOWN_STREAM ? ReportSink.UNKNOWN_STREAM : sink.report();
    }
}
