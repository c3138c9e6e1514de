package dev.steward.results;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The raw data of one cell: per tag the whole window, and for {@link Tags#SLICED} also its slices. Immutable. */
public record CellHistograms(Map<String, Distribution> whole, Map<String, List<Slice>> slices) {
    /** Copies the maps. */
    public CellHistograms {
        whole = Map.copyOf(whole);
        slices = Map.copyOf(slices);
    }

    /** What was recorded. */
    public Set<String> tags() {
        return whole.keySet();
    }

    /**
     * The whole window of a tag.
     *
     * @return its distribution, empty if the log has no such tag
     */
    public Distribution of(String tag) {
        return whole.getOrDefault(tag, Distribution.EMPTY);
    }

    /**
     * One wall-clock slice of the window.
     *
     * @param startMs  since the earliest slice of the log, milliseconds
     */
    public record Slice(long startMs, long lengthMs, Distribution values) {
    }
}
