package dev.steward.loadgen.guest;

/**
 * Faults that a guest is about to serve, first come, first due. Grows, but makes no garbage per fault.
 *
 * <p>Threading: one thread.
 */
final class PendingAnswers {
    private int[] queues = new int[64];
    private int[] cookies = new int[64];
    private long[] dueNs = new long[64];
    private int head;
    private int size;

    void add(int queue, int cookie, long whenNs) {
        if (size == cookies.length) {
            grow();
        }
        int tail = (head + size) % cookies.length;
        queues[tail] = queue;
        cookies[tail] = cookie;
        dueNs[tail] = whenNs;
        size++;
    }

    private void grow() {
        int[] longerQueues = new int[2 * size];
        int[] longerCookies = new int[2 * size];
        long[] longerDueNs = new long[2 * size];
        for (int i = 0; i < size; i++) {
            int from = (head + i) % size;
            longerQueues[i] = queues[from];
            longerCookies[i] = cookies[from];
            longerDueNs[i] = dueNs[from];
        }
        queues = longerQueues;
        cookies = longerCookies;
        dueNs = longerDueNs;
        head = 0;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int queue() {
        return queues[head];
    }

    int cookie() {
        return cookies[head];
    }

    long dueNs() {
        return dueNs[head];
    }

    void remove() {
        head = (head + 1) % cookies.length;
        size--;
    }
}
