package dev.steward.loadgen.workload;

/** Counts and gaps of a process, for statistical tests. */
final class Counts {
    private Counts() {
    }

    /** Arrivals in each of so many windows of one length, from the start on. */
    static double[] perWindow(ArrivalProcess arrivals, long windowNs, int windows) {
        double[] counts = new double[windows];
        for (long atNs = arrivals.nextNs(); atNs < windowNs * windows; atNs = arrivals.nextNs()) {
            counts[(int) (atNs / windowNs)]++;
        }
        return counts;
    }

    /** Variance of the counts by their mean: 1 for a Poisson process. */
    static double dispersion(double[] counts) {
        double mean = mean(counts);
        double squares = 0;
        for (double count : counts) {
            squares += (count - mean) * (count - mean);
        }
        return squares / (counts.length - 1) / mean;
    }

    static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    static double[] gaps(ArrivalProcess arrivals, int count) {
        double[] gapsNs = new double[count];
        long lastNs = 0;
        for (int i = 0; i < count; i++) {
            long atNs = arrivals.nextNs();
            gapsNs[i] = atNs - lastNs;
            lastNs = atNs;
        }
        return gapsNs;
    }
}
