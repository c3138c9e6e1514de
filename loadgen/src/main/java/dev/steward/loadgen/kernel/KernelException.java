package dev.steward.loadgen.kernel;

import java.io.IOException;
import java.io.Serial;

/** Says in one line why the module cannot be built, loaded or read, and what helps. */
public final class KernelException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Of one line. */
    public KernelException(String message) {
        super(message);
    }
}
