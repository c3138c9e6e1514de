package dev.steward.reports.folder;

import dev.steward.results.Tags;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The raw data of one cell: per tag the whole window, and for the tags shown over time also its slices. A report holds
 * those of a thousand cells, so they are kept packed and unpacked when asked for. Immutable.
 */
public final class CellHistograms {
    /** Tags whose slices are kept for a report. */
    public static final List<String> SLICED = List.of(Tags.EVENT_ENQUEUE, Tags.ATTACH, Tags.HICCUP);

    private final Map<String, byte[]> packed = new HashMap<>();
    private final Map<String, List<Slice>> slices;

    /**
     * Packs raw data.
     *
     * @param whole  distribution of the whole window by tag
     * @param slices distributions of the slices in order of time by tag, for the tags whose slices are kept
     */
    public CellHistograms(Map<String, Distribution> whole, Map<String, List<Slice>> slices) {
        whole.forEach((tag, values) -> packed.put(tag, values.packed()));
        this.slices = Map.copyOf(slices);
    }

    /**
     * What was recorded.
     *
     * @return tags of the log
     */
    public Set<String> tags() {
        return Collections.unmodifiableSet(packed.keySet());
    }

    /**
     * The whole window of a tag.
     *
     * @param tag of the log
     * @return its distribution, empty if the log has no such tag; unpacked anew at each call
     */
    public Distribution of(String tag) {
        byte[] bytes = packed.get(tag);
        return bytes == null ? Distribution.EMPTY : Distribution.unpacked(bytes);
    }

    /**
     * The slices that were kept.
     *
     * @return in order of time, by tag
     */
    public Map<String, List<Slice>> slices() {
        return slices;
    }

    /** One wall-clock slice of the window. A folder holds thousands, so they stay as they were read. Immutable. */
    public static final class Slice {
        private final long startMs;
        private final long lengthMs;
        private final CodedCounts coded;
        private final Distribution values;

        Slice(long startMs, long lengthMs, CodedCounts coded) {
            this.startMs = startMs;
            this.lengthMs = lengthMs;
            this.coded = coded;
            this.values = null;
        }

        /**
         * Makes a slice.
         *
         * @param startMs  since the earliest slice of the log, milliseconds
         * @param lengthMs milliseconds
         * @param values   recorded in it
         */
        public Slice(long startMs, long lengthMs, Distribution values) {
            this.startMs = startMs;
            this.lengthMs = lengthMs;
            this.coded = null;
            this.values = values;
        }

        /**
         * Where it begins.
         *
         * @return milliseconds since the earliest slice of the log
         */
        public long startMs() {
            return startMs;
        }

        /**
         * How long it is.
         *
         * @return milliseconds
         */
        public long lengthMs() {
            return lengthMs;
        }

        /**
         * How much was recorded in it.
         *
         * @return number of values
         */
        public long count() {
            return coded == null ? values.count() : coded.total();
        }

        /**
         * The largest value.
         *
         * @return nanoseconds, as {@link Distribution#maxNs}
         */
        public long maxNs() {
            return coded == null ? values.maxNs() : coded.maxNs();
        }

        /**
         * A percentile.
         *
         * @param quantile above 0, below 1
         * @return nanoseconds, as {@link Distribution#interpolatedNs}
         */
        public double interpolatedNs(double quantile) {
            return coded == null ? values.interpolatedNs(quantile) : coded.interpolatedNs(quantile);
        }

        /**
         * What was recorded in it.
         *
         * @return unpacked anew at each call
         */
        public Distribution values() {
            return coded == null ? values : coded.distribution();
        }

        /** The counts as they were read; null where they were made otherwise. */
        CodedCounts coded() {
            return coded;
        }
    }
}
