package dev.steward.loadgen.rig;

import dev.steward.engine.iommufd.Errno;

/** Results of iommufd operations that a cell cannot go on without. */
final class Errors {
    private Errors() {
    }

    static void check(int result, String operation) {
        if (result < 0) {
            throw new IllegalStateException(operation + " failed with " + Errno.name(-result));
        }
    }
}
