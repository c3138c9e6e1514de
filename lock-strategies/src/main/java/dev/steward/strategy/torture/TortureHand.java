package dev.steward.strategy.torture;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.stream.Stream;

/** One thread of a torture. Its counters are written by it alone, opaque for the threads that watch. */
abstract class TortureHand implements Runnable {
    private static final VarHandle COUNTER = MethodHandles.arrayElementVarHandle(long[].class);

    private static final int READS = 0;
    private static final int TORN = 1;
    private static final int STALE = 2;
    private static final int LATE = 3;
    private static final int SYNCHRONIZES = 4;
    private static final int LOST = 5;
    private static final int DOUBLED = 6;
    private static final int PROVABLE = 7;
    private static final int REPORTS = 8;
    private static final int COMMITS = 9;
    private static final int LONGEST_COMMIT = 10;

    final GuardTorture torture;

    private final int number;
    private final long[] counters = new long[LONGEST_COMMIT + 1];
    /** The last steps, in a circle; null without a history. */
    private final TortureStep[] steps;
    private long noted;
    private long brokenBefore;
    private long random;

    TortureHand(GuardTorture torture, int number) {
        this.torture = torture;
        this.number = number;
        steps = torture.settings.history() == 0 ? null : new TortureStep[torture.settings.history()];
        random = torture.settings.seed() * 0x2545_f491_4f6c_dd1dL + 0x9e37_79b9_7f4a_7c15L * (number + 1) | 1;
    }

    /** Does it again and again until the torture stops. */
    final void repeat(Runnable operation) {
        Runnable between = torture.settings.disturber().between(number);
        while (!torture.stopping) {
            operation.run();
            between.run();
        }
    }

    /** Xorshift (Marsaglia 2003). */
    final int nextRandom(int bound) {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return (int) ((random >>> 33) * bound >>> 31);
    }

    final void countRead() {
        count(READS, 1);
    }

    final void countReport() {
        count(REPORTS, 1);
    }

    final void countCommit() {
        count(COMMITS, 1);
    }

    final void countTorn() {
        count(TORN, 1);
    }

    final void countStale() {
        count(STALE, 1);
    }

    final void countLate(int howMany) {
        count(LATE, howMany);
    }

    final void countLost() {
        count(LOST, 1);
    }

    final void countDoubled() {
        count(DOUBLED, 1);
    }

    final void countProvable() {
        count(PROVABLE, 1);
    }

    final void countSynchronize() {
        count(SYNCHRONIZES, 1);
    }

    private void count(int counter, long by) {
        COUNTER.setOpaque(counters, counter, counters[counter] + by);
    }

    /** The time before an operation, 0 without a history. */
    final long begin() {
        return steps == null ? 0 : torture.settings.nanoClock().getAsLong();
    }

    /** The operation has ended and has been checked. */
    final void end(TortureStep.Operation operation, int streamId, int commit, long startNs) {
        if (steps == null) {
            return;
        }
        long broken = counters[TORN] + counters[STALE] + counters[LATE] + counters[LOST] + counters[DOUBLED]
            + strays();
        steps[(int) (noted++ & steps.length - 1)] = new TortureStep(number, operation, streamId, commit, startNs,
            torture.settings.nanoClock().getAsLong(), broken > brokenBefore);
        if (broken > brokenBefore) {
            torture.stopping = true;
        }
        brokenBefore = broken;
    }

    /** What it did last, in no order; once it has stopped. */
    Stream<TortureStep> steps() {
        return steps == null ? Stream.empty() : Stream.of(steps).filter(Objects::nonNull);
    }

    final void commitTook(long ns) {
        if (ns > counters[LONGEST_COMMIT]) {
            COUNTER.setOpaque(counters, LONGEST_COMMIT, ns);
        }
    }

    final boolean hasWorked() {
        return counter(REPORTS) + counter(COMMITS) > 0;
    }

    TortureTally tally() {
        return new TortureTally(
            counter(READS), counter(REPORTS), counter(COMMITS), counter(SYNCHRONIZES), counter(TORN), counter(STALE),
            counter(LATE), counter(LOST), counter(DOUBLED) + strays(), counter(PROVABLE), counter(LONGEST_COMMIT));
    }

    /** Calls of the sink that belong to no report. */
    long strays() {
        return 0;
    }

    private long counter(int counter) {
        return (long) COUNTER.getOpaque(counters, counter);
    }
}
