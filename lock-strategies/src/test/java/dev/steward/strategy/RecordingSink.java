package dev.steward.strategy;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.ReportSink;
import java.util.ArrayList;
import java.util.List;

/** Writes down what it was called with and answers as told. */
final class RecordingSink implements ReportSink {
    final List<Long> attachments = new ArrayList<>();
    /** What was called, in order. */
    final List<String> calls = new ArrayList<>();
    private final int result;

    RecordingSink(int result) {
        this.result = result;
    }

    @Override
    public void entered() {
        calls.add("entered");
    }

    @Override
    public int report(int viommuId, int virtualStreamId) {
        calls.add("report");
        attachments.add(Attachment.of(viommuId, virtualStreamId));
        return result;
    }
}
