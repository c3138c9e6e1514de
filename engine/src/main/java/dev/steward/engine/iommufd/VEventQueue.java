package dev.steward.engine.iommufd;

import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;

/**
 * The vEVENTQ: a bounded queue of events that the event thread fills and the VMM reads through a file (eventq.c,
 * driver.c, include/uapi/linux/iommufd.h).
 *
 * <p>Any number of threads may report and read at the same time. A report to a full queue never waits: it moves the
 * lost-events marker, as if the physical queue had overflowed. Two readers may interleave records; each sees rising
 * sequences (modulo wrap) as long as nothing is put back.
 *
 * <p>The length of an event follows from the type, so the kernel's -EINVAL for an event of length 0 has no counterpart.
 * The kernel allocates each event; here nodes are preallocated, and {@link ReportCosts} has the time that it takes and
 * says when it fails; a depth that does not fit memory is refused with -ENOMEM at allocation (own).
 *
 * <p>Born with an open file that pins queue and context; until {@link #close()} a destroy answers -EBUSY.
 */
public final class VEventQueue extends IommufdObject implements AutoCloseable {
    /** Result of a report: the event is queued. */
    public static final int QUEUED = 0;

    /** Result of a report: the queue was full and the event is lost. The kernel answers 0; the ledger wants to know. */
    public static final int LOST = 1;

    private final VIommu viommu;
    private final int type;
    private final int depth;
    private final int dataLength;
    private final Waker waker;
    private final VEventList list;
    private final FileReferences file;

    private VEventQueue(
        Context context, int id, VIommu viommu, int type, int depth, int firstSequence, Waker waker) {
        super(context, id);
        this.viommu = viommu;
        this.type = type;
        this.depth = depth;
        this.dataLength = VEventLayout.dataLength(type);
        this.waker = waker;
        ReportCosts costs = context.costs();
        list = new VEventList(depth, firstSequence, context.kernel().allocatesUnderVeventqLock(), costs, event -> {
            event.wakeListener.waking();
            costs.wakeUp();
            waker.wake(this);
            event.wakeListener.woken();
        });
        viommu.pin(1);
        file = new FileReferences(this);
    }

    static VEventQueue allocate(
        Context context, int viommuId, int type, int depth, int flags, int firstSequence, Waker waker) {
        if (flags != 0 || VEventLayout.dataLength(type) == 0) {
            throw new IommufdException(Errno.EOPNOTSUPP, "vEVENTQ type " + type + ", flags " + flags);
        }
        if (depth == 0) {
            throw new IommufdException(Errno.EINVAL, "a vEVENTQ needs a depth");
        }
        VIommu viommu = context.acquire(viommuId, VIommu.class);
        try {
            // The depth is a u32 of the uAPI.
            if (Integer.compareUnsigned(depth, VEventLayout.MAX_DEPTH) > 0) {
                throw new IommufdException(Errno.ENOMEM, "vEVENTQ depth " + Integer.toUnsignedString(depth));
            }
            return viommu.addVeventq(type, () -> context.publish(
                id -> new VEventQueue(context, id, viommu, type, depth, firstSequence, waker)));
        } finally {
            viommu.release();
        }
    }

    /**
     * Queues one event. For callers that hold the vIOMMU alive; {@link VIommu#report} is the way of the driver.
     *
     * @param event copied.
     * @return {@link #QUEUED}, {@link #LOST}, -ENOMEM if it is lost because there was no memory for it, or
     *         {@link VIommu#USE_AFTER_DESTROY}.
     */
    public int report(VEvent event) {
        int appended = list.append(event);
        return appended == VEventList.APPEND_DESTROYED ? VIommu.USE_AFTER_DESTROY : appended;
    }

    /**
     * The {@code read()} of the file: as many whole records as fit, in the layout of {@link VEventLayout}. Never
     * blocks. Memory behind the capacity of the buffer is what unmapped memory is to the kernel. No user here, since
     * the rig polls; modelled so that bounds, markers and put-backs can be held against the uAPI.
     *
     * @param destination  where the records go.
     * @param offset       first byte to write.
     * @param length       bytes offered by the reader, 0 or more.
     * @param filePosition must be 0.
     * @return bytes written; 0 if the queue is empty or the first record does not fit; -EBADF after close, -ESPIPE for
     *         another position, -EFAULT if the first record ran out of the buffer. Never -EAGAIN. Since v7.2 -EINVAL
     *         (inf) for a length that has no room for a header; before, a header whose data could not be copied is
     *         counted, and comes again.
     */
    public long read(MutableDirectBuffer destination, int offset, int length, long filePosition) {
        if (!file.tryEnter()) {
            return -Errno.EBADF;
        }
        try {
            return filePosition != 0 ? -Errno.ESPIPE : readRecords(destination, offset, length);
        } finally {
            file.leave();
        }
    }

    private long readRecords(MutableDirectBuffer destination, int offset, int length) {
        KernelVersion kernel = context().kernel();
        if (kernel.checksReadSize() && length < VEventLayout.HEADER_LENGTH) {
            return -Errno.EINVAL;
        }
        int done = 0;
        while (done < length) {
            long popped = list.pop();
            if (popped == VEventList.EMPTY) {
                break;
            }
            boolean lostMarker = VEventList.isLostMarker(popped);
            int recordLength = VEventLayout.HEADER_LENGTH + (lostMarker ? 0 : dataLength);
            if (recordLength > length - done) {
                putBack(popped);
                break;
            }
            int index = offset + done;
            if (index < 0 || index > destination.capacity() - recordLength) {
                boolean headerCopied = index >= 0 && index <= destination.capacity() - VEventLayout.HEADER_LENGTH;
                if (headerCopied && !kernel.rewindsHeader()) {
                    done += VEventLayout.HEADER_LENGTH;
                }
                putBack(popped);
                return done == 0 ? -Errno.EFAULT : done;
            }
            destination.putInt(index + VEventLayout.FLAGS_OFFSET, lostMarker ? VEventLayout.FLAG_LOST_EVENTS : 0);
            destination.putInt(index + VEventLayout.SEQUENCE_OFFSET, list.sequence(popped));
            for (int at = VEventLayout.DATA_OFFSET, word = 0; at < recordLength; at += Long.BYTES, word++) {
                destination.putLong(index + at, list.word(popped, word), ByteOrder.LITTLE_ENDIAN);
            }
            list.complete(popped, false);
            done += recordLength;
        }
        return done;
    }

    /**
     * Second way to read, for the measurement: the same pops and put-backs, with the stamps of the reports. One section
     * gives a slot back and takes the next record, where the kernel has two (own). No allocation.
     *
     * @param handler receives the records.
     * @param limit   most records to deliver, markers included.
     * @return records delivered, or -EBADF after close.
     */
    public int poll(RecordHandler handler, int limit) {
        if (!file.tryEnter()) {
            return -Errno.EBADF;
        }
        try {
            int delivered = 0;
            long popped = limit > 0 ? list.pop() : VEventList.EMPTY;
            while (popped != VEventList.EMPTY) {
                deliver(handler, popped);
                popped = list.complete(popped, ++delivered < limit);
            }
            return delivered;
        } finally {
            file.leave();
        }
    }

    private void deliver(RecordHandler handler, long popped) {
        boolean accepted = false;
        try {
            if (VEventList.isLostMarker(popped)) {
                handler.onRecord(VEventLayout.FLAG_LOST_EVENTS, list.sequence(popped), 0, 0, 0, 0, 0, 0);
            } else {
                handler.onRecord(0, list.sequence(popped),
                    list.word(popped, 0), list.word(popped, 1), list.word(popped, 2), list.word(popped, 3),
                    list.stamp(popped, 0), list.stamp(popped, 1));
            }
            accepted = true;
        } finally {
            if (!accepted) {
                putBack(popped);
            }
        }
    }

    private void putBack(long popped) {
        if (list.putBack(popped)) {
            waker.wake(this);
        }
    }

    /**
     * {@return whether the list is not empty, a record in the hand of a reader not counted: the {@code poll()} of the
     * file}
     */
    public boolean readable() {
        return list.readable();
    }

    /**
     * Closes the file. It ends with the last read that is inside; then queue and context lose its pins. Closing twice
     * has no effect.
     */
    @Override
    public void close() {
        file.close();
    }

    /** {@return the vIOMMU that this queue pins} */
    public VIommu viommu() {
        return viommu;
    }

    /** {@return type of the events, see {@link VEventLayout}} */
    public int type() {
        return type;
    }

    /** {@return most unread events, 1 or more} */
    public int depth() {
        return depth;
    }

    /** {@return off-heap memory in bytes: the head and one preallocated node for each event that the queue can hold} */
    public long offHeapBytes() {
        return VEventLayout.blockLength(depth);
    }

    /** {@return events that got a slot; once nothing moves, those delivered, unread and discarded} */
    public long queued() {
        return list.counter(VEventLayout.QUEUED_OFFSET);
    }

    /** {@return events that met a full queue, or for which there was no memory} */
    public long lost() {
        return list.counter(VEventLayout.LOST_OFFSET);
    }

    /** {@return events that a reader has copied; markers are not counted} */
    public long delivered() {
        return list.counter(VEventLayout.DELIVERED_OFFSET);
    }

    /** {@return events that the destroy of the queue threw away; 0 before} */
    public long discarded() {
        return list.counter(VEventLayout.DISCARDED_OFFSET);
    }

    /** {@return occupied slots: queued events, and those in the hand of a reader; 0 to {@link #depth()}} */
    public int unread() {
        return list.unread();
    }

    @Override
    void onDestroy() {
        viommu.removeVeventq(this);
        list.destroy();
        viommu.unpin();
    }
}
