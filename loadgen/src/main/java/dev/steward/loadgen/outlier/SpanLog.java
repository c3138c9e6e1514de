package dev.steward.loadgen.outlier;

import java.util.ArrayList;
import java.util.List;

/**
 * Remembers the spans of one thread that are long enough to matter, in memory made beforehand. If they become too many
 * the bar is raised: the log is complete above {@link #barNs()} at all times.
 *
 * <p>Threading: one writer; read after it has ended.
 */
public final class SpanLog {
    private final long[] begins;
    private final long[] ends;
    private long barNs;
    private int size;

    /**
     * Makes an empty log.
     *
     * @param capacity most spans, 1 or more.
     * @param barNs    spans below this are never kept, 1 or more.
     */
    public SpanLog(int capacity, long barNs) {
        begins = new long[capacity];
        ends = new long[capacity];
        this.barNs = barNs;
    }

    /** Remembers a span, its end exclusive, if it is long enough. Allocates nothing. */
    public void add(long beginNs, long endNs) {
        if (endNs - beginNs < barNs) {
            return;
        }
        while (size == begins.length) {
            raiseTheBar();
        }
        if (endNs - beginNs >= barNs) {
            begins[size] = beginNs;
            ends[size++] = endNs;
        }
    }

    private void raiseTheBar() {
        barNs *= 2;
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (ends[i] - begins[i] >= barNs) {
                begins[kept] = begins[i];
                ends[kept++] = ends[i];
            }
        }
        size = kept;
    }

    /** From which length on it is complete, in nanoseconds. */
    public long barNs() {
        return barNs;
    }

    /** What was kept: pairs of begin and end, in the order they were added. */
    public List<long[]> spans() {
        List<long[]> spans = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            spans.add(new long[] {begins[i], ends[i]});
        }
        return spans;
    }
}
