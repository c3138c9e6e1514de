package dev.steward.loadgen.disturb;

import dev.steward.loadgen.workload.Randomness;
import dev.steward.machine.Scheduling;
import dev.steward.strategy.torture.TortureDisturber;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Disturbs threads until it is stopped: every now and then it does one of the things it was asked for, at random.
 * Choices come from a seed; when they meet a thread, and where, is the machine's.
 *
 * <p>Threading: {@link #run} on a thread of its own; {@link #begins}, {@link #ends} and what {@link #between} gave on
 * those that are disturbed; the rest on any.
 */
public final class Disturber implements Runnable, TortureDisturber {
    static final long SHORTEST_STEP_NS = 500_000;
    static final long LONGEST_STEP_NS = 5_000_000;
    static final long SHORTEST_STUTTER_NS = 500_000;
    static final long LONGEST_STUTTER_NS = 2_000_000;
    static final int LONGEST_JITTER_NS = 200_000;
    static final int JITTER_ONE_IN = 32;
    private static final long LOOK_NS = 20_000;
    private static final int SELF = 0;
    private static final int NOBODY = -1;

    private final List<Disturbance> steps = new ArrayList<>();
    private final boolean jitters;
    private final long seed;
    private final DisturbedThreads threads;
    private final Randomness random;
    private final BitSet allowed;
    private final Map<Disturbance, AtomicLong> counts = new EnumMap<>(Disturbance.class);
    // Guarded by this, which a thread also needs to end: its number may be another thread's afterwards.
    private final List<Integer> victims = new ArrayList<>();
    private BitSet left;
    private int boosted = NOBODY;
    private Scheduling beforeBoost;
    private volatile boolean stuttering;
    private volatile boolean stopped;

    /** One that does some of the things; the CPUs are those of the calling thread. */
    public Disturber(Set<Disturbance> disturbances, long seed) {
        this(disturbances, seed, DisturbedThreads.HERE);
    }

    Disturber(Set<Disturbance> disturbances, long seed, DisturbedThreads threads) {
        this.seed = seed;
        this.threads = threads;
        random = new Randomness(Randomness.derive(seed, "disturber"));
        disturbances.forEach(one -> counts.put(one, new AtomicLong()));
        jitters = disturbances.contains(Disturbance.JITTER);
        disturbances.stream().filter(one -> one != Disturbance.JITTER).sorted().forEach(steps::add);
        allowed = threads.cpus();
        left = allowed;
    }

    @Override
    public synchronized void begins() {
        threads.own().ifPresent(thread -> {
            victims.add(thread);
            if (left.cardinality() < allowed.cardinality()) {
                threads.bind(thread, left);
            }
        });
    }

    @Override
    public synchronized void ends() {
        threads.own().ifPresent(thread -> {
            victims.remove(thread);
            if (boosted == thread) {
                boosted = NOBODY;
            }
        });
    }

    @Override
    public Runnable between(int thread) {
        Randomness own = new Randomness(Randomness.derive(seed, "jitter-" + thread));
        return () -> {
            if (jitters && own.nextInt(JITTER_ONE_IN) == 0) {
                counts.get(Disturbance.JITTER).incrementAndGet();
                threads.sleep(1 + own.nextInt(LONGEST_JITTER_NS));
            }
            while (stuttering && !Thread.currentThread().isInterrupted()) {
                threads.sleep(LOOK_NS);
            }
        };
    }

    /** Ends when it is stopped or interrupted; it leaves no thread boosted, stopped or without its CPUs. */
    @Override
    public void run() {
        if (steps.contains(Disturbance.BOOST)) {
            threads.schedule(SELF, Disturbance.BOOSTING);
        }
        try {
            while (goesOn() && !steps.isEmpty()) {
                threads.sleep(between(SHORTEST_STEP_NS, LONGEST_STEP_NS));
                if (goesOn()) {
                    take(steps.get(random.nextInt(steps.size())));
                }
            }
        } finally {
            undo();
        }
    }

    private boolean goesOn() {
        return !stopped && !Thread.currentThread().isInterrupted();
    }

    /** Lets it end within some milliseconds. */
    public void stop() {
        stopped = true;
    }

    /** Whether it was asked for nothing. */
    public boolean isIdle() {
        return counts.isEmpty();
    }

    /** How often it did what it was asked for. */
    public Map<Disturbance, Long> counts() {
        Map<Disturbance, Long> done = new EnumMap<>(Disturbance.class);
        counts.forEach((one, times) -> done.put(one, times.get()));
        return done;
    }

    private void take(Disturbance step) {
        boolean done = switch (step) {
            case SHUFFLE -> shuffle();
            case TAKE_CPUS -> takeOrGiveBack();
            case STUTTER -> stutter();
            case BOOST -> boost();
            case JITTER -> false;
        };
        if (done) {
            counts.get(step).incrementAndGet();
        }
    }

    private long between(long shortestNs, long longestNs) {
        return shortestNs + random.nextInt((int) (longestNs - shortestNs));
    }

    private synchronized boolean shuffle() {
        if (victims.isEmpty()) {
            return false;
        }
        int victim = victims.get(random.nextInt(victims.size()));
        BitSet others = (BitSet) left.clone();
        threads.cpu(victim).ifPresent(others::clear);
        return !others.isEmpty() && threads.bind(victim, oneOf(others));
    }

    private BitSet oneOf(BitSet cpus) {
        BitSet one = new BitSet();
        one.set(cpus.stream().skip(random.nextInt(cpus.cardinality())).findFirst().orElseThrow());
        return one;
    }

    private synchronized boolean takeOrGiveBack() {
        boolean takes = left.cardinality() == allowed.cardinality();
        if (takes) {
            BitSet fewer = new BitSet();
            for (int cpus = 1 + random.nextInt(allowed.cardinality() - 1); cpus > 0; cpus--) {
                BitSet rest = (BitSet) allowed.clone();
                rest.andNot(fewer);
                fewer.or(oneOf(rest));
            }
            left = fewer;
        } else {
            left = allowed;
        }
        victims.forEach(victim -> threads.bind(victim, left));
        return takes;
    }

    private boolean stutter() {
        stuttering = true;
        threads.sleep(between(SHORTEST_STUTTER_NS, LONGEST_STUTTER_NS));
        stuttering = false;
        return true;
    }

    /** Lowers the one before; leaves a thread that has a real-time class already as it is. */
    private synchronized boolean boost() {
        lower();
        if (victims.isEmpty()) {
            return false;
        }
        int victim = victims.get(random.nextInt(victims.size()));
        Optional<Scheduling> before = threads.scheduling(victim).filter(one -> !one.realTime());
        if (before.isEmpty() || !threads.schedule(victim, Disturbance.BOOSTED)) {
            return false;
        }
        boosted = victim;
        beforeBoost = before.get();
        return true;
    }

    private void lower() {
        if (boosted != NOBODY) {
            threads.schedule(boosted, beforeBoost);
            boosted = NOBODY;
        }
    }

    private synchronized void undo() {
        stuttering = false;
        lower();
        left = allowed;
        if (steps.contains(Disturbance.SHUFFLE) || steps.contains(Disturbance.TAKE_CPUS)) {
            victims.forEach(victim -> threads.bind(victim, allowed));
        }
    }
}
