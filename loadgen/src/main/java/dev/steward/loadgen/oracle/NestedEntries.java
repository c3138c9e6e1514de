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

    private final AtomicLongArray values;
    private final AtomicLongArray masks;

    public NestedEntries(int viommus) {
        values = new AtomicLongArray(viommus * WORDS);
        masks = new AtomicLongArray(viommus * WORDS);
    }

    /** Notes what is installed for a vIOMMU. Before the first entry names it, and while none names an earlier one. */
    public void set(int viommu, StreamTableEntry entry) {
        long[] bound = entry.boundBits();
        for (int word = 1; word < WORDS; word++) {
            values.set(viommu * WORDS + word, entry.word(word));
            masks.set(viommu * WORDS + word, bound[word]);
        }
    }

    /**
     * Whether a word is that of an entry that is nested in a vIOMMU.
     *
     * @param word 1 to 7.
     */
    public boolean holds(int viommu, int word, long value) {
        int place = viommu * WORDS + word;
        return ((value ^ values.get(place)) & masks.get(place)) == 0;
    }
}
