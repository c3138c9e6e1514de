package dev.steward.design;

import dev.steward.strategy.LockStrategy;

/** What the designs share that find the master in a search tree under a lock of the SMMU. */
abstract class TreeGuard extends LockedGuard {
    private final StreamTree tree = new StreamTree();

    TreeGuard(DesignParts parts, LockStrategy lock) {
        super(parts, lock);
    }

    @Override
    final Master find(int streamId) {
        return tree.find(streamId);
    }

    @Override
    final long nodeBytes() {
        return tree.size() * StreamNode.BYTES;
    }

    @Override
    final void learn(Master master) {
        long token = lock().lockExclusive();
        try {
            for (int streamId : master.streamIds()) {
                if (tree.find(streamId) == null) {
                    tree.insert(new StreamNode(streamId, master));
                }
            }
        } finally {
            lock().unlockExclusive(token);
        }
    }

    /** Events that had found the master have left: they hold the lock until they are done with it. */
    @Override
    final void forget(Master master) {
        long token = lock().lockExclusive();
        try {
            for (int streamId : master.streamIds()) {
                if (tree.find(streamId) != null) {
                    tree.remove(streamId);
                }
            }
        } finally {
            lock().unlockExclusive(token);
        }
        VMaster.free(master.exchange(null));
    }
}
