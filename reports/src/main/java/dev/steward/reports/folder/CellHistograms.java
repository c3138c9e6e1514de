package dev.steward.reports.folder;

import java.util.List;
import java.util.Map;

/**
 * The raw data of one cell: per tag the whole window, and for the tags shown over time also its slices. Immutable.
 *
 * @param whole  distribution of the whole window by tag
 * @param slices distributions of the slices in order of time by tag, for {@link #SLICED} tags only
 */
public record CellHistograms(Map<String, Distribution> whole, Map<String, List<Slice>> slices) {
    /** Tags whose slices are kept. */
    public static final List<String> SLICED = List.of(Tags.EVENT_ENQUEUE, Tags.ATTACH, Tags.HICCUP);

    /** Copies the maps. */
    public CellHistograms {
        whole = Map.copyOf(whole);
        slices = Map.copyOf(slices);
    }

    /**
     * The whole window of a tag.
     *
     * @param tag of the log
     * @return its distribution, empty if the log has no such tag
     */
    public Distribution of(final String tag) {
        return whole.getOrDefault(tag, Distribution.EMPTY);
    }

    /** One wall-clock slice of the window. A folder holds thousands: its values are unpacked when asked for. */
    public static final class Slice {
        private final long startMs;
        private final long lengthMs;
        private final byte[] packed;

        /**
         * Makes a slice.
         *
         * @param startMs  since the earliest slice of the log, milliseconds
         * @param lengthMs milliseconds
         * @param values   recorded in it
         */
        public Slice(final long startMs, final long lengthMs, final Distribution values) {
            this.startMs = startMs;
            this.lengthMs = lengthMs;
            this.packed = values.packed();
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
         * What was recorded in it.
         *
         * @return unpacked anew at each call
         */
        public Distribution values() {
            return Distribution.unpacked(packed);
        }
    }
}
