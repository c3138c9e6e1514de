package dev.steward.loadgen.rig;

/**
 * The virtual StreamIDs of a cell: every pair of vIOMMU and stream has one of its own, so that an id alone tells which
 * attachment it came from.
 *
 * <p>Real guests may use the same id twice; then a mixed snapshot could not be seen for what it is.
 */
final class VirtualIds {
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

    boolean belongsTo(int virtualStreamId, int stream) {
        int id = virtualStreamId - FIRST;
        return id >= 0 && id < streams * viommus && id % streams == stream;
    }
}
