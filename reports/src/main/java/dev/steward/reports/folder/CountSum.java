package dev.steward.reports.folder;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds histograms up in one array of counts for each range: far less work than merging them one by one. What has no
 * such range is merged at the end. May be used again when its sum was taken. Not thread-safe.
 */
public final class CountSum {
    private final Map<BucketLayout, Counts> byLayout = new HashMap<>();
    private final List<Distribution> others = new ArrayList<>();
    private Counts latest;

    /**
     * Adds a slice.
     *
     * @param slice to add
     */
    public void add(CellHistograms.Slice slice) {
        CodedCounts coded = slice.coded();
        if (coded == null) {
            others.add(slice.values());
        } else {
            Counts counts = countsOf(coded.layout());
            coded.addTo(counts.each);
            counts.reach(coded.last());
        }
    }

    void add(Distribution values) {
        others.add(values);
    }

    Counts countsOf(BucketLayout layout) {
        if (latest == null || layout != latest.layout) {
            latest = byLayout.computeIfAbsent(layout, Counts::new);
        }
        return latest;
    }

    /**
     * Takes the sum out.
     *
     * @return what was added; nothing is left of it here
     */
    public Distribution take() {
        List<Distribution> parts = new ArrayList<>(others);
        byLayout.values().forEach(counts -> parts.add(counts.take()));
        others.clear();
        return Distribution.merge(parts);
    }

    /** Counts of one range. */
    static final class Counts {
        private final BucketLayout layout;
        private final long[] each;
        private int last = -1;
        private int usual = 256;

        Counts(BucketLayout layout) {
            this.layout = layout;
            each = new long[layout.buckets()];
        }

        /** One for each bucket; whoever adds to them says how far with {@link #reach}. */
        long[] each() {
            return each;
        }

        /** Notes the highest bucket that was added to; -1 for none. */
        void reach(int bucket) {
            last = Math.max(last, bucket);
        }

        private Distribution take() {
            Distribution.Builder builder = new Distribution.Builder(layout, usual);
            int inUse = 0;
            for (int bucket = 0; bucket <= last; bucket++) {
                if (each[bucket] > 0) {
                    builder.add(bucket, each[bucket]);
                    each[bucket] = 0;
                    inUse++;
                }
            }
            usual = inUse + inUse / 8;
            last = -1;
            return builder.build();
        }
    }
}
