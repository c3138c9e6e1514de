package dev.steward.loadgen.guest;

import dev.steward.engine.iommufd.VEventQueue;
import dev.steward.engine.iommufd.Waker;
import dev.steward.loadgen.record.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The vEVENTQs that the VMMs of a cell read at the moment. Made before the queues, which call it, and those before the
 * reader.
 *
 * <p>Threading: queues are added and removed by any thread; the reader looks without a lock.
 */
public final class VmmQueues extends ReaderQueues implements Waker {
    private final Clock clock;
    private final List<VmmQueue> all = new ArrayList<>();
    private volatile VmmQueue[] current = {};

    public VmmQueues(Clock clock) {
        this.clock = clock;
    }

    /** A queue of that depth from which nothing has been read; stuck if its VMM has stopped reading. */
    synchronized VmmQueue add(VEventQueue queue, int depth, boolean stuck) {
        VmmQueue added = new VmmQueue(clock, queue, depth, stuck);
        all.add(added);
        VmmQueue[] longer = Arrays.copyOf(current, current.length + 1);
        longer[current.length] = added;
        current = longer;
        return added;
    }

    /** The queue is about to be destroyed, or has been closed by its guest: reads what is left in it. */
    void remove(VmmQueue queue) {
        synchronized (this) {
            current = Arrays.stream(current).filter(other -> other != queue).toArray(VmmQueue[]::new);
        }
        queue.remove();
    }

    VmmQueue[] current() {
        return current;
    }

    @Override
    boolean anyReadable() {
        for (VmmQueue queue : current) {
            if (queue.readable()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void wake(VEventQueue queue) {
        wakeReader();
    }

    /** Every queue there was, for their figures. */
    public synchronized List<VmmQueue> all() {
        return List.copyOf(all);
    }
}
