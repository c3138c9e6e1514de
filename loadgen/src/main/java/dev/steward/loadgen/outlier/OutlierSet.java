package dev.steward.loadgen.outlier;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Why the slowest of a kind were slow; the component names are the field names of {@code docs/results-format.md}.
 *
 * @param count       outliers that were attributed.
 * @param sampledOf   how many they are the slowest of.
 * @param thresholdNs latency of the fastest of them; 0 without any.
 * @param excessNs    time beyond what their stages usually take, all together.
 * @param causes      of the excess, every cause that could have been found.
 */
public record OutlierSet(int count, long sampledOf, long thresholdNs, long excessNs, List<CauseShare> causes) {
    /** One in so many is an outlier, within these bounds. */
    private static final int ONE_IN = 100;
    private static final int AT_LEAST = 16;
    /** The most that is kept of a kind by each thread, and attributed of a cell. */
    public static final int AT_MOST = 256;
    /** However few there are, no more than one in so many is an outlier. */
    private static final int NEVER_ABOVE_ONE_IN = 10;

    /** Copies the list. */
    public OutlierSet {
        causes = List.copyOf(causes);
    }

    /**
     * What one cause has of it.
     *
     * @param cause    label of a {@link Cause}.
     * @param share    of the excess, 0 to 1.
     * @param dominant outliers in which no cause has more.
     * @param meaning  in words.
     */
    public record CauseShare(String cause, double share, int dominant, String meaning) {
    }

    /**
     * How many of so many are outliers: the slowest percent, but at least {@value #AT_LEAST}, at most {@value
     * #AT_MOST}, and never more than a tenth.
     */
    static int outliersAmong(long sampled) {
        long wanted = Math.min(AT_MOST, Math.max(AT_LEAST, (sampled + ONE_IN - 1) / ONE_IN));
        return (int) Math.min(wanted, sampled / NEVER_ABOVE_ONE_IN);
    }

    /**
     * Attributes the slowest of several threads.
     *
     * @param timelines of at least the {@link #AT_MOST} slowest of each thread.
     * @param sampledOf how many there were in all.
     * @param possible  causes to list.
     */
    static OutlierSet of(List<Timeline> timelines, long sampledOf, List<Cause> possible) {
        List<Timeline> slowest = timelines.stream()
            .sorted(Comparator.comparingLong(Timeline::latencyNs).reversed())
            .limit(outliersAmong(sampledOf))
            .toList();
        long[] total = new long[Cause.values().length];
        int[] dominant = new int[Cause.values().length];
        for (Timeline outlier : slowest) {
            long[] blamed = outlier.blame();
            for (int i = 0; i < total.length; i++) {
                total[i] += blamed[i];
            }
            dominant[largest(blamed)]++;
        }
        long excess = 0;
        for (long part : total) {
            excess += part;
        }
        List<CauseShare> causes = new ArrayList<>();
        for (Cause cause : possible) {
            double share = excess == 0 ? 0 : (double) total[cause.ordinal()] / excess;
            causes.add(new CauseShare(cause.label(), share, dominant[cause.ordinal()], cause.meaning()));
        }
        long threshold = slowest.isEmpty() ? 0 : slowest.get(slowest.size() - 1).latencyNs();
        return new OutlierSet(slowest.size(), sampledOf, threshold, excess, causes);
    }

    /** The first of equals; without any excess there is nothing to explain it with. */
    private static int largest(long[] blamed) {
        int largest = Cause.UNEXPLAINED.ordinal();
        for (int i = 0; i < blamed.length; i++) {
            if (blamed[i] > blamed[largest] || blamed[i] == blamed[largest] && blamed[i] > 0 && i < largest) {
                largest = i;
            }
        }
        return largest;
    }
}
