package dev.steward.design;

/**
 * A StreamID in the driver's search tree, and the master that owns it (docs/domain.md, 1.3). Under the lock of the
 * tree.
 */
final class StreamNode {
    /** Held by the layout test. */
    static final long BYTES = 32;

    StreamNode left;
    StreamNode right;
    int height = 1;

    private final int streamId;
    private final Master master;

    StreamNode(int streamId, Master master) {
        this.streamId = streamId;
        this.master = master;
    }

    int streamId() {
        return streamId;
    }

    Master master() {
        return master;
    }
}
