package dev.steward.loadgen.selfcheck;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.strategy.Strategy;
import dev.steward.strategy.StrategyDescription;

/**
 * A strategy whose reader stalls inside its guarded section: whatever it holds there it holds that long.
 */
final class StallingStrategy implements Strategy {
    private final Strategy strategy;
    private final Stall stall;

    StallingStrategy(Strategy strategy, Stall stall) {
        this.strategy = strategy;
        this.stall = stall;
    }

    @Override
    public StrategyDescription description() {
        return strategy.description();
    }

    @Override
    public AttachmentGuard create(GuardContext context) {
        return new Guard(strategy.create(context), stall);
    }

    private record Guard(AttachmentGuard guard, Stall stall) implements AttachmentGuard {
        @Override
        public Reader registerReader() {
            return new StallingReader(guard.registerReader(), stall);
        }

        @Override
        public void commit(int streamId, long attachment) {
            guard.commit(streamId, attachment);
        }

        @Override
        public void synchronize() {
            guard.synchronize();
        }

        @Override
        public GuardStatistics statistics() {
            return guard.statistics();
        }

        @Override
        public void close() {
            guard.close();
        }
    }

    private static final class StallingReader implements AttachmentGuard.Reader {
        private final AttachmentGuard.Reader reader;
        private final Stall stall;
        private final ReportSink stallingSink = this::reportAfterStall;
        private ReportSink sink;

        StallingReader(AttachmentGuard.Reader reader, Stall stall) {
            this.reader = reader;
            this.stall = stall;
        }

        private int reportAfterStall(int viommuId, int virtualStreamId) {
            stall.pass();
            return sink.report(viommuId, virtualStreamId);
        }

        @Override
        public long translate(int streamId) {
            return reader.translate(streamId);
        }

        @Override
        public int report(int streamId, ReportSink into) {
            sink = into;
            return reader.report(streamId, stallingSink);
        }

        @Override
        public void quiesce() {
            reader.quiesce();
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
