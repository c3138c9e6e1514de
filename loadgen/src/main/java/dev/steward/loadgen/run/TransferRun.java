package dev.steward.loadgen.run;

import dev.steward.catalog.Strategies;
import dev.steward.loadgen.cell.Noise;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.transfer.Load;
import dev.steward.loadgen.transfer.TransferTurns;
import dev.steward.loadgen.transfer.TransferTurns.Entrant;
import dev.steward.loadgen.transfer.Twin;
import dev.steward.loadgen.transfer.Worlds;
import dev.steward.machine.Cpus;
import dev.steward.results.LockFigure;
import dev.steward.results.LockFigure.World;
import dev.steward.results.RunManifest;
import dev.steward.results.TransferResult;
import dev.steward.strategy.Strategy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Measures the same locks in JVMs and in the twin in C.
 *
 * <p>Threading: one thread runs, any cancels.
 */
public final class TransferRun {
    /** What others are held against, whatever is asked for. */
    private static final Set<String> REFERENCES = Set.of("mutex", "unguarded", "unguarded-pointer");
    private static final long JVM_BYTES = 100L << 20;
    private static final long SEED = 42;
    private static final long NS_PER_MS = 1_000_000;

    /**
     * What was asked for.
     *
     * @param names    of strategies, and of locks of the twin without one; empty for all.
     * @param lane     arguments of a JVM that measures, before the name of its strategy.
     * @param home     folder of the suite.
     * @param build    folder for the program in C.
     * @param others   results of another world, to stand beside.
     * @param folder   new or empty.
     * @param command  that reruns it.
     */
    public record Request(
        List<String> names, long budgetNs, List<String> lane, Path home, Path build, List<TransferResult> others,
        Path folder, String command) {
    }

    private final Request request;
    private final Twin twin;
    private final TransferTurns turns;
    /** What cannot run in this JVM, and why. */
    private final List<TransferResult.Missing> missing = new ArrayList<>();
    private final LongSupplier clock = SystemNanoClock.INSTANCE::nanoTime;

    /**
     * Builds the twin and plans.
     *
     * @throws ScenarioException    with one line, if there is no compiler, a name is unknown, or budget or memory are
     *                              not enough.
     * @throws IOException          if it cannot be built.
     * @throws InterruptedException if this thread was interrupted.
     */
    public TransferRun(Request request) throws IOException, InterruptedException {
        this.request = request;
        ResultFolders.makeBare(request.folder);
        twin = Twin.build(request.home.resolve("native"), request.build, System.getenv("PATH"));
        List<Entrant> entrants = entrants(request.names, request.lane);
        long jvms = entrants.stream().filter(entrant -> entrant.world() == World.JVM).count();
        if (jvms * JVM_BYTES > Machine.availableBytes()) {
            throw new ScenarioException(String.format(Locale.ROOT,
                "memory: %d JVMs at once need %d MiB, and %d MiB are available; name fewer locks with --strategy",
                jvms, jvms * JVM_BYTES >> 20, Machine.availableBytes() >> 20));
        }
        turns = new TransferTurns(entrants, Cpus.allowed(), request.budgetNs, SEED, clock);
    }

    /** Both worlds of each strategy, and the locks that C alone has. */
    private List<Entrant> entrants(List<String> names, List<String> lane) {
        Set<String> left = new LinkedHashSet<>(names);
        boolean all = names.isEmpty() || names.contains(StrategyChoice.ALL);
        List<Entrant> entrants = new ArrayList<>();
        for (Strategy strategy : strategies(left, twin)) {
            if (strategy.refusal().isEmpty()) {
                entrants.add(Worlds.jvm(strategy.description().name(), !strategy.description().ranked(), lane));
            } else {
                missing.add(new TransferResult.Missing(
                    World.JVM, strategy.description().name(), strategy.refusal().get()));
            }
        }
        for (Twin.Lock lock : twin.locks()) {
            boolean beside = entrants.stream().anyMatch(entrant -> entrant.lock().equals(lock.strategy()));
            if (all || beside || left.remove(lock.name())) {
                entrants.add(Worlds.c(twin, lock));
            }
        }
        return entrants;
    }

    /** Takes the names of strategies away; what is left are locks of the twin. All: its variants, too. */
    private static List<Strategy> strategies(Set<String> names, Twin twin) {
        if (names.isEmpty() || names.remove(StrategyChoice.ALL)) {
            return Stream.concat(Strategies.all().stream(), twin.locks().stream().map(Twin.Lock::strategy)
                .filter(name -> name != null && name.contains(":")).flatMap(name -> Strategies.byName(name).stream()))
                .toList();
        }
        Set<String> inC = new LinkedHashSet<>(twin.locks().stream().filter(TransferRun::ofCAlone)
            .map(Twin.Lock::name).toList());
        List<String> chosen = names.stream().filter(name -> !inC.contains(name)).toList();
        names.removeAll(chosen);
        List<Strategy> named = chosen.isEmpty() ? List.of() : StrategyChoice.named(chosen);
        return Stream.concat(named.stream(), Strategies.all().stream()
            .filter(strategy -> REFERENCES.contains(strategy.description().name()))
            .filter(strategy -> named.stream().noneMatch(one ->
                one.description().name().equals(strategy.description().name())))).toList();
    }

    private static boolean ofCAlone(Twin.Lock lock) {
        return lock.strategy() == null
            || Strategies.byName(lock.strategy()).map(one -> one.refusal().isPresent()).orElse(true);
    }

    /** Keeps what was found so far, in place of what it kept before. */
    @FunctionalInterface
    public interface Keeper {
        /** Keeps it. */
        void keep(TransferResult found) throws IOException;
    }

    /**
     * Measures.
     *
     * @param preflight told about the machine, which it may refuse, and how it goes on.
     * @param keeper    of what was found, after each generation.
     * @return false if it was cancelled before its end.
     * @throws FolderTakenException if another run is at work in the folder; one line, for a user.
     * @throws IOException          if no JVM could be started, or nothing be kept.
     * @throws InterruptedException if this thread was interrupted.
     */
    public boolean run(Preflight preflight, Keeper keeper) throws IOException, InterruptedException {
        return Claim.of(request.folder).during(() -> measure(preflight, keeper));
    }

    private boolean measure(Preflight preflight, Keeper keeper) throws IOException, InterruptedException {
        Bystanders bystanders = Bystanders.look();
        String causes = Machine.tell(preflight, bystanders, Noise.measure());
        long startNs = clock.getAsLong();
        // Once: nothing else is to run beside the turns.
        String commit = SourceVersion.commit(request.home);
        List<RunManifest.EnvironmentEntry> environment = new ArrayList<>(Machine.describe());
        environment.add(new RunManifest.EnvironmentEntry("compiler", twin.compiler()));
        environment.add(new RunManifest.EnvironmentEntry("noise", causes.isEmpty() ? "none" : "NOISY: " + causes));
        return turns.run(new TransferTurns.Listener() {
            @Override
            public void said(String line) {
                preflight.said(line);
            }

            @Override
            public void generationEnded() throws IOException {
                keeper.keep(found(commit, environment, clock.getAsLong() - startNs));
            }
        });
    }

    private TransferResult found(
        String commit, List<RunManifest.EnvironmentEntry> environment, long tookNs) {
        List<LockFigure> figures = new ArrayList<>(turns.figures());
        List<TransferResult.Missing> all = new ArrayList<>(missing);
        all.addAll(turns.missing());
        all.addAll(twin.missing());
        List<TransferResult.Control> controls = new ArrayList<>(turns.controls());
        for (TransferResult other : request.others) {
            figures.addAll(other.figures());
            all.addAll(other.missing());
            controls.addAll(other.controls());
        }
        return new TransferResult(TransferResult.FORMAT, TransferResult.VERSION, Comparison.now(), request.command,
            CompareConfig.version(), commit, SEED, environment, Load.ENTRIES,
            turns.generations(), request.budgetNs / NS_PER_MS, tookNs / NS_PER_MS, figures, all, controls);
    }

    /** Ends all JVMs at once. */
    public void cancel() {
        turns.cancel();
    }
}
