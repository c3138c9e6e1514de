package dev.steward.loadgen.outlier;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A set of points in time: spans in order, none of which touch. Immutable. */
public final class Spans {
    /** No time at all. */
    public static final Spans NONE = new Spans(new long[0]);

    /** Begin and end by turns, strictly ascending. */
    private final long[] edges;

    private Spans(long[] edges) {
        this.edges = edges;
    }

    /** One span with an exclusive end; no time if that is not after the begin. */
    public static Spans of(long beginNs, long endNs) {
        return endNs > beginNs ? new Spans(new long[] {beginNs, endNs}) : NONE;
    }

    /**
     * Any spans.
     *
     * @param spans pairs of begin and end, in any order; they may overlap.
     * @return the time that at least one of them covers.
     */
    public static Spans of(List<long[]> spans) {
        List<long[]> sorted = spans.stream().filter(span -> span[1] > span[0])
            .sorted(Comparator.comparingLong(span -> span[0])).toList();
        long[] edges = new long[2 * sorted.size()];
        int used = 0;
        for (long[] span : sorted) {
            if (used > 0 && span[0] <= edges[used - 1]) {
                edges[used - 1] = Math.max(edges[used - 1], span[1]);
            } else {
                edges[used++] = span[0];
                edges[used++] = span[1];
            }
        }
        return new Spans(Arrays.copyOf(edges, used));
    }

    /** Number of spans of which at least a part is in another set. */
    public int touching(Spans other) {
        int touching = 0;
        for (int i = 0; i < edges.length; i += 2) {
            int j = other.firstEndingAfter(edges[i]);
            touching += j < other.edges.length && other.edges[j] < edges[i + 1] ? 1 : 0;
        }
        return touching;
    }

    /** Length of all spans in nanoseconds. */
    public long lengthNs() {
        long sum = 0;
        for (int i = 0; i < edges.length; i += 2) {
            sum += edges[i + 1] - edges[i];
        }
        return sum;
    }

    /** Time in both, in nanoseconds. */
    public long overlapNs(Spans other) {
        long sum = 0;
        for (int i = 0; i < edges.length; i += 2) {
            for (int j = other.firstEndingAfter(edges[i]); j < other.edges.length && other.edges[j] < edges[i + 1];
                j += 2) {
                sum += Math.min(edges[i + 1], other.edges[j + 1]) - Math.max(edges[i], other.edges[j]);
            }
        }
        return sum;
    }

    /** Time in this one alone. */
    public Spans minus(Spans other) {
        long[] left = new long[edges.length + other.edges.length];
        int used = 0;
        for (int i = 0; i < edges.length; i += 2) {
            long begin = edges[i];
            for (int j = other.firstEndingAfter(begin); j < other.edges.length && other.edges[j] < edges[i + 1];
                j += 2) {
                if (other.edges[j] > begin) {
                    left[used++] = begin;
                    left[used++] = other.edges[j];
                }
                begin = other.edges[j + 1];
            }
            if (begin < edges[i + 1]) {
                left[used++] = begin;
                left[used++] = edges[i + 1];
            }
        }
        return new Spans(Arrays.copyOf(left, used));
    }

    /** Where the first span begins that ends after a time, in the array. */
    private int firstEndingAfter(long ns) {
        int found = Arrays.binarySearch(edges, ns);
        int edge = found >= 0 ? found + 1 : -found - 1;
        return edge & ~1;
    }
}
