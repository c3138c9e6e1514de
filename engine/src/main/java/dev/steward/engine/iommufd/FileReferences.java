package dev.steward.engine.iommufd;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * References on an open file: one of its descriptor, one of each call that is inside. The release happens with the
 * last, so a close does not pull the file from under a reader.
 */
final class FileReferences {
    private final AtomicInteger references = new AtomicInteger(1);

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

    /** Leaves; true for the last one, who must release. */
    boolean leave() {
        return references.decrementAndGet() == 0;
    }
}
