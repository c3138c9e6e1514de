package dev.steward.engine.iommufd;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * References on the open file of an object: one of its descriptor, one of each call that is inside. The file pins the
 * object and its context from the start; the last to leave releases both, so a close does not pull the file from under
 * a reader.
 */
final class FileReferences {
    private final IommufdObject owner;
    private final AtomicInteger references = new AtomicInteger(1);
    private final AtomicBoolean descriptorClosed = new AtomicBoolean();

    FileReferences(IommufdObject owner) {
        this.owner = owner;
        owner.pin(1);
        owner.context().addReference();
    }

    /** Enters, unless the file is closed and left by all. */
    boolean tryEnter() {
        int seen;
        do {
            seen = references.get();
            if (seen == 0) {
                return false;
            }
        } while (!references.compareAndSet(seen, seen + 1));
        return true;
    }

    /** Leaves after a {@link #tryEnter()} that succeeded. */
    void leave() {
        if (references.decrementAndGet() == 0) {
            owner.unpin();
            owner.context().dropReference();
        }
    }

    /** Closes the descriptor. Closing twice has no effect. */
    void close() {
        if (descriptorClosed.compareAndSet(false, true)) {
            leave();
        }
    }
}
