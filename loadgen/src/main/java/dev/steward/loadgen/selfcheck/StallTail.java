package dev.steward.loadgen.selfcheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Whether one stall of a known length came back in a tail of latencies as it must.
 *
 * <p>While everything stands still for S at a rate r, S*r arrivals come due. The first of them waits S, the last next
 * to nothing, so their latencies are spread evenly over 0 to S. Times from the intended arrival show that: largest,
 * number and spread are held against it. Times from the real start, which is all that a closed loop has, show one slow
 * operation at most.
 *
 * @param ratePerSecond arrivals per second, evenly spaced.
 */
record StallTail(double stallNs, double ratePerSecond) {
    /** Most that a figure may be off. */
    static final double TOLERANCE = 0.05;
    private static final double NS_PER_SECOND = 1e9;
    private static final double NS_PER_MS = 1e6;
    /** An arrival more or less at either end is none that was lost. */
    private static final double COUNT_SLACK = 2;

    /** One comparison. */
    record Row(String check, String expected, String seen, boolean ok) {
    }

    /** Shorter latencies have reasons of their own. */
    long thresholdNs() {
        return (long) (TOLERANCE * stallNs);
    }

    /** Arrivals that must be later than the threshold. */
    double expectedLate() {
        return (stallNs - thresholdNs()) * ratePerSecond / NS_PER_SECOND;
    }

    /** Arrivals that were later than the threshold. */
    long late(AbstractHistogram latencies) {
        long late = 0;
        for (HistogramIterationValue value : latencies.recordedValues()) {
            if (value.getValueIteratedTo() > thresholdNs()) {
                late += value.getCountAtValueIteratedTo();
            }
        }
        return late;
    }

    /** Latencies from the intended arrival, in which the stall must show: largest, number, spread. */
    List<Row> intended(AbstractHistogram latencies) {
        List<Row> rows = new ArrayList<>();
        rows.add(largest("largest latency", latencies));
        rows.add(number("arrivals over " + ms(thresholdNs()), latencies));
        double distance = distanceFromUniform(latencies);
        rows.add(new Row(
            "their spread, off uniform by",
            String.format(Locale.ROOT, "at most %.0f %%", 100 * TOLERANCE),
            String.format(Locale.ROOT, "%.1f %%", 100 * distance),
            distance <= TOLERANCE));
        return rows;
    }

    /** The largest alone, for operations that are not evenly spaced. */
    Row largest(String check, AbstractHistogram latencies) {
        long largest = latencies.getMaxValue();
        return new Row(
            check,
            ms((1 - TOLERANCE) * stallNs) + " to " + ms((1 + TOLERANCE) * stallNs),
            ms(largest),
            Math.abs(largest - stallNs) <= TOLERANCE * stallNs);
    }

    /** How many waited. */
    Row number(String check, AbstractHistogram latencies) {
        long late = late(latencies);
        double slack = Math.max(COUNT_SLACK, TOLERANCE * expectedLate());
        return new Row(
            check,
            String.format(Locale.ROOT, "%.0f to %.0f", expectedLate() - slack, expectedLate() + slack),
            Long.toString(late),
            Math.abs(late - expectedLate()) <= slack);
    }

    /** Latencies from the real start of a load that waits for its operations: they must not show the stall. */
    Row hidden(AbstractHistogram raw) {
        double most = Math.floor(Math.max(COUNT_SLACK, TOLERANCE * expectedLate()));
        long late = late(raw);
        return new Row(
            "seen by a closed loop (raw)", String.format(Locale.ROOT, "at most %.0f", most), Long.toString(late),
            late <= most);
    }

    /** Largest distance between the distribution of the late arrivals and the even one (Kolmogorov, Smirnov). */
    private double distanceFromUniform(AbstractHistogram latencies) {
        long late = late(latencies);
        if (late == 0) {
            return 1;
        }
        double distance = 0;
        long below = 0;
        for (HistogramIterationValue value : latencies.recordedValues()) {
            if (value.getValueIteratedTo() > thresholdNs()) {
                double share = (value.getValueIteratedTo() - thresholdNs()) / (stallNs - thresholdNs());
                double uniform = Math.min(1, Math.max(0, share));
                distance = Math.max(distance, Math.abs((double) below / late - uniform));
                below += value.getCountAtValueIteratedTo();
                distance = Math.max(distance, Math.abs((double) below / late - uniform));
            }
        }
        return distance;
    }

    static String ms(double ns) {
        return String.format(Locale.ROOT, "%.2f ms", ns / NS_PER_MS);
    }
}
