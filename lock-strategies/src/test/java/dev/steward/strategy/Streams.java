package dev.steward.strategy;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.stream.StreamTable;
import java.util.function.Function;

/** A real two-level table over all 32-bit StreamIDs with a few blocks at the corners, and guards over it. */
final class Streams {
    static final int LOWEST = 0;
    static final int HIGHEST_POSITIVE = 0x7fff_ffff;
    static final int LOWEST_NEGATIVE = 0x8000_0000;
    static final int HIGHEST = 0xffff_ffff;
    static final int WITHOUT_BLOCK = 0x4000_0000;
    static final int READERS = 3;

    private static final int SPLIT = 8;
    private static final int BLOCKS = 4;

    private Streams() {
    }

    static StreamTable table() {
        StreamTable table = StreamTable.twoLevel(StreamTable.MAX_SID_BITS, SPLIT, BLOCKS);
        for (int streamId : corners()) {
            table.allocate(streamId);
        }
        return table;
    }

    static int[] corners() {
        return new int[] {LOWEST, LOWEST + 1, HIGHEST_POSITIVE, LOWEST_NEGATIVE, HIGHEST - 1, HIGHEST};
    }

    static AttachmentGuard guard(Function<GuardContext, AttachmentGuard> strategy, StreamTable table) {
        return strategy.apply(new GuardContext(table, READERS, GracePeriodListener.NONE));
    }
}
