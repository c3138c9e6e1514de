package dev.steward.loadgen.outlier;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Keeps the slowest of what is offered, each with a row of figures: a min-heap over memory made beforehand. What is
 * faster than all that are kept costs one comparison.
 *
 * <p>Threading: one writer; read after it has ended.
 */
public final class Slowest {
    /** Returned for what is not kept. */
    public static final int REJECTED = -1;

    private final int width;
    private final long[] latencies;
    private final int[] rows;
    private final long[] figures;
    private int size;
    private long offered;

    /** Makes an empty one that keeps so many, 1 or more. */
    public Slowest(int capacity, int width) {
        this.width = width;
        latencies = new long[capacity];
        rows = new int[capacity];
        figures = new long[capacity * width];
    }

    /**
     * Takes one in if it is among the slowest so far: the row to fill in with {@link #set}, or {@link #REJECTED}.
     * Allocates nothing.
     */
    public int offer(long latencyNs) {
        offered++;
        if (size < latencies.length) {
            int row = size++;
            siftUp(row, latencyNs, row);
            return row;
        }
        if (latencyNs <= latencies[0]) {
            return REJECTED;
        }
        int row = rows[0];
        siftDown(latencyNs, row);
        return row;
    }

    /** Fills in a figure in a column, from 0 and below the width. */
    public void set(int row, int column, long figure) {
        figures[row * width + column] = figure;
    }

    private void siftUp(int from, long latencyNs, int row) {
        int at = from;
        while (at > 0 && latencies[(at - 1) / 2] > latencyNs) {
            int parent = (at - 1) / 2;
            latencies[at] = latencies[parent];
            rows[at] = rows[parent];
            at = parent;
        }
        latencies[at] = latencyNs;
        rows[at] = row;
    }

    private void siftDown(long latencyNs, int row) {
        int at = 0;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && latencies[child + 1] < latencies[child]) {
                child++;
            }
            if (latencies[child] >= latencyNs) {
                break;
            }
            latencies[at] = latencies[child];
            rows[at] = rows[child];
            at = child;
        }
        latencies[at] = latencyNs;
        rows[at] = row;
    }

    /** How many were offered. */
    public long offered() {
        return offered;
    }

    /** What was kept. */
    public List<Kept> kept() {
        return IntStream.range(0, size)
            .mapToObj(i -> new Kept(
                latencies[i], Arrays.copyOfRange(figures, rows[i] * width, (rows[i] + 1) * width)))
            .sorted(Comparator.comparingLong(Kept::latencyNs).reversed()).toList();
    }

    /**
     * One that was kept.
     *
     * @param figures   its row; not copied.
     */
    public record Kept(long latencyNs, long[] figures) {
    }
}
