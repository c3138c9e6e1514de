package dev.steward.loadgen.replay;

import dev.steward.loadgen.workload.ArrivalProcess;
import java.util.function.LongPredicate;

/**
 * Goes through the records of a trace that are wanted, once or again and again, and tells when each is due.
 *
 * <p>Threading: one thread. Does not allocate.
 */
final class ReplayPosition {
    /** No further record. */
    static final long END = -1;

    private final ReplayTrace trace;
    private final double speed;
    private final boolean loop;
    private final LongPredicate wanted;
    private long next;
    private long baseNs;
    private boolean foundInPass;

    ReplayPosition(ReplayTrace trace, double speed, boolean loop, LongPredicate wanted) {
        if (!(speed > 0) || Double.isInfinite(speed)) {
            throw new IllegalArgumentException("speed " + speed + " is not above 0");
        }
        this.trace = trace;
        this.speed = speed;
        this.loop = loop;
        this.wanted = wanted;
    }

    /** Next wanted record, or {@link #END}. */
    long next() {
        while (true) {
            if (next == trace.records()) {
                // A pass that found nothing would be followed by others like it without end.
                if (!loop || !foundInPass || baseNs >= ArrivalProcess.MAX_NS) {
                    return END;
                }
                next = 0;
                foundInPass = false;
                baseNs += trace.periodNs();
            }
            long record = next++;
            if (wanted.test(record)) {
                foundInPass = true;
                return record;
            }
        }
    }

    /** When a record of the pass that goes on is due, in nanoseconds of the load. */
    long dueNs(long record) {
        if (record == END) {
            return ArrivalProcess.MAX_NS;
        }
        long timeNs = baseNs + trace.timeNs(record);
        return Math.min(ArrivalProcess.MAX_NS, speed == 1 ? timeNs : Math.round(timeNs / speed));
    }
}
