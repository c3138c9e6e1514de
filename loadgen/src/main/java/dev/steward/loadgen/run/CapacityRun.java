package dev.steward.loadgen.run;

import dev.steward.loadgen.cell.CellSpec;
import dev.steward.loadgen.cell.Noise;
import dev.steward.loadgen.cell.RigCheck;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.loadgen.scenario.Quantities;
import dev.steward.results.CapacityResult;
import dev.steward.results.JsonFile;
import dev.steward.results.Wording;
import dev.steward.strategy.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Searches the highest rate of each strategy that keeps an objective. The strategies take turns, trial by trial, so
 * that drift of the machine hits all alike; each trial is a cell in a JVM of its own.
 *
 * <p>Threading: one thread.
 */
public final class CapacityRun {
    private static final double MIN_RATE = 100;
    private static final String RUNNING = "running";
    private static final long NS_PER_MS = 1_000_000;
    /** JVM start, building the engine, drain and files; for the estimate of a trial before there was one. */
    private static final long OVERHEAD_NS = 1_100 * NS_PER_MS;

    /** Whose rate is searched for. */
    public enum Find {
        /** Events. */
        STORM(ScenarioKey.STORM_RATE, 10e6),
        /** Attach operations. */
        CHURN(ScenarioKey.CHURN_RATE, 1e6);

        private final ScenarioKey key;
        private final double maxRate;

        Find(ScenarioKey key, double maxRate) {
            this.key = key;
            this.maxRate = maxRate;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Reads what a cell wrote and holds it against the objective: percentiles are the reports' business. */
    @FunctionalInterface
    interface Judge {
        /**
         * Judges a cell that has ended, by its JSON file; the interval log lies beside it.
         *
         * @throws IOException if it cannot be read.
         */
        Verdict judge(Path json, Slo slo) throws IOException;
    }

    /**
     * What a cell showed.
     *
     * @param outcome {@code HELD}, {@code BROKEN}, {@code CEILING} or {@code UNFIT}, in lower case.
     * @param seen    figures or reason, for people.
     */
    record Verdict(String outcome, String seen) {
    }

    /**
     * What was asked for.
     *
     * @param scenario   complete, with one path; its rate is where the search starts.
     * @param strategies names, empty for the default.
     * @param slo        the objective.
     * @param find       whose rate.
     * @param budgetNs   time for everything.
     * @param folder     new, empty, or of an interrupted search of the same; null for a dry run.
     * @param command    that reruns it.
     */
    public record Request(
        Scenario scenario, List<String> strategies, Slo slo, Find find, long budgetNs, Path folder, String command) {
    }

    private final Request request;
    private final Judge judge;
    private final LongSupplier clock;
    private final Cells cells;
    private final List<Contender> contenders = new ArrayList<>();
    private long startNs;
    private final boolean goesOn;
    private long spentBeforeNs;
    private long longestTrialNs;

    /** Runs one cell, for no longer than the time that is left; why it failed, if it did. */
    @FunctionalInterface
    interface Cells {
        Optional<String> run(CellSpec spec, long leftNs) throws IOException, InterruptedException;
    }

    private static final class Contender {
        private final String name;
        private final CapacitySearch search;
        private final List<CapacityResult.Trial> trials = new ArrayList<>();
        private String reason;

        Contender(String name, CapacitySearch search) {
            this.name = name;
            this.search = search;
        }

        private boolean goesOn() {
            return search.end() == CapacitySearch.End.NONE;
        }

        /** Takes a trial; one that was cut short where the time ended says nothing. */
        private void take(CapacityResult.Trial trial) {
            trials.add(trial);
            CapacitySearch.Outcome outcome =
                CapacitySearch.Outcome.valueOf(trial.outcome().toUpperCase(Locale.ROOT));
            if (goesOn()) {
                search.take(outcome);
            }
            if (outcome != CapacitySearch.Outcome.HELD) {
                reason = trial.seen();
            }
        }
    }

    /**
     * Checks the request and makes the folder, or takes from it what an interrupted search has found.
     *
     * @throws ScenarioException if something is not allowed; one line, for a user.
     */
    public CapacityRun(Request request) {
        this(request, new SloJudge(), SystemNanoClock.INSTANCE::nanoTime, new CellProcess()::run);
    }

    CapacityRun(Request request, Judge judge, LongSupplier clock, Cells cells) {
        this.request = request;
        this.judge = judge;
        this.clock = clock;
        this.cells = cells;
        if (request.scenario.ratePerSecond(request.find.key) <= 0) {
            throw new ScenarioException(request.find.key.key() + ": is 0; the search needs a rate to start from");
        }
        if (!request.scenario.text(ScenarioKey.STORM_EVENTS).equals("synthetic")) {
            throw new ScenarioException(
                ScenarioKey.STORM_EVENTS.key() + ": a search draws its events; allowed: synthetic");
        }
        CompareConfig.refuseDisturbed(request.scenario);
        RigCheck.check(request.scenario, null);
        for (Strategy strategy : strategies(request.strategies)) {
            contenders.add(new Contender(strategy.description().name(), new CapacitySearch(
                request.scenario.ratePerSecond(request.find.key), MIN_RATE, request.find.maxRate)));
        }
        refuseTinyBudget();
        goesOn = request.folder != null && goesOn();
        if (request.folder != null && !goesOn) {
            ResultFolders.makeBare(request.folder);
        }
    }

    /** Takes the trials of an interrupted search from its folder; false if it holds none. */
    private boolean goesOn() {
        if (!Files.isRegularFile(request.folder.resolve(CapacityResult.FILE))) {
            return false;
        }
        CapacityResult before;
        try {
            before = CapacityResult.read(request.folder);
        } catch (IOException e) {
            // What cannot be read cannot go on; the folder is not empty, as will be said.
            return false;
        }
        if (!before.status().equals(RUNNING)) {
            return false;
        }
        boolean same = before.scenario().equals(request.scenario.settings())
            && before.slo().equals(request.slo.toString()) && before.find().equals(request.find.label())
            && before.strategies().stream().map(CapacityResult.OfStrategy::strategy).toList()
                .equals(contenders.stream().map(contender -> contender.name).toList());
        if (!same) {
            throw ResultFolders.ofAnother("search", request.folder, before.command());
        }
        spentBeforeNs = before.tookMs() * NS_PER_MS;
        for (int i = 0; i < contenders.size(); i++) {
            Contender contender = contenders.get(i);
            before.strategies().get(i).trials().forEach(contender::take);
        }
        return true;
    }

    /** What would be searched, and for how long, a line each; runs nothing. */
    public List<String> dryRun() {
        long trialMs = trialNs() / NS_PER_MS;
        long trials = request.budgetNs / trialNs();
        List<String> lines = new ArrayList<>(StrategyChoice.cannotRun(request.strategies));
        lines.addAll(List.of(
            "Highest " + request.find.label() + " rate per SMMU that keeps " + request.slo + ", path " + path()
                + ", from " + request.scenario.text(request.find.key) + " on.",
            Wording.counted(contenders.size(), "strategy") + ": "
                + contenders.stream().map(contender -> contender.name).collect(Collectors.joining(", ")) + ".",
            "At most " + Wording.time(request.budgetNs / NS_PER_MS) + ": about "
                + Wording.counted((int) trials, "trial") + " of " + Wording.time(trialMs) + ", "
                + trials / contenders.size() + " of each strategy. Deciding one rate takes " + CapacitySearch.NEEDED
                + " or 3."));
        return lines;
    }

    /** Cells of a floor are unfit by their oracles, so unless it is named it gets none of the time. */
    private static List<Strategy> strategies(List<String> names) {
        return StrategyChoice.named(names).stream()
            .filter(strategy -> !names.isEmpty() || strategy.description().ranked()).toList();
    }

    private void refuseTinyBudget() {
        long leastNs = contenders.size() * CapacitySearch.NEEDED * trialNs();
        if (request.budgetNs < leastNs) {
            throw new ScenarioException(String.format(Locale.ROOT,
                "--budget: too short to decide one rate of %s, which takes %d cells; at least %d s",
                Wording.counted(contenders.size(), "strategy"), contenders.size() * CapacitySearch.NEEDED,
                (leastNs + 999_999_999) / 1_000_000_000));
        }
    }

    /**
     * Searches until all are found or time is up, and tells progress in one line per trial. What is known is in the
     * folder after every trial.
     *
     * @throws IOException          if the folder cannot be written or no JVM be started.
     * @throws InterruptedException if this thread was interrupted.
     */
    public CapacityResult run(Preflight progress) throws IOException, InterruptedException {
        return Claim.of(request.folder).during(() -> {
            Bystanders bystanders = Bystanders.look();
            List<String> causes = bystanders.causes(Noise.measure());
            if (!causes.isEmpty()) {
                progress.noisy(String.join(", ", causes));
            }
            if (!goesOn) {
                // Last: a search that is killed before leaves a folder that the same command takes again.
                ResultFolders.make(request.folder);
            }
            return search(progress);
        });
    }

    private CapacityResult search(Preflight progress) throws IOException, InterruptedException {
        StrategyChoice.cannotRun(request.strategies).forEach(progress::said);
        startNs = clock.getAsLong() - spentBeforeNs;
        save(RUNNING);
        for (boolean anyRan = true; anyRan;) {
            anyRan = false;
            for (Contender contender : contenders) {
                if (contender.goesOn() && contender.trials.size() == fewestTrials()) {
                    if (trialNs() > leftNs()) {
                        contender.search.stop();
                    } else {
                        progress.said(trial(contender));
                        anyRan = true;
                    }
                    save(RUNNING);
                }
            }
        }
        return save("complete");
    }

    /** Of a search that goes on where it was killed, some have had their turn already. */
    private int fewestTrials() {
        return contenders.stream().filter(Contender::goesOn).mapToInt(one -> one.trials.size()).min().orElse(0);
    }

    private long leftNs() {
        return request.budgetNs - (clock.getAsLong() - startNs);
    }

    /** On a busy machine a trial takes longer than its parts: the longest so far tells what the next may take. */
    private long trialNs() {
        Scenario scenario = request.scenario;
        long partsNs = scenario.durationNs(ScenarioKey.REHEARSAL) + scenario.durationNs(ScenarioKey.WARMUP)
            + scenario.durationNs(ScenarioKey.DURATION) + OVERHEAD_NS;
        return Math.max(partsNs, longestTrialNs);
    }

    private String trial(Contender contender) throws IOException, InterruptedException {
        double rate = contender.search.rate();
        int number = contender.trials.size() + 1;
        String id = String.format(Locale.ROOT, "%s-t%02d", contender.name.replace(':', '.'), number);
        Map<String, String> settings = request.scenario.settings();
        settings.put(request.find.key.key(), Quantities.printRate(rate));
        Path folder = request.folder.resolve("cells");
        CellSpec spec = new CellSpec(
            id, contender.name, path(), number, Scenario.ofSettings(settings).settings(), null, null,
            folder.toString());
        long trialStartNs = clock.getAsLong();
        Optional<String> failure = cells.run(spec, leftNs());
        longestTrialNs = Math.max(longestTrialNs, clock.getAsLong() - trialStartNs);
        Verdict verdict = failure.isPresent()
            ? new Verdict("unfit", failure.get()) : judge.judge(folder.resolve(id + ".json"), request.slo);
        CapacityResult.Trial trial = new CapacityResult.Trial(id, rate, verdict.outcome, verdict.seen);
        if (failure.isPresent() && leftNs() <= 0) {
            contender.search.stop();
        }
        contender.take(trial);
        return String.format(Locale.ROOT, "%-20s %9s/s  %-7s %s  (%s)", id,
            Quantities.printRate(rate).replace("/s", ""), verdict.outcome, verdict.seen,
            Wording.leftOfBudget(leftNs() / NS_PER_MS));
    }

    private String path() {
        return request.scenario.text(ScenarioKey.PATH);
    }

    private CapacityResult save(String status) throws IOException {
        CapacityResult result = new CapacityResult(
            CapacityResult.FORMAT, CapacityResult.VERSION,
            status, request.command, request.slo.toString(), request.find.label(), path(),
            request.budgetNs / NS_PER_MS, (clock.getAsLong() - startNs) / NS_PER_MS, request.scenario.settings(),
            contenders.stream().map(CapacityRun::found).toList());
        JsonFile.write(request.folder.resolve(CapacityResult.FILE), result);
        return result;
    }

    private static CapacityResult.OfStrategy found(Contender contender) {
        CapacitySearch search = contender.search;
        double broken = search.brokenRate();
        return new CapacityResult.OfStrategy(
            contender.name, search.heldRate(), Double.isInfinite(broken) ? null : broken, search.rounds(),
            contender.goesOn() ? RUNNING : search.end().word(),
            contender.reason, contender.trials);
    }
}
