package dev.steward.loadgen.oracle;

import dev.steward.engine.event.EventRecord;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.IntervalRecorder;
import dev.steward.loadgen.record.Window;
import dev.steward.results.Tags;
import java.util.Locale;
import org.HdrHistogram.IntCountsHistogram;

/**
 * How long an attach had returned when an event still went where its cause does not say: a histogram for each delivery
 * window, in nanoseconds since the commit of the attach returned, and one for events that reached the vIOMMU which that
 * commit had replaced.
 *
 * <p>Threading: the handler thread; read after it has ended. Does not allocate after construction.
 */
final class AttachAges {
    private static final int SIGNIFICANT_DIGITS = 2;

    private final IntCountsHistogram[] ofWindow = new IntCountsHistogram[DeliveryWindow.values().length];
    private final IntCountsHistogram replaced = newHistogram();
    private Window window;

    AttachAges() {
        for (int i = 0; i < ofWindow.length; i++) {
            ofWindow[i] = newHistogram();
        }
    }

    private static IntCountsHistogram newHistogram() {
        return new IntCountsHistogram(1, IntervalRecorder.MAX_VALUE_NS, SIGNIFICANT_DIGITS);
    }

    /** From now on events that were not due in the measured window are left out. */
    void measureIn(Window measured) {
        window = measured;
    }

    /** An event of a window; of those that happened after the attach it was not the attach that misled them. */
    void of(DeliveryWindow where, EventRecord event, long returnedNs, long nowNs) {
        if (event.startNs < returnedNs) {
            record(ofWindow[where.ordinal()], event, nowNs - returnedNs);
        }
    }

    /** An event that reached the vIOMMU which the attach had replaced. */
    void replaced(EventRecord event, long ageNs) {
        record(replaced, event, ageNs);
    }

    private void record(IntCountsHistogram histogram, EventRecord event, long ageNs) {
        if (window == null || window.measures(event.intendedNs)) {
            histogram.recordValue(Math.min(Math.max(0, ageNs), IntervalRecorder.MAX_VALUE_NS));
        }
    }

    void addTo(CellReport report) {
        for (DeliveryWindow where : DeliveryWindow.values()) {
            report.add(Tags.EVENT_AFTER + where.name().toLowerCase(Locale.ROOT), ofWindow[where.ordinal()]);
        }
        report.add(Tags.EVENT_AFTER_REPLACED, replaced);
    }
}
