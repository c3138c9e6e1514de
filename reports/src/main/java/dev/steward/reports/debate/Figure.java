package dev.steward.reports.debate;

import dev.steward.results.Units;
import dev.steward.results.Tags;
import java.util.Locale;

/**
 * A percentile of a load, named as in {@code commit p99}.
 *
 * @param load     that was measured
 * @param quantile 0.5 or more, below 1
 */
record Figure(Load load, double quantile) {
    /** What is measured. */
    enum Load {
        /** Without the lateness of the generator. */
        EVENT("ev", Tags.EVENT_ENQUEUE_RAW, Tags.EVENT_ENQUEUE, "an event from its real start: look-up, lock, report"),
        /** The strategy's part of an attach. */
        COMMIT("c", Tags.ATTACH_COMMIT, Tags.ATTACH, "the commit of an attach"),
        /** All of it. */
        ATTACH("a", Tags.ATTACH, Tags.ATTACH, "a whole attach"),
        /** Without the lateness of the generator. */
        BATCH("batch", Tags.INVALIDATE_RAW, Tags.INVALIDATE, "a batch of invalidations from its real start"),
        /** Of a benchmark; more is better. */
        TOGETHER("all", "", "", "the events of all readers together, per second");

        private final String shortly;
        private final String tag;
        private final String steadyTag;
        private final String meaning;

        Load(String shortly, String tag, String steadyTag, String meaning) {
            this.shortly = shortly;
            this.tag = tag;
            this.steadyTag = steadyTag;
            this.meaning = meaning;
        }

        String tag() {
            return tag;
        }

        /** The load whose steadiness decides whether a cell counts. */
        String steadyTag() {
            return steadyTag;
        }
    }

    static Figure of(String name) {
        String[] parts = name.split(" p");
        return new Figure(Load.valueOf(parts[0].toUpperCase(Locale.ROOT)), Double.parseDouble(parts[1]) / 100);
    }

    boolean lowerIsBetter() {
        return load != Load.TOGETHER;
    }

    String print(double value) {
        return lowerIsBetter() ? Units.duration(value) : Units.rate(value) + "/s";
    }

    String head() {
        return quantile == 0.5 ? load.name().toLowerCase(Locale.ROOT) : load.shortly + " p" + percent();
    }

    String meaning() {
        return (quantile == 0.5 ? "median of " : percent() + "th percentile of ") + load.meaning;
    }

    private String percent() {
        return Units.number(quantile * 100);
    }
}
