package dev.steward.engine.iommufd;

import static dev.steward.engine.iommufd.VEventLayout.CANARY_OFFSET;
import static dev.steward.engine.iommufd.VEventLayout.DELIVERED_OFFSET;
import static dev.steward.engine.iommufd.VEventLayout.DISCARDED_OFFSET;
import static dev.steward.engine.iommufd.VEventLayout.FREE_LIST_OFFSET;
import static dev.steward.engine.iommufd.VEventLayout.LIST_HEAD_OFFSET;
import static dev.steward.engine.iommufd.VEventLayout.LIST_TAIL_OFFSET;
import static dev.steward.engine.iommufd.VEventLayout.LOST_LISTED_OFFSET;
import static dev.steward.engine.iommufd.VEventLayout.LOST_OFFSET;
import static dev.steward.engine.iommufd.VEventLayout.LOST_SEQUENCE_OFFSET;
import static dev.steward.engine.iommufd.VEventLayout.NEXT_SEQUENCE_OFFSET;
import static dev.steward.engine.iommufd.VEventLayout.NODE_NEXT_OFFSET;
import static dev.steward.engine.iommufd.VEventLayout.NODE_SEQUENCE_OFFSET;
import static dev.steward.engine.iommufd.VEventLayout.NODE_STAMPS_OFFSET;
import static dev.steward.engine.iommufd.VEventLayout.NODE_WORDS_OFFSET;
import static dev.steward.engine.iommufd.VEventLayout.QUEUED_OFFSET;
import static dev.steward.engine.iommufd.VEventLayout.UNREAD_OFFSET;

import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The deliver list of a vEVENTQ with its spinlock: the one place that knows the tail rule and the put-back rules
 * (drivers/iommu/iommufd/eventq.c, driver.c).
 *
 * <p>Nodes are preallocated, one for each unit of depth. The kernel allocates a node for each event instead; what that
 * takes is an input ({@link Allocation#EVENT}). They form a linked list and not a ring of positions, because two
 * readers may finish their nodes in either order and may put one back in front of what the other has not yet seen.
 *
 * <p>The lost-events marker is no node but a flag with a sequence. It is logically behind the last node, so "at most
 * one, always last" holds by construction and N losses in a row cost no memory.
 *
 * <p>Every access to the list is plain and under the lock. The counters have one writer at a time (the holder) and are
 * stored with release, so that a ledger may read them with acquire and without the lock. A popped node belongs to its
 * popper until {@link #complete} or {@link #putBack}; its words were written before the producer released the lock.
 */
final class VEventList {
    /** Answer of {@link #pop()} on an empty list. */
    static final long EMPTY = -1L;

    /** Answer of {@link #append}: the event is in the list. */
    static final int APPEND_QUEUED = VEventQueue.QUEUED;

    /** Answer of {@link #append}: the queue was full, the event is lost. */
    static final int APPEND_LOST = VEventQueue.LOST;

    /** Answer of {@link #append} on a list that {@link #destroy()} has closed. */
    static final int APPEND_DESTROYED = -1;

    /** Answer of {@link #append}: there was no memory, the event is lost. */
    static final int APPEND_NO_MEMORY = -Errno.ENOMEM;

    private static final long LOST_MARKER = 1L << 32;
    private static final int NIL = -1;

    private final UnsafeBuffer buffer;
    private final SpinLock lock;
    private final int depth;
    private final boolean allocatesUnderLock;
    private final ReportCosts costs;
    private final Consumer<VEvent> wakeUp;

    /**
     * An empty list.
     *
     * @param wakeUp called for each element that is appended, a lost-events marker included, under the spinlock: as
     *               wake_up_interruptible in iommufd_vevent_handler (driver.c).
     */
    VEventList(
        int depth, int firstSequence, boolean allocatesUnderLock, ReportCosts costs, Consumer<VEvent> wakeUp) {
        this.depth = depth;
        this.allocatesUnderLock = allocatesUnderLock;
        this.costs = costs;
        this.wakeUp = wakeUp;
        buffer = ObjectMemory.allocate(VEventLayout.blockLength(depth), "a vEVENTQ");
        lock = new SpinLock(buffer, VEventLayout.LOCK_OFFSET);
        for (int node = 0; node < depth; node++) {
            setNext(node, node + 1 < depth ? node + 1 : NIL);
        }
        buffer.putInt(FREE_LIST_OFFSET, 0);
        buffer.putInt(LIST_HEAD_OFFSET, NIL);
        buffer.putInt(LIST_TAIL_OFFSET, NIL);
        buffer.putInt(NEXT_SEQUENCE_OFFSET, firstSequence);
        buffer.putLongRelease(CANARY_OFFSET, ObjectMemory.ALIVE);
    }

    /** The tail rule in one step: a marker at the tail goes, the event or the marker comes, the sequence moves on. */
    int append(VEvent event) {
        boolean allocated = allocatesUnderLock || costs.allocation(Allocation.EVENT);
        lock.lock();
        try {
            if (buffer.getLong(CANARY_OFFSET) != ObjectMemory.ALIVE) {
                return APPEND_DESTROYED;
            }
            int sequence = buffer.getInt(NEXT_SEQUENCE_OFFSET);
            buffer.putInt(NEXT_SEQUENCE_OFFSET, VEventLayout.nextSequence(sequence));

            int unread = buffer.getInt(UNREAD_OFFSET);
            if (unread == depth) {
                lose(event, sequence);
                return APPEND_LOST;
            }
            if (!allocated || allocatesUnderLock && !costs.allocation(Allocation.EVENT)) {
                lose(event, sequence);
                return APPEND_NO_MEMORY;
            }

            // The gap in the sequences now tells of the loss.
            buffer.putInt(LOST_LISTED_OFFSET, 0);
            int node = takeFreeNode();
            int at = VEventLayout.nodeOffset(node);
            buffer.putLong(at + NODE_WORDS_OFFSET, event.word0);
            buffer.putLong(at + NODE_WORDS_OFFSET + 8, event.word1);
            buffer.putLong(at + NODE_WORDS_OFFSET + 16, event.word2);
            buffer.putLong(at + NODE_WORDS_OFFSET + 24, event.word3);
            buffer.putLong(at + NODE_STAMPS_OFFSET, event.stamp0);
            buffer.putLong(at + NODE_STAMPS_OFFSET + 8, event.stamp1);
            buffer.putInt(at + NODE_SEQUENCE_OFFSET, sequence);
            addLast(node);
            buffer.putIntRelease(UNREAD_OFFSET, unread + 1);
            increment(QUEUED_OFFSET);
            wakeUp.accept(event);
            return APPEND_QUEUED;
        } finally {
            lock.unlock();
        }
    }

    private void lose(VEvent event, int sequence) {
        buffer.putInt(LOST_SEQUENCE_OFFSET, sequence);
        buffer.putInt(LOST_LISTED_OFFSET, 1);
        increment(LOST_OFFSET);
        wakeUp.accept(event);
    }

    /** Takes the head. The slot of a node stays occupied; a marker leaves the list, the answer is its copy. */
    long pop() {
        lock.lock();
        try {
            return takeFirst();
        } finally {
            lock.unlock();
        }
    }

    private long takeFirst() {
        int node = buffer.getInt(LIST_HEAD_OFFSET);
        if (node != NIL) {
            int next = next(node);
            buffer.putInt(LIST_HEAD_OFFSET, next);
            if (next == NIL) {
                buffer.putInt(LIST_TAIL_OFFSET, NIL);
            }
            return node;
        }
        if (buffer.getInt(LOST_LISTED_OFFSET) != 0) {
            buffer.putInt(LOST_LISTED_OFFSET, 0);
            return LOST_MARKER | buffer.getInt(LOST_SEQUENCE_OFFSET);
        }
        return EMPTY;
    }

    /**
     * Undoes a {@link #pop()}: a node goes back in front; a marker only into an empty list, since otherwise the newer
     * events carry the gap. It returns with the sequence of the last loss, which may be later than that of the copy.
     *
     * @return true if the list was empty and no longer is.
     */
    boolean putBack(long popped) {
        lock.lock();
        try {
            boolean wasEmpty = isEmpty();
            if (isLostMarker(popped)) {
                if (wasEmpty) {
                    buffer.putInt(LOST_LISTED_OFFSET, 1);
                }
            } else {
                int node = (int) popped;
                int head = buffer.getInt(LIST_HEAD_OFFSET);
                setNext(node, head);
                buffer.putInt(LIST_HEAD_OFFSET, node);
                if (head == NIL) {
                    buffer.putInt(LIST_TAIL_OFFSET, node);
                }
            }
            return wasEmpty && !isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** The copy is done: only now the slot of a node becomes free. In the same section the next is taken, if asked. */
    long complete(long popped, boolean popNext) {
        lock.lock();
        try {
            free(popped);
            return popNext ? takeFirst() : EMPTY;
        } finally {
            lock.unlock();
        }
    }

    private void free(long popped) {
        if (isLostMarker(popped)) {
            return;
        }
        int node = (int) popped;
        setNext(node, buffer.getInt(FREE_LIST_OFFSET));
        buffer.putInt(FREE_LIST_OFFSET, node);
        buffer.putIntRelease(UNREAD_OFFSET, buffer.getInt(UNREAD_OFFSET) - 1);
        increment(DELIVERED_OFFSET);
    }

    /**
     * Throws away what nobody read, and poisons the block. No reader is inside: the open file would have pinned the
     * queue.
     */
    void destroy() {
        lock.lock();
        try {
            buffer.putLongRelease(DISCARDED_OFFSET, buffer.getInt(UNREAD_OFFSET));
            buffer.putIntRelease(UNREAD_OFFSET, 0);
            buffer.putInt(LIST_HEAD_OFFSET, NIL);
            buffer.putInt(LIST_TAIL_OFFSET, NIL);
            buffer.putInt(LOST_LISTED_OFFSET, 0);
            buffer.putLongVolatile(CANARY_OFFSET, ObjectMemory.POISON);
        } finally {
            lock.unlock();
        }
    }

    boolean readable() {
        lock.lock();
        try {
            return !isEmpty();
        } finally {
            lock.unlock();
        }
    }

    static boolean isLostMarker(long popped) {
        return popped >= LOST_MARKER;
    }

    /** Sequence of a popped element; a marker carries its own. */
    int sequence(long popped) {
        return isLostMarker(popped)
            ? (int) popped
            : buffer.getInt(VEventLayout.nodeOffset((int) popped) + NODE_SEQUENCE_OFFSET);
    }

    long word(long poppedNode, int index) {
        return buffer.getLong(VEventLayout.nodeOffset((int) poppedNode) + NODE_WORDS_OFFSET + index * Long.BYTES);
    }

    long stamp(long poppedNode, int index) {
        return buffer.getLong(VEventLayout.nodeOffset((int) poppedNode) + NODE_STAMPS_OFFSET + index * Long.BYTES);
    }

    long counter(int offset) {
        return buffer.getLongAcquire(offset);
    }

    int unread() {
        return buffer.getIntAcquire(UNREAD_OFFSET);
    }

    private boolean isEmpty() {
        return buffer.getInt(LIST_HEAD_OFFSET) == NIL && buffer.getInt(LOST_LISTED_OFFSET) == 0;
    }

    private int takeFreeNode() {
        int node = buffer.getInt(FREE_LIST_OFFSET);
        buffer.putInt(FREE_LIST_OFFSET, next(node));
        return node;
    }

    private void addLast(int node) {
        setNext(node, NIL);
        int tail = buffer.getInt(LIST_TAIL_OFFSET);
        if (tail == NIL) {
            buffer.putInt(LIST_HEAD_OFFSET, node);
        } else {
            setNext(tail, node);
        }
        buffer.putInt(LIST_TAIL_OFFSET, node);
    }

    private int next(int node) {
        return buffer.getInt(VEventLayout.nodeOffset(node) + NODE_NEXT_OFFSET);
    }

    private void setNext(int node, int next) {
        buffer.putInt(VEventLayout.nodeOffset(node) + NODE_NEXT_OFFSET, next);
    }

    private void increment(int offset) {
        buffer.putLongRelease(offset, buffer.getLong(offset) + 1);
    }
}
