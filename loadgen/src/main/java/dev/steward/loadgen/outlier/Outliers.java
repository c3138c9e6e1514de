package dev.steward.loadgen.outlier;

import java.util.ArrayList;
import java.util.List;

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
    private static final List<Cause> EVENT_CAUSES = List.of(
        Cause.JVM_PAUSE, Cause.MACHINE, Cause.GENERATOR, Cause.QUEUEING, Cause.WAKE_UP, Cause.GRACE, Cause.LOCK,
        Cause.GUARD, Cause.ENQUEUE, Cause.UNEXPLAINED);
    private static final List<Cause> ATTACH_CAUSES = List.of(
        Cause.JVM_PAUSE, Cause.MACHINE, Cause.GENERATOR, Cause.QUEUEING, Cause.GRACE, Cause.COMMIT, Cause.OBJECTS,
        Cause.UNEXPLAINED);

    private Outliers() {
    }

    /**
     * The slowest of one thread and what went on beside it.
     *
     * @param slowest rows of {@link EventTrace} or {@link AttachTrace}.
     * @param beside  what went on.
     */
    public record OfThread(Slowest slowest, Surroundings beside) {
    }

    /**
     * Attributes events.
     *
     * @param handlers one per SMMU.
     * @param ring     whether events went through an event queue.
     * @param usual    medians of the stages.
     * @return shares by cause.
     */
    public static OutlierSet events(List<OfThread> handlers, boolean ring, EventTrace.Usual usual) {
        List<Timeline> timelines = new ArrayList<>();
        for (OfThread handler : handlers) {
            for (Slowest.Kept kept : handler.slowest().kept()) {
                timelines.add(EventTrace.timeline(kept.latencyNs(), kept.figures(), ring, usual, handler.beside()));
            }
        }
        return OutlierSet.of(timelines, offered(handlers), EVENT_CAUSES);
    }

    /**
     * Attributes attach operations.
     *
     * @param threads one per attach thread.
     * @param usual   medians of the stages.
     * @return shares by cause.
     */
    public static OutlierSet attaches(List<OfThread> threads, AttachTrace.Usual usual) {
        List<Timeline> timelines = new ArrayList<>();
        for (OfThread thread : threads) {
            for (Slowest.Kept kept : thread.slowest().kept()) {
                timelines.add(AttachTrace.timeline(kept.latencyNs(), kept.figures(), usual, thread.beside()));
            }
        }
        return OutlierSet.of(timelines, offered(threads), ATTACH_CAUSES);
    }

    private static long offered(List<OfThread> threads) {
        return threads.stream().mapToLong(thread -> thread.slowest().offered()).sum();
    }
}
