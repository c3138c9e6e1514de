package dev.steward.loadgen.workload;

/**
 * Adds up gaps without drift: whole nanoseconds in an integer, what is left over (below 1 ns) in a double. So the
 * rounding error of an addition is that of the gap, however long the load has been running.
 *
 * <p>Threading: one thread. Does not allocate.
 */
final class NsCounter {
    private long wholeNs;
    private double fractionNs;

    /**
     * Goes on by a gap.
     *
     * @param gapNs 0 or more, may be infinite.
     * @return nanoseconds gone by so far, rounded down, at most {@link ArrivalProcess#MAX_NS}, where it stays.
     */
    long advance(double gapNs) {
        double sum = fractionNs + gapNs;
        if (!(sum < ArrivalProcess.MAX_NS - wholeNs)) {
            wholeNs = ArrivalProcess.MAX_NS;
            fractionNs = 0;
            return wholeNs;
        }
        long whole = (long) sum;
        wholeNs += whole;
        fractionNs = sum - whole;
        return wholeNs;
    }
}
