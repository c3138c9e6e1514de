package dev.steward.jmh;

import dev.steward.catalog.Strategies;
import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.stream.StreamTable;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.ThreadParams;

/** One guard over N streams, all attached. An entry has 64 bytes and is 64-byte aligned. */
@State(Scope.Benchmark)
public class GuardState {
    /** Strategy, maybe with a variant; {@link Main} puts all of them in place of the floor. */
    @Param("unguarded")
    public String strategy;

    /** Number of entries, a power of two: 4096 fit a cache, 65536 and 1048576 do not. */
    @Param("4096")
    public int entries;

    AttachmentGuard guard;
    LastOneOut users;

    private StreamTable table;

    /** Makes table and guard and attaches every stream, which also touches all the memory. */
    @Setup
    public void setUp(BenchmarkParams params) {
        open(readersOf(params));
    }

    final void open(int readers) {
        if (Integer.bitCount(entries) != 1) {
            throw new IllegalArgumentException("entries=" + entries + " is not allowed; a power of two");
        }
        table = StreamTable.linear(Integer.numberOfTrailingZeros(entries));
        guard = Strategies.byName(strategy)
            .orElseThrow(() -> new IllegalArgumentException("strategy=" + strategy + " is unknown; allowed: "
                + Strategies.choices()))
            .create(new GuardContext(table, readers, GracePeriodListener.NONE));
        users = new LastOneOut(this::free);
        for (int streamId = 0; streamId < entries; streamId++) {
            attach(streamId, attachmentOf(streamId, 1));
        }
    }

    /** All threads, less the one writer that each group has. */
    private static int readersOf(BenchmarkParams params) {
        int[] parts = params.getThreadGroups();
        int writers = parts.length > 1 ? params.getThreads() / Arrays.stream(parts).sum() : 0;
        return Math.max(1, params.getThreads() - writers);
    }

    /** As a VMM does it: the vDEVICE first, which only some designs look at. */
    final void attach(int streamId, long attachment) {
        guard.vdeviceSet(streamId, attachment);
        guard.commit(streamId, attachment);
    }

    /** An attachment that depends on both numbers. */
    static long attachmentOf(int streamId, int round) {
        return Attachment.of(round & Integer.MAX_VALUE | 1, streamId * 31 + round);
    }

    /** Frees the off-heap memory, unless another thread still uses it, which then does so. */
    @TearDown
    public void tearDown() {
        users.leave();
    }

    private void free() {
        guard.close();
        table.close();
    }

    /** Number of the thread, from the JMH name of it, for its seed. */
    @State(Scope.Thread)
    public static class ReaderState {
        /**
         * Events in a batch, after which the handler tells the guard that it holds nothing: one invocation of a
         * reader's benchmark, so that no reader leaves a measurement in the middle of a batch that a commit waits for.
         */
        static final int BATCH = 64;

        AttachmentGuard.Reader reader;
        StreamIds streamIds;

        private GuardState guards;

        /** Registers the thread as a reader. */
        @Setup(Level.Iteration)
        public void register(GuardState state, ThreadParams params) {
            register(state, params.getThreadIndex());
        }

        final void register(GuardState state, int thread) {
            guards = state;
            guards.users.enter();
            reader = guards.guard.registerReader();
            streamIds = new StreamIds(state.entries, thread);
        }

        /** Ends the registration. */
        @TearDown(Level.Iteration)
        public void deregister() {
            reader.close();
            guards.users.leave();
        }
    }
}
