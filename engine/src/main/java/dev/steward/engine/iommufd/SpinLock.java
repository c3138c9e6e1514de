package dev.steward.engine.iommufd;

import dev.steward.engine.stream.Backoff;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Test-and-test-and-set lock on one off-heap word, in the place of the kernel's {@code spinlock_t}.
 *
 * <p>Two differences to the kernel's queued spinlock, both on purpose:
 * <ul>
 *   <li>It is not first come, first served: the sections it guards are a few stores long, and a hand-over in order
 *   would make every waiter wait for descheduled ones.</li>
 *   <li>A holder in the kernel cannot be preempted; a JVM thread can. A waiter therefore gives up its core after a
 *   while ({@link Backoff}), so that a holder on the same core can finish, whatever the priority of either.</li>
 * </ul>
 *
 * <p>Not reentrant, no owner check. The word lies next to the data it guards, as in the kernel's structures. Acquiring
 * is a compare-and-set, releasing is a release store: everything done under the lock happens before the next holder's
 * section.
 */
final class SpinLock {
    private static final int FREE = 0;
    private static final int HELD = 1;

    private final AtomicBuffer buffer;
    private final int offset;

    SpinLock(AtomicBuffer buffer, int offset) {
        this.buffer = buffer;
        this.offset = offset;
    }

    void lock() {
        if (!buffer.compareAndSetInt(offset, FREE, HELD)) {
            lockContended();
        }
    }

    void unlock() {
        buffer.putIntRelease(offset, FREE);
    }

    private void lockContended() {
        int looks = 0;
        do {
            // Looking only: the line stays shared among the waiters until the holder writes it.
            while (buffer.getIntOpaque(offset) != FREE) {
                Backoff.pause(looks++);
            }
        } while (!buffer.compareAndSetInt(offset, FREE, HELD));
    }
}
