package dev.steward.engine.iommufd;

import dev.steward.engine.stream.OffHeap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Off-heap blocks of the objects, and the canary that tells a living block from a destroyed one.
 *
 * <p>A block is never unmapped by hand. Its buffer keeps it mapped for as long as any thread can still reach the
 * object, so a use after destroy reads poison and never faults. What the kernel's slab poisoning does for a freed
 * structure, the canary does here, without a crash of the JVM.
 */
final class ObjectMemory {
    /** Canary of a living object: no plausible pointer, id or event word. */
    static final long ALIVE = 0x5354_4557_4152_4421L;

    /** Canary of a destroyed object: the byte pattern of the kernel's poison for freed memory. */
    static final long POISON = 0x6b6b_6b6b_6b6b_6b6bL;

    private ObjectMemory() {
    }

    static UnsafeBuffer allocate(int length, String what) {
        try {
            return new OffHeap(length).buffer();
        } catch (OutOfMemoryError e) {
            throw new IommufdException(Errno.ENOMEM, length + " bytes off-heap for " + what);
        }
    }
}
