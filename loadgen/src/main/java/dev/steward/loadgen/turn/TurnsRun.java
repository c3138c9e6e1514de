package dev.steward.loadgen.turn;

import dev.steward.loadgen.cell.CellSpec;
import dev.steward.loadgen.cell.CellTime;
import dev.steward.loadgen.cell.LiveAnswer;
import dev.steward.loadgen.cell.LiveOrder;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.workload.Randomness;
import dev.steward.results.Folders;
import dev.steward.results.JsonLines;
import dev.steward.results.Temporary;
import dev.steward.results.TurnPlan;
import dev.steward.results.TurnRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/**
 * Lets contestants take turns until the referee has seen enough or the budget is spent: generation by generation, each
 * a set of new JVMs, since compiled code differs from one to the next.
 *
 * <p>Threading: {@link #run} on one thread; {@link #cancel} from any.
 */
public final class TurnsRun {
    /** Times the verdicts may be looked at, at equal parts of the budget. */
    public static final int LOOKS = 4;
    /** Start of a JVM; for the estimate. */
    private static final long START_NS = 600_000_000;
    /** What a rehearsal takes beside its load. */
    private static final long REHEARSAL_OVERHEAD_NS = 120_000_000;
    /** What a turn takes beside its window: making the engine, threads, drain, answer. */
    private static final long TURN_OVERHEAD_NS = 75_000_000;
    private static final long NS_PER_MS = 1_000_000;
    private static final long START_LIMIT_MS = 60_000;

    /** Told how a run goes on. */
    public interface Listener {
        /** What the run does next. */
        void said(String line);

        /** A contestant could not go on and is out from now on. */
        void failed(String contestant, String why);

        /** A generation has ended; nothing is written while turns are taken. */
        void generationEnded(TurnPlan plan, String standing);
    }

    private final List<List<Contestant>> groups;
    private final List<Lane> lanes;
    private final TurnSettings settings;
    private final Referee referee;
    private final Listener listener;
    private final LongSupplier clock;
    private final List<TurnRecord> turns = new ArrayList<>();
    private final Map<String, String> failed = new TreeMap<>();
    private final Map<String, String> placement = new TreeMap<>();
    /** By settings: checking them, and the files that they name, would stand between any two turns. */
    private final Map<Map<String, String>, Long> limitsMs = new HashMap<>();
    private final Set<String> longCellsOf = new LinkedHashSet<>();
    private final List<LiveJvm> live = new CopyOnWriteArrayList<>();
    /** A generation's own, so that a run that goes on draws what it would have drawn. */
    private Randomness random;
    private volatile boolean cancelled;
    private long spentBeforeNs;
    private long startNs;
    /** All generations together, without their long cells. */
    private long generationsNs;
    private long longCellsNs;
    private int generations;
    private int look;

    /**
     * Plans a run; nothing is started.
     *
     * @param groups of contestants that are live at the same time, one after another; with several, all have the first
     *               contestant in common.
     */
    public TurnsRun(
        List<List<Contestant>> groups, List<Lane> lanes, TurnSettings settings, Referee referee, Listener listener,
        LongSupplier clock) {
        this.groups = groups.stream().map(List::copyOf).toList();
        this.lanes = List.copyOf(lanes);
        this.settings = settings;
        this.referee = referee;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Goes on where an earlier run of the same was interrupted; to be told before {@link #run}.
     *
     * @param earlier   how it stood.
     * @param taken     its turns, without those of a generation that did not end.
     * @param longCells contestants whose long cells are there.
     */
    public void goOnFrom(TurnPlan earlier, List<TurnRecord> taken, Set<String> longCells) {
        generations = earlier.generations();
        look = earlier.look();
        spentBeforeNs = earlier.spentMs() * NS_PER_MS;
        generationsNs = generations == 0 ? 0 : spentBeforeNs;
        turns.addAll(taken);
        longCellsOf.addAll(longCells);
        earlier.placement().forEach(one -> placement.put(one.thread(), one.cpus()));
    }

    /**
     * Runs generations.
     *
     * @return false if it was cancelled before its end.
     * @throws IOException          if results cannot be written or no JVM be started.
     * @throws InterruptedException if this thread was interrupted.
     */
    public boolean run() throws IOException, InterruptedException {
        startNs = clock.getAsLong() - spentBeforeNs;
        boolean another = generations == 0 || goesOn();
        boolean enough = !another && looked(true);
        while (!cancelled && !enough && another) {
            long beganNs = clock.getAsLong();
            longCellsNs = 0;
            generation(generations + 1, groups.get(generations % groups.size()));
            if (!cancelled) {
                generations++;
                generationsNs += clock.getAsLong() - beganNs - longCellsNs;
                another = goesOn();
                enough = looked(!another);
            }
        }
        return !cancelled;
    }

    private boolean goesOn() {
        return generations < mostGenerations() && pairsAreLeft() && anotherFits();
    }

    /**
     * Every group has a first generation, whatever the budget. A later one begins if it ends in time, give or take a
     * tenth of it: of the few that a budget holds each counts.
     */
    private boolean anotherFits() {
        long spentNs = clock.getAsLong() - startNs;
        return generations < groups.size()
            || spentNs + 9 * generationsNs / generations / 10 <= settings.budgetNs();
    }

    /** Of a single contestant there is none, and it is measured all the same; of two builds, both are needed. */
    private boolean pairsAreLeft() {
        return groups.stream().anyMatch(group -> {
            List<Contestant> left = group.stream().filter(one -> !failed.containsKey(one.name())).toList();
            return left.size() >= Math.min(2, group.size()) && builds(left) == builds(group);
        });
    }

    private static long builds(List<Contestant> group) {
        return group.stream().map(Contestant::isOfOtherBuild).distinct().count();
    }

    /** A run may end at its looks only, which the clock has planned: what was seen cannot move them. */
    private boolean looked(boolean last) {
        long spentNs = clock.getAsLong() - startNs;
        int reached = last ? LOOKS : (int) Math.min(LOOKS - 1, LOOKS * spentNs / settings.budgetNs());
        boolean fresh = reached > look;
        look = reached;
        Referee.Standing standing = referee.standing(turns, plan());
        listener.generationEnded(plan(), standing.line());
        return fresh && standing.enough();
    }

    /** How the turns were taken, as it stands. */
    public TurnPlan plan() {
        return new TurnPlan(
            settings.windowNs() / NS_PER_MS, settings.runIn(), settings.rounds(), generations,
            settings.budgetNs() / NS_PER_MS, (clock.getAsLong() - startNs) / NS_PER_MS, look, LOOKS,
            settings.precision(),
            placement.entrySet().stream().map(one -> new TurnPlan.Placed(one.getKey(), one.getValue())).toList(),
            null);
    }

    /** Contestants that could not go on, and why; they are out from then on. */
    public Map<String, String> failed() {
        return new LinkedHashMap<>(failed);
    }

    /** Most generations of all groups together; {@link Integer#MAX_VALUE} if only the budget ends it. */
    public int mostGenerations() {
        return (int) Math.min(Integer.MAX_VALUE, (long) settings.maxGenerations() * groups.size());
    }

    /** Generations that give every pair of contestants its first verdict. */
    public long generationsForVerdicts() {
        return (long) TurnPlan.FEWEST_GENERATIONS * groups.size();
    }

    /** About how long a generation takes, nanoseconds. */
    public long estimateNs() {
        return estimateNs(groups.stream().mapToInt(List::size).max().orElse(0), lanes, settings);
    }

    /** About how long a generation of contestants that are live at the same time takes, nanoseconds. */
    public static long estimateNs(int contestants, List<Lane> lanes, TurnSettings settings) {
        long runInNs = settings.runIn() * (REHEARSAL_OVERHEAD_NS + settings.windowNs() + TURN_OVERHEAD_NS);
        long paths = lanes.stream().map(Lane::path).distinct().count();
        return contestants * (aloneNs(lanes, settings) + paths * (settings.rehearsalNs() + runInNs));
    }

    /** Start and rounds of one JVM. */
    private static long aloneNs(List<Lane> lanes, TurnSettings settings) {
        long roundNs = lanes.stream().mapToLong(lane -> lane.windowNs() + TURN_OVERHEAD_NS).sum();
        return START_NS + settings.rounds() * roundNs;
    }

    private void generation(int number, List<Contestant> group) throws IOException, InterruptedException {
        random = new Randomness(Randomness.derive(settings.seed(), "turns-" + number));
        Path output = outputFolder();
        try {
            // In drawn order: the last to run in goes from its compilers' work straight into the first round.
            List<Contestant> order = new ArrayList<>(group);
            random.shuffle(order);
            for (Contestant contestant : order) {
                if (!failed.containsKey(contestant.name()) && !cancelled) {
                    start(contestant, output.resolve(live.size() + ".log"));
                }
            }
            for (LiveJvm jvm : List.copyOf(live)) {
                order(jvm, new LiveOrder(LiveOrder.Kind.BE_THERE, Map.of(), "", 0, null));
            }
            runIn(number);
            for (int round = 1; round <= settings.rounds(); round++) {
                listener.said("generation " + number + ": round " + round + " of " + settings.rounds());
                round(number, round);
            }
            long longFromNs = clock.getAsLong();
            longCells();
            longCellsNs = clock.getAsLong() - longFromNs;
        } finally {
            close();
            Folders.remove(output);
        }
    }

    /** For what the JVMs print: not with the results unless there is no other place. */
    private Path outputFolder() throws IOException {
        try {
            return Temporary.folder(null, "turns");
        } catch (IOException e) {
            return Files.createTempDirectory(lanes.get(0).folder(), "jvms-");
        }
    }

    private synchronized void start(Contestant contestant, Path output) throws IOException {
        if (!cancelled) {
            live.add(new LiveJvm(contestant, output));
        }
    }

    /**
     * Full speed and a turn by turns: what the compiler takes back at the pace of a turn, it compiles again at full
     * speed. At a turn's pace that would take a minute.
     */
    private void runIn(int generation) throws IOException, InterruptedException {
        Map<String, List<Lane>> byPath = new LinkedHashMap<>();
        lanes.forEach(lane -> byPath.computeIfAbsent(lane.path(), none -> new ArrayList<>()).add(lane));
        RunIn runIn = RunIn.of(settings, live.size(), aloneNs(lanes, settings), groups.size());
        for (LiveJvm jvm : List.copyOf(live)) {
            listener.said("generation " + generation + ": running in " + jvm.contestant().name());
            long beganNs = clock.getAsLong();
            List<TurnRecord> last = List.of();
            for (int cycle = 0; runIn.goesOn(cycle, clock.getAsLong() - beganNs, last); cycle++) {
                last = new ArrayList<>();
                for (List<Lane> ofPath : byPath.values()) {
                    Lane lane = ofPath.get(cycle % ofPath.size());
                    order(jvm, new LiveOrder(LiveOrder.Kind.REHEARSE, lane.settings(), lane.path(), 0, null));
                }
                Settling.await(jvm::ticks, Thread::sleep, runIn.waitMs(clock.getAsLong() - beganNs));
                for (List<Lane> ofPath : byPath.values()) {
                    Lane lane = ofPath.get(cycle % ofPath.size());
                    List<TurnRecord> taken = new ArrayList<>();
                    turn(generation, 0, cycle + 1, jvm, lane, taken);
                    write(lane, taken);
                    last.addAll(taken);
                }
            }
            Settling.await(jvm::ticks, Thread::sleep, runIn.waitMs(clock.getAsLong() - beganNs));
        }
    }

    private void write(Lane lane, List<TurnRecord> taken) throws IOException {
        for (TurnRecord record : taken) {
            JsonLines.append(lane.folder().resolve(TurnRecord.FILE), record);
            turns.add(record);
        }
    }

    /** One turn of each contestant in each lane; written after the last of a lane, so that no turn is disturbed. */
    private void round(int generation, int round) throws IOException, InterruptedException {
        List<Lane> order = new ArrayList<>(lanes);
        random.shuffle(order);
        for (Lane lane : order) {
            List<LiveJvm> taking = List.copyOf(live);
            List<TurnRecord> taken = new ArrayList<>();
            int position = 0;
            List<List<Integer>> places =
                TurnOrder.of(taking.size(), settings.rounds(), laneRandom(generation, lane));
            for (int next : places.get(round - 1)) {
                turn(generation, round, ++position, taking.get(next), lane, taken);
            }
            write(lane, taken);
        }
    }

    private Randomness laneRandom(int generation, Lane lane) {
        return new Randomness(Randomness.derive(
            settings.seed(), "turn-order-" + generation + "-" + lanes.indexOf(lane)));
    }

    private void turn(
        int generation, int round, int position, LiveJvm jvm, Lane lane, List<TurnRecord> taken)
        throws IOException, InterruptedException {
        if (cancelled || failed.containsKey(jvm.contestant().name())) {
            return;
        }
        Disturbance disturbance = new Disturbance(live, jvm);
        int repeat = generation * (settings.rounds() + 1) + round;
        LiveAnswer answer = order(jvm, new LiveOrder(LiveOrder.Kind.TURN, lane.settings(), lane.path(), repeat, null));
        if (answer != null) {
            Disturbance.Seen seen = disturbance.seen(answer);
            Integer compiled = jvm.compilations().between(answer.fromNs(), answer.toNs());
            taken.add(new TurnRecord(
                generation, round, position, jvm.contestant().name(), lane.path(), seen.keep(), seen.marks(),
                answer.figures(), answer.rates(), answer.ledger(), answer.violations(), compiled,
                answer.injectedFailures()));
            answer.placement().forEach((thread, cpus) -> placement.put(lane.path() + " " + thread, cpus));
            // What the run-in compiles disturbs nothing that counts, and it settles at its end.
            if (round > 0 && compiled != null && compiled > 0) {
                Settling.await(jvm::ticks, Thread::sleep, Settling.BETWEEN_TURNS_MS);
            }
        }
    }

    /** One for each contestant and lane, in the first generation that it is in. */
    private void longCells() throws IOException, InterruptedException {
        List<LiveJvm> fresh = new ArrayList<>(
            live.stream().filter(jvm -> longCellsOf.add(jvm.contestant().name())).toList());
        for (Lane lane : lanes) {
            random.shuffle(fresh);
            for (LiveJvm jvm : fresh) {
                if (lane.longCell() != null && !cancelled && !failed.containsKey(jvm.contestant().name())) {
                    String name = jvm.contestant().name();
                    listener.said("long cell: " + name + ", path " + lane.path());
                    order(jvm, new LiveOrder(LiveOrder.Kind.CELL, lane.longCell(), lane.path(), 0, new CellSpec(
                        CellSpec.idOf(name, lane.path(), 1), name, lane.path(), 1, lane.longCell(), lane.eventsFile(),
                        null, lane.folder().resolve("cells").toString())));
                }
            }
        }
    }

    /** Null if the contestant failed, or the run was cancelled meanwhile. */
    private LiveAnswer order(LiveJvm jvm, LiveOrder order) throws InterruptedException {
        try {
            return cancelled || failed.containsKey(jvm.contestant().name()) ? null : jvm.order(order, limitMs(order));
        } catch (IOException e) {
            if (jvm.endedBySignal()) {
                cancelled = true;
            }
            if (!cancelled) {
                failed.put(jvm.contestant().name(), e.getMessage());
                listener.failed(jvm.contestant().name(), e.getMessage());
                jvm.close();
                live.remove(jvm);
            }
            return null;
        }
    }

    private long limitMs(LiveOrder order) {
        return order.kind() == LiveOrder.Kind.BE_THERE ? START_LIMIT_MS
            : limitsMs.computeIfAbsent(order.settings(), any -> CellTime.limitMs(Scenario.ofSettings(any)));
    }

    /** Ends all JVMs at once and starts no further one. */
    public void cancel() {
        cancelled = true;
        close();
    }

    private synchronized void close() {
        live.forEach(LiveJvm::close);
        live.clear();
    }
}
