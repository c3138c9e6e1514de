package dev.steward.design;

/**
 * StreamID to master in a balanced search tree: the place of the driver's red-black tree {@code streams}. Adelson-
 * Velsky and Landis 1962: at most 1.44 log2(n) steps, where a red-black tree may have 2 log2(n).
 *
 * <p>A node names the master that owns its StreamID. Finding does not allocate. StreamIDs compare unsigned.
 * Guarded by the lock of the design that owns it; finding needs only the shared side.
 */
final class StreamTree {
    private StreamNode root;
    private int size;

    Master find(int streamId) {
        StreamNode node = root;
        while (node != null) {
            int order = Integer.compareUnsigned(streamId, node.streamId());
            if (order == 0) {
                return node.master();
            }
            node = order < 0 ? node.left : node.right;
        }
        return null;
    }

    /** Inserts a node whose StreamID is not in the tree. */
    void insert(StreamNode node) {
        root = insert(root, node);
        size++;
    }

    private static StreamNode insert(StreamNode node, StreamNode added) {
        if (node == null) {
            return added;
        }
        if (Integer.compareUnsigned(added.streamId(), node.streamId()) < 0) {
            node.left = insert(node.left, added);
        } else {
            node.right = insert(node.right, added);
        }
        return balanced(node);
    }

    /** Takes out the node of a StreamID that is in the tree. */
    void remove(int streamId) {
        root = remove(root, streamId);
        size--;
    }

    private static StreamNode remove(StreamNode node, int streamId) {
        int order = Integer.compareUnsigned(streamId, node.streamId());
        if (order < 0) {
            node.left = remove(node.left, streamId);
            return balanced(node);
        }
        if (order > 0) {
            node.right = remove(node.right, streamId);
            return balanced(node);
        }
        if (node.left == null || node.right == null) {
            return node.left == null ? node.right : node.left;
        }
        StreamNode successor = node.right;
        while (successor.left != null) {
            successor = successor.left;
        }
        // Nodes have identity here, so the successor moves up and not its content.
        successor.right = withoutFirst(node.right);
        successor.left = node.left;
        return balanced(successor);
    }

    private static StreamNode withoutFirst(StreamNode node) {
        if (node.left == null) {
            return node.right;
        }
        node.left = withoutFirst(node.left);
        return balanced(node);
    }

    private static StreamNode balanced(StreamNode node) {
        int lean = height(node.left) - height(node.right);
        if (lean > 1) {
            if (height(node.left.left) < height(node.left.right)) {
                node.left = rotatedLeft(node.left);
            }
            return rotatedRight(node);
        }
        if (lean < -1) {
            if (height(node.right.right) < height(node.right.left)) {
                node.right = rotatedRight(node.right);
            }
            return rotatedLeft(node);
        }
        measure(node);
        return node;
    }

    private static StreamNode rotatedRight(StreamNode node) {
        StreamNode top = node.left;
        node.left = top.right;
        top.right = node;
        measure(node);
        measure(top);
        return top;
    }

    private static StreamNode rotatedLeft(StreamNode node) {
        StreamNode top = node.right;
        node.right = top.left;
        top.left = node;
        measure(node);
        measure(top);
        return top;
    }

    private static void measure(StreamNode node) {
        node.height = 1 + Math.max(height(node.left), height(node.right));
    }

    private static int height(StreamNode node) {
        return node == null ? 0 : node.height;
    }

    /** Most steps that a look-up takes. */
    int height() {
        return height(root);
    }

    int size() {
        return size;
    }
}
