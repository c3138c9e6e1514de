package dev.steward.loadgen.transfer;

import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.workload.Randomness;
import dev.steward.results.LockFigure;
import dev.steward.results.LockFigure.World;
import dev.steward.results.Median;
import dev.steward.results.TransferResult;
import dev.steward.results.Wording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/**
 * Lets JVMs and the twin take turns: in each generation of fresh JVMs some rounds, in each round every load, under each
 * load every contestant of both worlds once, in drawn order. The median of the rounds is the repeat that a generation
 * gives, so that what differs from JVM to JVM enters every interval.
 *
 * <p>Threading: {@link #run} on one thread; {@link #cancel} from any.
 */
public final class TransferTurns {
    private static final int MOST_GENERATIONS = 12;
    private static final int ROUNDS = 3;
    private static final long NS_PER_MS = 1_000_000;
    private static final long WARM_UP_MS = 10;
    private static final long LEAST_MS = 20;
    private static final long GOOD_MS = 60;
    private static final long MOST_MS = 200;
    private static final long REHEARSAL_MS = 150;
    /** A process, a table, threads. */
    private static final long OVERHEAD_MS = 12;
    private static final long START_MS = 500;
    private static final long LIMIT_MS = 30_000;
    private static final int CONTROL_TRIES = 40;
    /** One after another. */
    private static final int MOST_FAILURES = 3;

    private final List<Entrant> entrants;
    private final List<Integer> cpus;
    private final long budgetNs;
    private Listener listener;
    private final LongSupplier clock;
    private final Randomness random;
    private final int generations;
    private final Map<Key, List<Double>> repeats = new LinkedHashMap<>();
    private final Map<Key, Long> violations = new LinkedHashMap<>();
    private final Map<Entrant, String> failed = new LinkedHashMap<>();
    private final Map<Entrant, Integer> failures = new LinkedHashMap<>();
    private final Map<Entrant, Long> controls = new LinkedHashMap<>();
    private final List<Contestant> live = new CopyOnWriteArrayList<>();
    private volatile boolean cancelled;
    private long longestNs;
    private int done;

    /** Makes a contestant ready, once a generation. */
    @FunctionalInterface
    public interface Start {
        /** Starts it; the number tells generations apart. */
        Contestant start(int generation) throws IOException;
    }

    /** Told how a run goes on. */
    public interface Listener {
        /** What the run does next. */
        void said(String line);

        /** A generation has ended, and {@link #figures} hold it. */
        void generationEnded() throws IOException;
    }

    /** One that will take part. */
    public record Entrant(World world, String lock, String strategy, boolean floor, Start start) {
        /** One name for a lock in both worlds. */
        private String both() {
            return strategy == null ? lock : strategy;
        }
    }

    private record Key(Entrant entrant, Load load) {
    }

    /**
     * Plans a run; nothing is started.
     *
     * @param cpus for threads in turn; empty for any.
     * @throws ScenarioException with one line, if the budget is too short.
     */
    public TransferTurns(
        List<Entrant> entrants, List<Integer> cpus, long budgetNs, long seed, LongSupplier clock) {
        this.entrants = List.copyOf(entrants);
        this.cpus = List.copyOf(cpus);
        this.budgetNs = budgetNs;
        this.clock = clock;
        random = new Randomness(Randomness.derive(seed, "transfer"));
        long leastMs = TransferResult.FEWEST_GENERATIONS * generationMs(LEAST_MS);
        if (budgetNs < leastMs * NS_PER_MS) {
            throw new ScenarioException(String.format(Locale.ROOT,
                "--budget: too short for %s, mutex and floors among them; at least %d s, or name fewer with --strategy",
                Wording.counted(entrants.stream().map(Entrant::both).distinct().count(), "lock"),
                (leastMs + 999) / 1000));
        }
        generations = (int) Math.max(TransferResult.FEWEST_GENERATIONS,
            Math.min(MOST_GENERATIONS, budgetNs / NS_PER_MS / generationMs(GOOD_MS)));
    }

    private long generationMs(long turnMs) {
        long jvms = entrants.stream().filter(entrant -> entrant.world == World.JVM).count();
        return jvms * (START_MS + Load.ALL.size() * REHEARSAL_MS)
            + turnsOfAGeneration() * (WARM_UP_MS + turnMs + OVERHEAD_MS);
    }

    private long turnsOfAGeneration() {
        return (long) ROUNDS * Load.ALL.size() * entrants.size();
    }

    /** {@return generations of fresh JVMs that have taken their turns} */
    public int generations() {
        return done;
    }

    /** {@return those that the budget is planned for} */
    int planned() {
        return generations;
    }

    /**
     * Takes all turns.
     *
     * @return false if it was cancelled before its end.
     * @throws IOException          if no JVM could be started, or the listener throws it.
     * @throws InterruptedException if this thread was interrupted.
     */
    public boolean run(Listener told) throws IOException, InterruptedException {
        listener = told;
        long endNs = clock.getAsLong() + budgetNs;
        for (int generation = 1; generation <= generations && !cancelled && anotherFits(endNs); generation++) {
            long beganNs = clock.getAsLong();
            try {
                generation(generation, endNs);
            } finally {
                live.forEach(Contestant::close);
                live.clear();
            }
            longestNs = Math.max(longestNs, clock.getAsLong() - beganNs);
            if (!cancelled) {
                done = generation;
                listener.generationEnded();
            }
        }
        return !cancelled;
    }

    /** On a busy machine all takes longer than planned. */
    private boolean anotherFits(long endNs) {
        return done < TransferResult.FEWEST_GENERATIONS || clock.getAsLong() + longestNs / 2 <= endNs;
    }

    private void generation(int number, long endNs) throws IOException, InterruptedException {
        String name = "generation " + number + " of " + generations + ": ";
        listener.said(name + "starting " + Wording.counted(taking(World.JVM), "JVM") + ", for turns with "
            + Wording.counted(taking(World.C), "lock") + " in C");
        long beganNs = clock.getAsLong();
        Map<Contestant, Entrant> of = new LinkedHashMap<>();
        List<Entrant> order = new ArrayList<>(entrants);
        random.shuffle(order);
        for (Entrant entrant : order) {
            if (!failed.containsKey(entrant) && !cancelled) {
                Contestant contestant = entrant.start.start(number);
                live.add(contestant);
                of.put(contestant, entrant);
                if (entrant.world == World.JVM) {
                    for (Load load : Load.ALL) {
                        play(contestant, entrant, load.order(0, REHEARSAL_MS, cpus));
                    }
                }
            }
        }
        long nowNs = clock.getAsLong();
        int left = generations - number;
        long forTurnsNs = (endNs - nowNs - left * (nowNs - beganNs)) / (left + 1);
        long turnMs = Math.max(LEAST_MS, Math.min(MOST_MS,
            forTurnsNs / NS_PER_MS / Math.max(1, turnsOfAGeneration()) - WARM_UP_MS - OVERHEAD_MS));
        Map<Key, List<Double>> taken = new LinkedHashMap<>();
        for (int round = 1; round <= ROUNDS && !cancelled; round++) {
            listener.said(name + "round " + round + " of " + ROUNDS + ", turns of " + turnMs + " ms");
            List<Load> loads = new ArrayList<>(Load.ALL);
            random.shuffle(loads);
            for (Load load : loads) {
                List<Contestant> turns = new ArrayList<>(of.keySet());
                random.shuffle(turns);
                for (Contestant contestant : turns) {
                    turn(contestant, new Key(of.get(contestant), load), turnMs, taken);
                }
            }
        }
        if (!cancelled) {
            taken.forEach((key, values) ->
                repeats.computeIfAbsent(key, any -> new ArrayList<>()).add(median(values)));
            if (controls.isEmpty()) {
                control(of);
            }
        }
    }

    /** A lock in C is not started here: each of its turns is a process. */
    private long taking(World world) {
        return entrants.stream().filter(entrant -> entrant.world == world && !failed.containsKey(entrant)).count();
    }

    private void turn(Contestant contestant, Key key, long ms, Map<Key, List<Double>> taken)
        throws InterruptedException {
        Turn turn = play(contestant, key.entrant, key.load.order(WARM_UP_MS, ms, cpus));
        if (turn != null) {
            taken.computeIfAbsent(key, any -> new ArrayList<>()).add(turn.ns());
            violations.merge(key, turn.violations(), Long::sum);
        }
    }

    /** What guards nothing must be caught, or the oracle that found nothing elsewhere says nothing. */
    private void control(Map<Contestant, Entrant> of) throws InterruptedException {
        for (Map.Entry<Contestant, Entrant> one : of.entrySet()) {
            for (int i = 0; i < CONTROL_TRIES && one.getValue().floor
                && controls.getOrDefault(one.getValue(), 0L) == 0; i++) {
                Turn turn = play(one.getKey(), one.getValue(), Load.control(cpus));
                controls.merge(one.getValue(), turn == null ? 0 : turn.violations(), Long::sum);
            }
        }
    }

    /** Null if the contestant is out, or gave nothing. */
    private Turn play(Contestant contestant, Entrant entrant, String order) throws InterruptedException {
        if (cancelled || failed.containsKey(entrant)) {
            return null;
        }
        try {
            Turn turn = Turn.parse(contestant.play(order, LIMIT_MS));
            failures.remove(entrant);
            return turn;
        } catch (IOException e) {
            // Once may be a busy machine, on which a thread had no CPU for a whole turn.
            if (!cancelled && failures.merge(entrant, 1, Integer::sum) == MOST_FAILURES) {
                failed.put(entrant, e.getMessage());
                listener.said(entrant.world.named(entrant.lock) + " is out: " + e.getMessage());
                contestant.close();
            }
            return null;
        }
    }

    private static double median(List<Double> values) {
        return Median.of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** {@return what was measured, by load and lock; without those that went out} */
    public List<LockFigure> figures() {
        List<LockFigure> figures = new ArrayList<>();
        for (Load load : Load.ALL) {
            for (Entrant entrant : entrants) {
                List<Double> values = repeats.getOrDefault(new Key(entrant, load), List.of());
                if (!values.isEmpty() && !failed.containsKey(entrant)) {
                    figures.add(new LockFigure(entrant.world, entrant.lock, entrant.strategy, load.workload(),
                        load.readers(), load.writers(), load.writesPerSecond(), median(values), null, null, values,
                        violations.getOrDefault(new Key(entrant, load), 0L)));
                }
            }
        }
        return figures;
    }

    /** {@return those that went out, and why} */
    public List<TransferResult.Missing> missing() {
        return failed.entrySet().stream().map(one ->
            new TransferResult.Missing(one.getKey().world, one.getKey().lock, one.getValue())).toList();
    }

    /** {@return how often each floor was caught where it must be} */
    public List<TransferResult.Control> controls() {
        return controls.entrySet().stream().map(one ->
            new TransferResult.Control(one.getKey().world, one.getKey().lock, one.getValue())).toList();
    }

    /** Ends all JVMs at once and starts no further one. */
    public void cancel() {
        cancelled = true;
        live.forEach(Contestant::close);
    }
}
