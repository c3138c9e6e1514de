package dev.steward.engine.event;

/**
 * Stalled transactions whose record did not fit yet, oldest first; what the hardware holds in its own buffers.
 *
 * <p>Threading: the producer's only.
 */
final class HeldStalls {
    private final EventRecord[] records;
    private int head;
    private int size;

    HeldStalls(int max) {
        records = new EventRecord[max];
        for (int i = 0; i < max; i++) {
            records[i] = new EventRecord();
        }
    }

    boolean offer(EventRecord record) {
        if (size == records.length) {
            return false;
        }
        records[(head + size) % records.length].copyFrom(record);
        size++;
        return true;
    }

    EventRecord peek() {
        return records[head];
    }

    void pop() {
        head = (head + 1) % records.length;
        size--;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }
}
