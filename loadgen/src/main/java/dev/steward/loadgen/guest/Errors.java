package dev.steward.loadgen.guest;

import dev.steward.engine.iommufd.Errno;

/** Results of iommufd operations that a cell cannot go on without. */
public final class Errors {
    private Errors() {
    }

    public static void check(int result, String operation) {
        if (result < 0) {
            throw new IllegalStateException(operation + " failed with " + Errno.name(-result));
        }
    }
}
