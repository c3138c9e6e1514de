package dev.steward.engine.iommufd;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The fault queue: stalled transactions wait here until the VMM answers them (eventq.c; docs/domain.md, 4.4). Named by
 * nested domains, which pin it.
 *
 * <p>Each fault is answered exactly once: by a {@link #write}, or with {@link FaultLayout#INVALID} when the attachment
 * that it came through ends, or when the queue is destroyed. The answer goes to the driver, which resumes the
 * transaction. Every group has one fault, as for an SMMU, so the kernel's collecting of partial groups has no
 * counterpart.
 *
 * <p>Threading: any number of reporters, readers and writers. The mutex covers a whole read, write or automatic answer,
 * as the kernel's {@code fault.mutex}; the spinlock covers the list of unread faults. The fault_param mutex of the
 * device is taken by a report, and held over the driver's answer: a report waits behind an answer under way, which may
 * wait for space in the command queue. Order: lock of the group, mutex, fault_param, spinlock. Faults are reused, a
 * report that need not wait does not allocate in the long run.
 *
 * <p>Born with an open file that pins queue and context; until {@link #close()} a destroy answers -EBUSY.
 */
public final class FaultQueue extends IommufdObject implements AutoCloseable {
    private final Runnable waker;
    private final ReportCosts costs;
    private final FileReferences file;
    private final ReentrantLock mutex = new ReentrantLock();
    private final FaultList unread = new FaultList();
    private final FaultCookies outstanding = new FaultCookies();

    // Written under the mutex.
    private volatile long answered;
    private volatile long automatic;

    private FaultQueue(Context context, int id, Runnable waker) {
        super(context, id);
        this.waker = waker;
        costs = context.costs();
        file = new FileReferences(this);
    }

    static FaultQueue allocate(Context context, int flags, Runnable waker) {
        if (flags != 0) {
            throw new IommufdException(Errno.EOPNOTSUPP, "fault queue flags 0x" + Integer.toHexString(flags));
        }
        return context.publish(id -> new FaultQueue(context, id, waker));
    }

    /**
     * Queues a fault, for the driver. Without a fence ({@link IommuDriver#drainFaults}) the handle may be freed
     * meanwhile, which is counted. Waits for an answer of the same device that is under way.
     *
     * @param handle     through which the queue was found.
     * @param streamId   of the transaction, for the resume.
     * @param group      stall tag.
     * @param flags      see {@link FaultLayout}; the last-page flag is added.
     * @param pasid      process id.
     * @param permission see {@link FaultLayout}.
     * @param address    of the fault.
     * @param stamp      sideband of the measurement, opaque.
     * @return false if there was no memory for it: it is not queued, and the caller answers it.
     */
    public boolean report(
        AttachHandle handle, int streamId, int group, int flags, int pasid, int permission, long address, long stamp) {
        if (!costs.allocation(Allocation.FAULT)) {
            return false;
        }
        Lock pending = handle.device().host().faultParam();
        pending.lock();
        // The kernel puts the group on the device's list of pending faults here; the list of the queue is enough.
        pending.unlock();
        if (unread.append(handle, streamId, group, flags, pasid, permission, address, stamp)) {
            waker.run();
        }
        return true;
    }

    /**
     * The {@code read()} of the file: as many whole faults as fit. Each gets a cookie, the lowest that is free (inf).
     * No user here, as for {@link #write}, since the rig polls; modelled so that both can be held against the uAPI.
     *
     * @param destination  where the faults go.
     * @param offset       first byte to write.
     * @param length       bytes offered by the reader, a multiple of {@link FaultLayout#FAULT_LENGTH}.
     * @param filePosition must be 0.
     * @return bytes written, 0 if nothing is queued; -EBADF after close; -ESPIPE for another position or length;
     *         -EFAULT if the first fault ran out of the buffer, which stays queued.
     */
    public long read(MutableDirectBuffer destination, int offset, int length, long filePosition) {
        if (filePosition != 0 || length < 0 || length % FaultLayout.FAULT_LENGTH != 0) {
            return -Errno.ESPIPE;
        }
        int room = offset < 0 ? 0 : Math.max(0, destination.capacity() - offset) / FaultLayout.FAULT_LENGTH;
        int faults = poll(new Encoder(destination, offset), Math.min(length / FaultLayout.FAULT_LENGTH, room));
        if (faults == 0 && room == 0 && length > 0 && unread.readable()) {
            return -Errno.EFAULT;
        }
        return faults < 0 ? faults : faults * FaultLayout.FAULT_LENGTH;
    }

    /**
     * Second way to read, for the measurement: with the stamps of the reports, without the buffer.
     *
     * @param handler receives the faults.
     * @param limit   most faults to deliver.
     * @return faults delivered, or -EBADF after close.
     */
    public int poll(FaultHandler handler, int limit) {
        if (!file.tryEnter()) {
            return -Errno.EBADF;
        }
        mutex.lock();
        try {
            int delivered = 0;
            for (Fault fault; delivered < limit && (fault = unread.poll()) != null; delivered++) {
                outstanding.add(fault);
                handler.onFault(fault.cookie, fault.handle.device().id(), fault.flags, fault.pasid, fault.group,
                    fault.permission, fault.address, fault.stamp);
            }
            return delivered;
        } finally {
            mutex.unlock();
            file.leave();
        }
    }

    /**
     * The {@code write()} of the file: answers in the order of the buffer, up to the first that is refused.
     *
     * @param source       responses.
     * @param offset       first byte to read.
     * @param length       a multiple of {@link FaultLayout#RESPONSE_LENGTH}.
     * @param filePosition must be 0.
     * @return bytes accepted; if none was, -EINVAL for an unknown code or a cookie that is not outstanding and -EFAULT
     *         if the first response runs out of the buffer; -EBADF after close; -ESPIPE for another position or length.
     */
    public long write(DirectBuffer source, int offset, int length, long filePosition) {
        if (filePosition != 0 || length < 0 || length % FaultLayout.RESPONSE_LENGTH != 0) {
            return -Errno.ESPIPE;
        }
        if (!file.tryEnter()) {
            return -Errno.EBADF;
        }
        mutex.lock();
        try {
            for (int done = 0; done < length; done += FaultLayout.RESPONSE_LENGTH) {
                int result = respond(source, offset + done);
                if (result < 0) {
                    return done == 0 ? result : done;
                }
            }
            return length;
        } finally {
            mutex.unlock();
            file.leave();
        }
    }

    private int respond(DirectBuffer source, int index) {
        if (index < 0 || index > source.capacity() - FaultLayout.RESPONSE_LENGTH) {
            return -Errno.EFAULT;
        }
        return respond(
            source.getInt(index + FaultLayout.RESPONSE_COOKIE_OFFSET, ByteOrder.LITTLE_ENDIAN),
            source.getInt(index + FaultLayout.RESPONSE_CODE_OFFSET, ByteOrder.LITTLE_ENDIAN));
    }

    /**
     * Answers one fault, as a {@link #write} of one response does.
     *
     * @param cookie of the fault.
     * @param code   {@link FaultLayout#SUCCESS} or {@link FaultLayout#INVALID}.
     * @return 0; -EINVAL for another code or a cookie that is not outstanding; -EBADF after close.
     */
    public int respond(int cookie, int code) {
        if (!file.tryEnter()) {
            return -Errno.EBADF;
        }
        mutex.lock();
        try {
            boolean known = code == FaultLayout.SUCCESS || code == FaultLayout.INVALID;
            Fault fault = known ? outstanding.remove(cookie) : null;
            if (fault == null) {
                return -Errno.EINVAL;
            }
            answered++;
            answer(fault, code);
            return 0;
        } finally {
            mutex.unlock();
            file.leave();
        }
    }

    /**
     * The attachment has ended, or all of them for null: what came through it, unread or not yet answered, is answered
     * with INVALID.
     */
    void detach(AttachHandle handle) {
        mutex.lock();
        try {
            List<Fault> ended = new ArrayList<>();
            unread.removeOf(handle, ended);
            outstanding.removeOf(handle, ended);
            automatic += ended.size();
            for (Fault fault : ended) {
                answer(fault, FaultLayout.INVALID);
            }
        } finally {
            mutex.unlock();
        }
    }

    private void answer(Fault fault, int code) {
        BoundDevice device = fault.handle.device();
        Lock pending = device.host().faultParam();
        pending.lock();
        try {
            costs.pageResponse();
            device.driver().respond(fault.streamId, fault.group, code, fault.stamp);
        } finally {
            pending.unlock();
        }
        unread.recycle(fault);
    }

    /** {@return whether there is an unread fault: the {@code poll()} of the file, which is always writable} */
    public boolean readable() {
        return unread.readable();
    }

    /** Closes the file; queue and context lose its pins with the last call inside. Closing twice has no effect. */
    @Override
    public void close() {
        file.close();
    }

    /** {@return faults reported; once nothing moves it is answered + automatic + unread + not yet answered} */
    public long reported() {
        return unread.reported();
    }

    /** {@return faults that came through a handle that had been freed; 0 for a driver that fences} */
    public long reportedLate() {
        return unread.reportedLate();
    }

    /** {@return faults that the VMM answered} */
    public long answered() {
        return answered;
    }

    /** {@return faults that were answered with INVALID because their attachment or this queue ended} */
    public long answeredAutomatically() {
        return automatic;
    }

    @Override
    void onDestroy() {
        detach(null);
    }

    /** Writes faults one behind the other as the uAPI lays them out. */
    private static final class Encoder implements FaultHandler {
        private final MutableDirectBuffer destination;
        private int index;

        Encoder(MutableDirectBuffer destination, int index) {
            this.destination = destination;
            this.index = index;
        }

        @Override
        public void onFault(
            int cookie, int deviceId, int flags, int pasid, int group, int permission, long address, long stamp) {
            destination.setMemory(index, FaultLayout.FAULT_LENGTH, (byte) 0);
            putInt(FaultLayout.FLAGS_OFFSET, flags);
            putInt(FaultLayout.DEVICE_ID_OFFSET, deviceId);
            putInt(FaultLayout.PASID_OFFSET, pasid);
            putInt(FaultLayout.GROUP_OFFSET, group);
            putInt(FaultLayout.PERMISSION_OFFSET, permission);
            destination.putLong(index + FaultLayout.ADDRESS_OFFSET, address, ByteOrder.LITTLE_ENDIAN);
            putInt(FaultLayout.COOKIE_OFFSET, cookie);
            index += FaultLayout.FAULT_LENGTH;
        }

        private void putInt(int offset, int value) {
            destination.putInt(index + offset, value, ByteOrder.LITTLE_ENDIAN);
        }
    }
}
