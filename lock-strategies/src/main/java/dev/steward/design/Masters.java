package dev.steward.design;

import dev.steward.engine.stream.StreamIndex;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Masters by the position of their entry in the stream table: what an attach has in hand, and the look-up of the
 * designs that need no tree.
 *
 * <p>Memory modes: a master is published by a release store and found by an acquire load.
 */
final class Masters {
    private static final int REFERENCE_BYTES = 4;

    private final StreamIndex index;
    private final AtomicReferenceArray<Master> byPosition;
    private final AtomicInteger count = new AtomicInteger();

    Masters(StreamIndex index) {
        this.index = index;
        byPosition = new AtomicReferenceArray<>(index.capacity());
    }

    /** The master of a stream, or null if nobody owns it or it is outside of the table. */
    Master find(int streamId) {
        int position = index.indexOf(streamId);
        return position == StreamIndex.ABSENT ? null : byPosition.getAcquire(position);
    }

    /** The same for the attach side, which may not name a stream outside of the table. */
    Master findPresent(int streamId) {
        return byPosition.getAcquire(index.indexOfPresent(streamId));
    }

    void add(Master master) {
        byPosition.setRelease(index.indexOf(master.streamId()), master);
        count.incrementAndGet();
    }

    void remove(Master master) {
        byPosition.setRelease(index.indexOf(master.streamId()), null);
        count.decrementAndGet();
    }

    int count() {
        return count.get();
    }

    /** Memory of the table of pointers. */
    long lengthBytes() {
        return (long) byPosition.length() * REFERENCE_BYTES;
    }
}
