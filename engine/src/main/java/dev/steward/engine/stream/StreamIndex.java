package dev.steward.engine.stream;

/**
 * Finds the dense position of a StreamID, the way the hardware walks the stream table.
 *
 * <p>Safe for any number of threads, also while blocks are being added.
 */
public interface StreamIndex {
    /** Position of a StreamID that is out of range or has no second-level block. */
    int ABSENT = -1;

    /**
     * Walks the table. The way to a word of an entry costs one load in the linear form, the word itself, and two
     * dependent loads in the two-level form, the level-1 descriptor first; this method does all but the last.
     *
     * @param streamId 32 raw bits.
     * @return 0 to {@link #capacity()} - 1, stable for the life of the table, or {@link #ABSENT}.
     */
    int indexOf(int streamId);

    /**
     * Walks the table for a caller that may name only streams with an entry.
     *
     * @param streamId 32 raw bits.
     * @return 0 to {@link #capacity()} - 1.
     * @throws IllegalArgumentException if there is none.
     */
    default int indexOfPresent(int streamId) {
        int position = indexOf(streamId);
        if (position == ABSENT) {
            throw new IllegalArgumentException(
                "StreamID 0x" + Integer.toHexString(streamId) + " has no entry in the stream table");
        }
        return position;
    }

    /** {@return upper bound of all positions that this table will ever hand out} */
    int capacity();
}
