package dev.steward.loadgen.torture;

import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.loadgen.disturb.Disturbance;
import dev.steward.loadgen.disturb.Disturber;
import dev.steward.loadgen.scenario.Quantities;
import dev.steward.results.TortureResult;
import dev.steward.strategy.AsymmetricFence;
import dev.steward.strategy.Strategy;
import dev.steward.strategy.torture.GuardTorture;
import dev.steward.strategy.torture.TortureDisturber;
import dev.steward.strategy.torture.TortureSettings;
import dev.steward.strategy.torture.TortureTally;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Tortures one strategy after the other and tells about it in the manner of the kernel's locktorture: a line of
 * parameters, a line of statistics for each, a verdict at the end.
 *
 * <p>Half of the time goes to a few hot streams, half to all of them.
 */
public final class TortureRun {
    private static final int HOT_STREAMS_PER_COMMITTER = 2;
    /** For threads that a busy machine has not let work yet; a guard that hangs must not take longer. */
    private static final long GRACE_NS = 30_000_000_000L;
    private static final long TICK_MS = 5;
    private static final String DEFAULT_TIME = "2s";
    /** Without a time: until a guard that is wrong once in so many events would have been seen. */
    private static final long SEEN_IF_ONE_IN = 100_000;
    private static final long LONGEST_NS = 60_000_000_000L;
    /** Operations of each thread in a saved file: some hundred microseconds. */
    private static final int HISTORY = 64;

    private final List<Strategy> strategies;
    private final Options options;
    private final long timeNs;
    private final LongSupplier nanoClock;
    private final boolean untilBroken;
    /** Where to save the first broken promise, or null. */
    private final Path save;
    private boolean saved;
    /** Why the first broken promise is not in its file, or null. */
    private IOException notSaved;

    /**
     * What a user may choose.
     *
     * @param time       for each strategy, as {@link Quantities#durationNs} reads it; null for 2 s, and on, for 60 s at
     *                   most, until a guard that is wrong once in 100,000 events would have been seen.
     * @param readers    threads that read and report.
     * @param committers threads that attach.
     * @param seed       of all choices.
     * @param disturb    what is done to the threads meanwhile.
     */
    public record Options(String time, int readers, int committers, long seed, Set<Disturbance> disturb) {
        /** Copies the set, in order. */
        public Options {
            disturb = Collections.unmodifiableSet(new TreeSet<>(disturb));
        }

        /**
         * Checks them, but for what this machine lets a torture do.
         *
         * @throws IllegalArgumentException with one line that begins with the name of the option.
         */
        void require() {
            timeNs();
            new TortureSettings(
                readers, committers, GuardTorture.STREAMS, seed, true, () -> 0, 0, TortureDisturber.NONE);
        }

        private long timeNs() {
            long timeNs;
            try {
                timeNs = Quantities.durationNs(time == null ? DEFAULT_TIME : time);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("time: '" + time + "' " + e.getMessage(), e);
            }
            if (timeNs <= 0) {
                throw new IllegalArgumentException("time: '" + time + "' is not allowed; more than 0");
            }
            return timeNs;
        }
    }

    /**
     * A run against the clock of the JVM, strategy by strategy.
     *
     * @param untilBroken whether to leave a strategy at its first broken promise; the threads keep their last
     *                    operations then.
     * @param save        file for the first of those promises, or null.
     * @throws IllegalArgumentException with one line that says what is allowed.
     */
    public TortureRun(List<Strategy> strategies, Options options, boolean untilBroken, Path save) {
        this(strategies, options, untilBroken, save, SystemNanoClock.INSTANCE::nanoTime);
    }

    TortureRun(
        List<Strategy> strategies, Options options, boolean untilBroken, Path save, LongSupplier nanoClock) {
        this.untilBroken = untilBroken;
        this.save = save;
        this.strategies = List.copyOf(strategies);
        this.options = options;
        options.require();
        timeNs = options.timeNs();
        this.nanoClock = nanoClock;
        Disturbance.require(options.disturb());
        if (save != null) {
            TortureHistory.requireWritable(save);
        }
    }

    private TortureSettings settings(int hotStreams, TortureDisturber disturber) {
        return new TortureSettings(options.readers(), options.committers(), hotStreams, options.seed(), true, nanoClock,
            untilBroken ? HISTORY : 0, disturber);
    }

    private int fewStreams() {
        return Math.min(GuardTorture.STREAMS, options.committers() * HOT_STREAMS_PER_COMMITTER);
    }

    /** About how long it takes, in milliseconds. */
    public long lengthMs() {
        return TimeUnit.NANOSECONDS.toMillis(strategies.size() * timeNs);
    }

    /**
     * Runs it.
     *
     * @param log takes each line.
     * @throws InterruptedException if interrupted.
     */
    public TortureResult run(Consumer<String> log) throws InterruptedException {
        log.accept(String.format(Locale.ROOT,
            "--- Start of test: strategies=%d time=%dms readers=%d committers=%d streams=%d,%d seed=%d fence=%s"
                + " disturb=%s",
            strategies.size(), TimeUnit.NANOSECONDS.toMillis(timeNs), options.readers(),
            options.committers(), fewStreams(), GuardTorture.STREAMS, options.seed(),
            AsymmetricFence.asymmetric() ? "membarrier" : "full", Disturbance.words(options.disturb())));
        List<TortureResult.OfStrategy> found = new ArrayList<>();
        for (Strategy strategy : strategies) {
            found.add(named(strategy));
            tell(found.get(found.size() - 1), log);
        }
        TortureResult result = TortureResult.of(TimeUnit.NANOSECONDS.toMillis(timeNs), options.readers(),
            options.committers(), options.seed(), found);
        log.accept(String.format(Locale.ROOT, "--- End of test: %s: %d of %d strategies broke a promise, "
            + "%d checked reads", result.failed() == 0 ? "SUCCESS" : "FAILURE", result.failed(), strategies.size(),
            found.stream().mapToLong(one -> one.reads() + one.reports()).sum()));
        return result;
    }

    /** Why the first broken promise of the run could not be saved, if so; it is to be told after what was found. */
    public Optional<IOException> notSaved() {
        return Optional.ofNullable(notSaved);
    }

    /** What a strategy does wrong is told with its name. */
    private TortureResult.OfStrategy named(Strategy strategy) throws InterruptedException {
        try {
            return torture(strategy);
        } catch (RuntimeException | Error e) {
            throw new IllegalStateException(strategy.description().name() + ": "
                + (e.getMessage() == null ? e.toString() : e.getMessage()), e);
        }
    }

    private TortureResult.OfStrategy torture(Strategy strategy) throws InterruptedException {
        Found found = halfOf(strategy, fewStreams(), TortureTally.NONE);
        if (!untilBroken || found.tally().violations() == 0) {
            found = found.plus(halfOf(strategy, GuardTorture.STREAMS, found.tally()));
        }
        TortureTally tally = found.tally();
        GuardStatistics sum = found.statistics();
        return new TortureResult.OfStrategy(strategy.description().name(), tally.reads(), tally.reports(),
            tally.commits(), tally.synchronizes(), tally.violations(), tally.torn(), tally.stale(), tally.late(),
            tally.lost(), tally.doubled(), tally.provable(), sum.gracePeriods(), sum.retries(), sum.fallbacks(),
            sum.readerWaits(), tally.longestCommitNs(), found.disturbed());
    }

    private void save(Strategy strategy, int streams, GuardTorture torture) {
        if (save == null || saved) {
            return;
        }
        saved = true;
        try {
            new TortureHistory(strategy.description().name(), options)
                .write(save, streams, torture.tally(), torture.history());
        } catch (IOException e) {
            notSaved = e;
        }
    }

    private static void tell(TortureResult.OfStrategy one, Consumer<String> log) {
        log.accept(String.format(Locale.ROOT, "%s: Reads: %d Reports: %d Attaches: %d Synchronizes: %d %s",
            one.strategy(), one.reads(), one.reports(), one.attaches(), one.synchronizes(),
            one.violations() == 0 ? "ok" : "!!!"));
        log.accept(String.format(Locale.ROOT,
            "    Violations: %d (torn %d, stale %d, late %d, lost %d, doubled %d)", one.violations(), one.torn(),
            one.stale(), one.late(), one.lost(), one.doubled()));
        if (one.violations() == 0) {
            log.accept("    " + rarestSeen(one.seenIfOneIn()));
        }
        log.accept(String.format(Locale.ROOT,
            "    Grace periods: %d Retries: %d Fallbacks: %d Reader waits: %d Longest attach: %d us",
            one.gracePeriods(), one.retries(), one.fallbacks(), one.readerWaits(),
            TimeUnit.NANOSECONDS.toMicros(one.longestAttachNs())));
        if (!one.disturbed().isEmpty()) {
            log.accept("    Disturbed: " + one.disturbed().entrySet().stream()
                .map(done -> done.getKey() + " " + done.getValue()).collect(Collectors.joining(", ")));
        }
    }

    /** How rare a fault the test would still have found. */
    private static String rarestSeen(long seenIfOneIn) {
        return (seenIfOneIn == 0 ? "Too few events to say how rare a loss would have been found"
            : String.format(Locale.ROOT, "One event lost or doubled in %,d would have been found (probability 99.9 %%)",
                seenIfOneIn))
            + (seenIfOneIn < SEEN_IF_ONE_IN ? "; a longer --time finds rarer ones" : "");
    }

    /** In few streams some commit is nearly always under way, so that no event has to reach the sink. */
    private long limitNs(GuardTorture torture, int hotStreams, TortureTally before) {
        long halfNs = timeNs / 2;
        if (!torture.allWorked()) {
            return halfNs + GRACE_NS;
        }
        boolean goOn = options.time() == null && hotStreams == GuardTorture.STREAMS
            && tellsTooLittle(before.plus(torture.tally()));
        return goOn ? LONGEST_NS - halfNs : halfNs;
    }

    static boolean tellsTooLittle(TortureTally soFar) {
        return soFar.violations() == 0 && TortureResult.seenIfOneIn(soFar.provable()) < SEEN_IF_ONE_IN;
    }

    /** What there is after one half, or after both. */
    private record Found(TortureTally tally, GuardStatistics statistics, Map<String, Long> disturbed) {
        Found plus(Found other) {
            Map<String, Long> sum = new LinkedHashMap<>(disturbed);
            other.disturbed.forEach((what, times) -> sum.merge(what, times, Long::sum));
            return new Found(tally.plus(other.tally), statistics.plus(other.statistics), sum);
        }
    }

    private Found halfOf(Strategy strategy, int hotStreams, TortureTally before) throws InterruptedException {
        Disturber disturber = new Disturber(options.disturb(), options.seed());
        Thread disturbs = new Thread(disturber, "disturb");
        disturbs.setDaemon(true);
        disturbs.start();
        try (GuardTorture torture = GuardTorture.of(strategy, settings(hotStreams, disturber))) {
            torture.start();
            long startNs = nanoClock.getAsLong();
            while (torture.await(TICK_MS) && !torture.stopping()
                && nanoClock.getAsLong() - startNs < limitNs(torture, hotStreams, before)) {
                // the threads work
            }
            torture.stop();
            if (torture.tally().violations() > 0) {
                save(strategy, hotStreams, torture);
            } else if (!torture.allWorked()) {
                throw new IllegalStateException("a thread of the torture has done nothing in time");
            }
            return new Found(torture.tally(), torture.statistics(), counted(disturber));
        } finally {
            disturber.stop();
            disturbs.join();
        }
    }

    private static Map<String, Long> counted(Disturber disturber) {
        Map<String, Long> counts = new LinkedHashMap<>();
        disturber.counts().forEach((what, times) -> counts.put(what.word(), times));
        return counts;
    }
}
