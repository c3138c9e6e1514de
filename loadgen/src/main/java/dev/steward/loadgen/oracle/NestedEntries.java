package dev.steward.loadgen.oracle;

import dev.steward.engine.stream.StreamTableEntry;
import dev.steward.engine.stream.StreamTableEntryLayout;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What the entry of any stream holds beside word 0 while it is nested in a vIOMMU, by the number of that vIOMMU: bits
 * of words 1 to 7 that the hardware uses.
 *
 * <p>Threading: one attach thread at a time for each vIOMMU; any number of readers.
 */
public final class NestedEntries {
    private static final int WORDS = StreamTableEntryLayout.STE_WORDS;

    /** For each word its value and the mask of its bits, side by side, since each event asks for all. */
    private final AtomicLongArray expected;

    public NestedEntries(int viommus) {
        expected = new AtomicLongArray(viommus * WORDS * 2);
    }

    /** Notes what is installed for a vIOMMU. Before the first entry names it, and while none names an earlier one. */
    public void set(int viommu, StreamTableEntry entry) {
        long[] bound = entry.boundBits();
        for (int word = 1; word < WORDS; word++) {
            expected.set(placeOf(viommu, word), entry.word(word));
            expected.set(placeOf(viommu, word) + 1, bound[word]);
        }
    }

    /** Whether words 1 to 7 are those of an entry that is nested in a vIOMMU. A later load may come before. */
    public boolean hold(int viommu, long[] words) {
        long different = 0;
        for (int word = 1; word < WORDS; word++) {
            int place = placeOf(viommu, word);
            different |= (words[word] ^ expected.getOpaque(place)) & expected.getOpaque(place + 1);
        }
        return different == 0;
    }

    private static int placeOf(int viommu, int word) {
        return (viommu * WORDS + word) * 2;
    }
}
