package dev.steward.loadgen.outlier;

import dev.steward.results.OutlierRecord.CauseShare;
import dev.steward.results.OutlierRecord.OutlierSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Attributes the outliers of a cell after all its threads have ended: a function of what they left.
 *
 * <p>Rule: the excess of a stage is what it took beyond the median of such stages. The part of it that overlaps with a
 * pause of the JVM is the pause's; of the rest, what overlaps with a hiccup is the machine's; of the rest, on the way
 * into the section, what overlaps with a grace period or a commit of the same SMMU is theirs. What is left belongs to
 * the stage itself. An overlap is no proof: a lock may have been waited for by a handler that would not have had a
 * core anyway.
 */
public final class Outliers {
    /** One in so many is an outlier, within these bounds. */
    private static final int ONE_IN = 100;
    private static final int AT_LEAST = 16;
    /** The most that is kept of a kind by each thread, and attributed of a cell. */
    public static final int AT_MOST = 256;
    /** However few there are, no more than one in so many is an outlier. */
    private static final int NEVER_ABOVE_ONE_IN = 10;

    private static final List<Cause> EVENT_CAUSES = List.of(
        Cause.JVM_PAUSE, Cause.MACHINE, Cause.GENERATOR, Cause.QUEUEING, Cause.WAKE_UP, Cause.GRACE, Cause.LOCK,
        Cause.GUARD, Cause.ENQUEUE, Cause.UNEXPLAINED);
    private static final List<Cause> ATTACH_CAUSES = List.of(
        Cause.JVM_PAUSE, Cause.MACHINE, Cause.GENERATOR, Cause.QUEUEING, Cause.GRACE, Cause.COMMIT, Cause.OBJECTS,
        Cause.UNEXPLAINED);

    private Outliers() {
    }

    /** The slowest of one thread and what went on beside it. */
    public record OfThread(Slowest slowest, Surroundings beside) {
    }

    /** Attributes events. */
    public static OutlierSet events(List<OfThread> handlers, boolean ring, EventTrace.Usual usual) {
        return of(handlers, EVENT_CAUSES, (kept, beside) ->
            EventTrace.timeline(kept.latencyNs(), kept.figures(), ring, usual, beside));
    }

    /** Attributes attach operations. */
    public static OutlierSet attaches(List<OfThread> threads, AttachTrace.Usual usual) {
        return of(threads, ATTACH_CAUSES, (kept, beside) ->
            AttachTrace.timeline(kept.latencyNs(), kept.figures(), usual, beside));
    }

    /**
     * How many of so many are outliers: the slowest percent, but at least {@value #AT_LEAST}, at most {@value
     * #AT_MOST}, and never more than a tenth.
     */
    static int outliersAmong(long sampled) {
        long wanted = Math.min(AT_MOST, Math.max(AT_LEAST, (sampled + ONE_IN - 1) / ONE_IN));
        return (int) Math.min(wanted, sampled / NEVER_ABOVE_ONE_IN);
    }

    /** Attributes the slowest of several threads, given at least the {@link #AT_MOST} slowest of each. */
    private static OutlierSet of(
        List<OfThread> threads, List<Cause> possible, BiFunction<Slowest.Kept, Surroundings, Timeline> layOut) {
        long sampledOf = threads.stream().mapToLong(thread -> thread.slowest().offered()).sum();
        List<Timeline> slowest = threads.stream()
            .flatMap(thread -> thread.slowest().kept().stream().map(kept -> layOut.apply(kept, thread.beside())))
            .sorted(Comparator.comparingLong(Timeline::latencyNs).reversed()).limit(outliersAmong(sampledOf)).toList();
        long[] total = new long[Cause.values().length];
        int[] dominant = new int[Cause.values().length];
        for (Timeline outlier : slowest) {
            long[] blamed = outlier.blame();
            for (int i = 0; i < total.length; i++) {
                total[i] += blamed[i];
            }
            dominant[largest(blamed)]++;
        }
        long excess = Arrays.stream(total).sum();
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
