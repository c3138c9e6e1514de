package dev.steward.strategy;

import static dev.steward.strategy.AttachmentLayout.EVEN_REFERENCES_OFFSET;
import static dev.steward.strategy.AttachmentLayout.ODD_REFERENCES_OFFSET;

import dev.steward.engine.stream.Backoff;
import dev.steward.engine.stream.OffHeapWords;

/**
 * References on an attachment, taken unless it is dead: what lets an optimistic reader go on after its validation
 * (the kernel's refcount_inc_not_zero; docs/domain.md, 7.5 h).
 *
 * <p>A record has two words for it, one for its even and one for its odd generations. A word holds the generation it
 * counts for, whether that is dead, and the count. The commit of the next generation makes the other word live, stores
 * the record, kills the word of the old generation and waits for its count: new events go to the new attachment at
 * once, and the commit waits for those reports alone that hold the old one.
 *
 * <p>Memory modes: a reference is taken by a volatile compare-and-set and given back by a volatile add; the word is
 * made live by a release store, before the generation can be seen; it is killed by a volatile add.
 */
final class References {
    private static final int GENERATION_SHIFT = 33;
    private static final long DEAD = 1L << 32;
    private static final long COUNT_MASK = DEAD - 1;

    private References() {
    }

    /** Takes a reference; false if the generation is dead, or not the one that the word counts for any more. */
    static boolean tryTake(long record, long generation) {
        long word = wordOf(record, generation);
        while (true) {
            long seen = OffHeapWords.getLongVolatile(word);
            if ((seen & ~COUNT_MASK) != live(generation)) {
                return false;
            }
            if (OffHeapWords.compareAndSetLong(word, seen, seen + 1)) {
                return true;
            }
        }
    }

    static void put(long record, long generation) {
        OffHeapWords.getAndAddLong(wordOf(record, generation), -1);
    }

    /** Makes the word of a generation live. The one that used it before has been killed and waited for. */
    static void revive(long record, long generation) {
        OffHeapWords.putLongRelease(wordOf(record, generation), live(generation));
    }

    /** Lets nobody take a reference any more and waits for those who hold one; true if there was somebody. */
    static boolean killAndWait(long record, long generation) {
        long word = wordOf(record, generation);
        boolean waited = (OffHeapWords.getAndAddLong(word, DEAD) & COUNT_MASK) != 0;
        for (int round = 0; (OffHeapWords.getLongVolatile(word) & COUNT_MASK) != 0; round++) {
            Backoff.pause(round);
        }
        return waited;
    }

    private static long live(long generation) {
        return generation << GENERATION_SHIFT;
    }

    private static long wordOf(long record, long generation) {
        return record + ((generation & 1) == 0 ? EVEN_REFERENCES_OFFSET : ODD_REFERENCES_OFFSET);
    }
}
