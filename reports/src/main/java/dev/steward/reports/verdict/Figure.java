package dev.steward.reports.verdict;

import dev.steward.results.Tags;

/** A percentile that is compared. */
public enum Figure {
    /** Median of the events. */
    EVENT_P50("event p50", Tags.EVENT_ENQUEUE, 0.5),
    /** 99th percentile of the events. */
    EVENT_P99("event p99", Tags.EVENT_ENQUEUE, 0.99),
    /** 99.9th percentile of the events. */
    EVENT_P999("event p99.9", Tags.EVENT_ENQUEUE, 0.999),
    /** Median of the attach operations. */
    ATTACH_P50("attach p50", Tags.ATTACH, 0.5),
    /** 99th percentile of the attach operations. */
    ATTACH_P99("attach p99", Tags.ATTACH, 0.99),
    /** 99.9th percentile of the attach operations. */
    ATTACH_P999("attach p99.9", Tags.ATTACH, 0.999),
    /** Median of the strategy's part of an attach. */
    COMMIT_P50("commit p50", Tags.ATTACH_COMMIT, 0.5),
    /** 99th percentile of the strategy's part of an attach. */
    COMMIT_P99("commit p99", Tags.ATTACH_COMMIT, 0.99);

    private final String label;
    private final String tag;
    private final double quantile;

    Figure(String label, String tag, double quantile) {
        this.label = label;
        this.tag = tag;
        this.quantile = quantile;
    }

    /** {@return how it is printed: load and percentile} */
    public String label() {
        return label;
    }

    /** {@return the percentile alone: for example {@code p99.9}} */
    public String percentile() {
        return label.substring(label.indexOf(' ') + 1);
    }

    /** {@return histogram that it is taken from: tag of the log} */
    public String tag() {
        return tag;
    }

    /** The load whose steadiness decides whether a cell counts. Commits are part of the attach operations. */
    String loadTag() {
        return tag.equals(Tags.ATTACH_COMMIT) ? Tags.ATTACH : tag;
    }

    /** {@return which percentile: above 0, below 1} */
    public double quantile() {
        return quantile;
    }
}
