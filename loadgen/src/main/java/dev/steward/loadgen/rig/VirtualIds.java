package dev.steward.loadgen.rig;

/**
 * The virtual StreamIDs of a cell: every pair of vIOMMU and stream has two of its own, so that an id alone tells which
 * attachment it came from. A vDEVICE that is made anew in place takes the other of the two.
 *
 * <p>Real guests may use the same id twice; then a mixed snapshot could not be seen for what it is.
 */
final class VirtualIds {
    static final int NONE = -1;

    private static final int FIRST = 8;

    private final int streams;
    private final int viommus;

    VirtualIds(int streams, int viommus) {
        this.streams = streams;
        this.viommus = viommus;
    }

    int of(int viommu, int stream) {
        return FIRST + viommu * streams + stream;
    }

    int otherOf(int viommu, int stream) {
        return of(viommus + viommu, stream);
    }

    /**
     * The vIOMMU that an id of a stream belongs to.
     *
     * @param virtualStreamId any.
     * @param stream          number of the stream.
     * @param guess           number of a vIOMMU that is looked at first, since a division takes longer.
     * @return its number, or {@link #NONE} if the stream never has that id.
     */
    int viommuOf(int virtualStreamId, int stream, int guess) {
        if (guess < viommus
            && (virtualStreamId == of(guess, stream) || virtualStreamId == otherOf(guess, stream))) {
            return guess;
        }
        int id = virtualStreamId - FIRST;
        if (id < 0 || id >= 2 * streams * viommus || id % streams != stream) {
            return NONE;
        }
        return id / streams % viommus;
    }
}
