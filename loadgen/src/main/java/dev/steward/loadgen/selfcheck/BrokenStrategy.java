package dev.steward.loadgen.selfcheck;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.ForwardingGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.smmu.StallSink;
import dev.steward.strategy.Description;
import dev.steward.strategy.Family;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.Quiescence;
import dev.steward.strategy.Strategy;

/** The mutex with one fault built in: every so many reports go wrong. */
@Description(
    name = "broken",
    family = Family.FLOOR,
    title = "wrong on purpose",
    source = "none",
    kernelPrimitive = "none",
    context = "nowhere",
    readerWrites = "nothing",
    writerWrites = "nothing",
    notModelled = "nothing",
    quiescence = Quiescence.NEVER)
public final class BrokenStrategy implements Strategy {
    private static final int EVERY = 10;
    /** Of a stalled fault nobody asks for a vIOMMU. */
    private static final int NOBODY = 0;

    /** What goes wrong instead of {@code sink.report(viommuId, virtualStreamId)}. */
    @FunctionalInterface
    public interface Fault {
        /** {@return what the guard is told instead of the result of the report} */
        int report(ReportSink sink, int viommuId, int virtualStreamId);
    }

    private final Fault fault;

    /** Makes one that goes wrong in this way. */
    public BrokenStrategy(Fault fault) {
        this.fault = fault;
    }

    @Override
    public AttachmentGuard create(GuardContext context) {
        return new ForwardingGuard(LockStrategy.MUTEX.create(context)) {
            @Override
            public Reader registerReader() {
                return new BrokenReader(super.registerReader());
            }
        };
    }

    private final class BrokenReader extends ForwardingGuard.ForwardingReader {
        private int reports;

        BrokenReader(AttachmentGuard.Reader reader) {
            super(reader);
        }

        @Override
        public int report(int streamId, ReportSink sink) {
            if (++reports % EVERY != 0) {
                return super.report(streamId, sink);
            }
            return super.report(streamId, (viommuId, virtualStreamId) ->
                fault.report(sink, viommuId, virtualStreamId));
        }

        @Override
        public int reportStall(int streamId, StallSink sink) {
            if (++reports % EVERY != 0) {
                return super.reportStall(streamId, sink);
            }
            return super.reportStall(streamId, () ->
                fault.report((viommuId, virtualStreamId) -> sink.report(), NOBODY, NOBODY));
        }
    }
}
