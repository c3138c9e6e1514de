package dev.steward.loadgen.guest;

import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.Production;
import dev.steward.engine.smmu.EventOutcome;
import dev.steward.engine.stream.StreamIndex;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.IntervalRecorder;
import dev.steward.loadgen.record.Window;
import dev.steward.results.CellRecord;
import dev.steward.results.Tags;
import org.HdrHistogram.Histogram;

/**
 * What each guest got of the events of its devices on one SMMU: a noisy neighbour is seen in the figures of the others.
 * An event counts for the guest that its device is at home with, wherever it was attached at the moment.
 *
 * <p>Threading: {@link #offered} and {@link #notWritten} on the storm thread, {@link #handled} on the handler thread,
 * which may be the same; read after both have ended. Does not allocate after construction.
 */
public final class GuestFigures {
    /** More guests get no figures of their own: each takes the memory of a histogram. */
    static final int MAX_GUESTS = 64;

    private static final int SIGNIFICANT_DIGITS = 2;

    private final Window window;
    private final int[] guestOfPosition;
    private final int guests;
    private final long[] offered;
    private final long[] delivered;
    private final long[] lost;
    private final long[] lostAtRing;
    private final long[] merged;
    private final long[] refused;
    private final Histogram[] latency;

    /**
     * Makes figures that are all zero.
     *
     * @param guestOfPosition guest by position in the stream table, -1 for none.
     * @param guests          number of guests; none are followed if it is above {@link #MAX_GUESTS}.
     */
    public GuestFigures(Window window, int[] guestOfPosition, int guests) {
        this.window = window;
        this.guestOfPosition = guestOfPosition;
        this.guests = guests <= MAX_GUESTS ? guests : 0;
        offered = new long[this.guests];
        delivered = new long[this.guests];
        lost = new long[this.guests];
        lostAtRing = new long[this.guests];
        merged = new long[this.guests];
        refused = new long[this.guests];
        latency = new Histogram[this.guests];
        for (int guest = 0; guest < this.guests; guest++) {
            latency[guest] = new Histogram(1, IntervalRecorder.MAX_VALUE_NS, SIGNIFICANT_DIGITS);
        }
    }

    public void offered(EventRecord event) {
        if (counts(event)) {
            offered[guestOfPosition[event.position]]++;
        }
    }

    /** The hardware wrote no record of the event; one that waits outside is still to come. */
    public void notWritten(EventRecord event, Production why) {
        if (!counts(event)) {
            return;
        }
        int guest = guestOfPosition[event.position];
        switch (why) {
            case DISCARDED -> lostAtRing[guest]++;
            case MERGED -> merged[guest]++;
            case REFUSED -> refused[guest]++;
            default -> {
                // written, or held until it is
            }
        }
    }

    public void handled(EventRecord event, EventOutcome outcome, long latencyNs) {
        if (!counts(event)) {
            return;
        }
        int guest = guestOfPosition[event.position];
        if (outcome == EventOutcome.QUEUED) {
            delivered[guest]++;
            latency[guest].recordValue(Math.min(Math.max(0, latencyNs), IntervalRecorder.MAX_VALUE_NS));
        } else if (outcome == EventOutcome.LOST_IN_VEVENTQ || outcome == EventOutcome.NO_MEMORY) {
            lost[guest]++;
        }
    }

    private boolean counts(EventRecord event) {
        return guests > 0 && event.position != StreamIndex.ABSENT && window.measures(event.intendedNs);
    }

    public void addTo(CellReport report) {
        for (int guest = 0; guest < guests; guest++) {
            report.add(of(guest));
            report.add(Tags.EVENT_GUEST + guest, latency[guest]);
        }
    }

    public CellRecord.Guest of(int guest) {
        return new CellRecord.Guest(
            guest, offered[guest], delivered[guest], lost[guest], lostAtRing[guest], merged[guest], refused[guest]);
    }
}
