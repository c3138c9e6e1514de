package dev.steward.engine.smmu;

/**
 * Passes every call on to another guard, for those that change one of them: a control with a mistake, a stall inside
 * the section. Not for measured runs, as each call goes through one more object.
 */
public class ForwardingGuard implements AttachmentGuard {
    private final AttachmentGuard guard;

    /**
     * Wraps a guard, which is closed with this one.
     *
     * @param guard does the work.
     */
    public ForwardingGuard(AttachmentGuard guard) {
        this.guard = guard;
    }

    @Override
    public Reader registerReader() {
        return guard.registerReader();
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
    public boolean virtualIdStoredAtAttach() {
        return guard.virtualIdStoredAtAttach();
    }

    @Override
    public boolean vdevicePointerStored() {
        return guard.vdevicePointerStored();
    }

    @Override
    public void vdeviceSet(int streamId, long attachment) {
        guard.vdeviceSet(streamId, attachment);
    }

    @Override
    public void vdeviceCleared(int streamId) {
        guard.vdeviceCleared(streamId);
    }

    @Override
    public GuardStatistics statistics() {
        return guard.statistics();
    }

    @Override
    public void close() {
        guard.close();
    }

    /** Passes every call on to another reader. */
    public static class ForwardingReader implements Reader {
        private final Reader reader;

        /**
         * Wraps a reader, which is closed with this one.
         *
         * @param reader does the work.
         */
        public ForwardingReader(Reader reader) {
            this.reader = reader;
        }

        @Override
        public void lookUp(int streamId) {
            reader.lookUp(streamId);
        }

        @Override
        public long translate(int streamId) {
            return reader.translate(streamId);
        }

        @Override
        public int report(int streamId, ReportSink sink) {
            return reader.report(streamId, sink);
        }

        @Override
        public int reportStall(int streamId, StallSink sink) {
            return reader.reportStall(streamId, sink);
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
