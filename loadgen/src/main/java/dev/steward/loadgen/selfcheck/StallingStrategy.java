package dev.steward.loadgen.selfcheck;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.ForwardingGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.strategy.Strategy;
import dev.steward.strategy.StrategyDescription;

/** A strategy whose reader stalls inside its guarded section: whatever it holds there it holds that long. */
record StallingStrategy(Strategy strategy, Stall stall) implements Strategy {
    @Override
    public StrategyDescription description() {
        return strategy.description();
    }

    @Override
    public AttachmentGuard create(GuardContext context) {
        return new ForwardingGuard(strategy.create(context)) {
            @Override
            public Reader registerReader() {
                return new StallingReader(super.registerReader(), stall);
            }
        };
    }

    private static final class StallingReader extends ForwardingGuard.ForwardingReader {
        private final Stall stall;
        private final ReportSink stallingSink = this::reportAfterStall;
        private ReportSink sink;

        StallingReader(AttachmentGuard.Reader reader, Stall stall) {
            super(reader);
            this.stall = stall;
        }

        private int reportAfterStall(int viommuId, int virtualStreamId) {
            stall.pass();
            return sink.report(viommuId, virtualStreamId);
        }

        @Override
        public int report(int streamId, ReportSink into) {
            sink = into;
            return super.report(streamId, stallingSink);
        }
    }
}
