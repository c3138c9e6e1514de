package dev.steward.reports.summary;

import dev.steward.reports.read.CellLoss;
import dev.steward.reports.read.ResultFolder;
import dev.steward.reports.transfer.Transfer;
import dev.steward.reports.verdict.Rules;
import dev.steward.reports.verdict.RunVerdicts;
import dev.steward.reports.verdict.TurnLoads;
import dev.steward.reports.verdict.TurnRounds;
import dev.steward.reports.verdict.TurnVerdicts;
import dev.steward.results.CellResult;
import dev.steward.results.CellRecord;
import dev.steward.results.RunManifest;
import dev.steward.results.Tags;
import dev.steward.results.TurnFigure;
import dev.steward.results.TurnPlan;
import dev.steward.results.TurnRecord;
import dev.steward.results.Verdicts;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that a report says about one run, as figures. Immutable.
 *
 * @param problems planned cells that are not among the figures
 * @param finished every finished and readable cell, valid or not
 * @param verdicts by the repeats of the cells; no comparisons if the contestants took turns
 * @param turnVerdicts by the turns; empty for a run without
 * @param turns        in the order they ran
 * @param transfer     that tells whose order is confirmed in C; empty if nobody asked
 */
public record Summary(
    RunManifest run, List<PathSummary> paths, List<Problem> problems, ArrivalsCheck arrivals,
    List<CellRecord> finished, RunVerdicts verdicts, Optional<Verdicts> turnVerdicts,
    List<TurnRecord> turns, Optional<Transfer> transfer) {
    /** Of a strategy that names none. */
    private static final String FLOOR = "unguarded";

    /** Computes the figures. */
    public static Summary of(ResultFolder folder) {
        return new Summary(folder.run(),
            folder.run().paths().stream().map(path -> PathSummary.of(folder, path))
                .filter(path -> !path.all().isEmpty()).toList(),
            Problem.of(folder), ArrivalsCheck.of(folder), folder.cells().stream().map(CellResult::json).toList(),
            RunVerdicts.of(folder, Rules.DEFAULT), turnVerdicts(folder), folder.turns(),
            Optional.empty());
    }

    /** {@return the same beside a transfer, which tells whose order is confirmed in C} */
    public Summary confirmedBy(Transfer by) {
        return new Summary(run, paths, problems, arrivals, finished, verdicts, turnVerdicts, turns, Optional.of(by));
    }

    /** {@return names of the ranked strategies, without the build that they are of} */
    public List<String> ranked() {
        return run.strategies().stream().filter(RunManifest.StrategyInfo::ranked)
            .map(info -> info.name().replace(RunManifest.StrategyInfo.AGAINST, "")).distinct().toList();
    }

    /** {@return whose order is not confirmed; none if nobody asked} */
    public Set<String> jvmOnly() {
        return ranked().size() < 2 ? Set.of() : transfer.map(by -> by.jvmOnly(ranked())).orElse(Set.of());
    }

    private static Optional<Verdicts> turnVerdicts(ResultFolder folder) {
        RunManifest run = folder.run();
        return run.turns() == null ? Optional.empty()
            : Optional.of(TurnVerdicts.of(run.name(), run.strategies(), run.turns(),
                TurnLoads.fit(folder.turns(), run.scenario())));
    }

    /** {@return what is compared, figure by figure; none if nothing can be} */
    public List<Contest> contests() {
        return Contest.of(run, medians());
    }

    /** {@return medians and their pairs, by turns or else by the repeats of the cells} */
    public Verdicts medians() {
        return turnVerdicts.orElseGet(() -> CellVerdicts.of(this));
    }

    /** {@return median event of a path from its real start, in nanoseconds; empty unless a later one is compared} */
    public OptionalDouble eventWithWakeUpNs(String path) {
        if (run.turns() == null) {
            return OptionalDouble.empty();
        }
        TurnRounds rounds = TurnRounds.of(turns, run.turns(), path);
        double rawNs = rounds.medianNs(Tags.EVENT_ENQUEUE_RAW);
        return rounds.medianNs(rounds.tag(TurnFigure.EVENT)) < rawNs
            ? OptionalDouble.of(rawNs) : OptionalDouble.empty();
    }

    /** {@return whether half of a median or more is the generator's lateness; turns are timed from the real start} */
    public boolean isMostlyLateness(Contest contest, Contest.Contestant one) {
        return turnVerdicts.isEmpty() && strategy(contest.path(), one.name())
            .latency(CellVerdicts.tag(contest.figure())).p50().support() == Quantile.Support.MACHINE;
    }

    /** {@return number of cells that figures rest on: 0 or more} */
    public int countedCells() {
        return run.cells().size() - problems.size();
    }

    /** {@return number of problems of a kind: 0 or more} */
    public int count(CellLoss kind) {
        return (int) problems.stream().filter(problem -> problem.kind() == kind).count();
    }

    /** {@return every strategy on every path: in the order of the paths} */
    public Stream<StrategySummary> strategies() {
        return paths.stream().flatMap(path -> path.all().stream());
    }

    /** {@return figures of one strategy on one path, or null if it was not to run there} */
    public StrategySummary strategy(String path, String name) {
        return strategies().filter(one -> one.path().equals(path) && one.info().name().equals(name)).findFirst()
            .orElse(null);
    }

    /** {@return name of the strategy without protection that a strategy is compared with} */
    public static String floor(StrategySummary one) {
        return floor(one.info());
    }

    /** {@return name of the strategy without protection that a strategy is compared with} */
    static String floor(RunManifest.StrategyInfo one) {
        return Objects.requireNonNullElse(one.floor(), FLOOR);
    }

    /** {@return what a strategy takes beyond its floor; empty for a floor, and if the floor was not run beside it} */
    public Optional<GuardCost> guardCost(StrategySummary one) {
        StrategySummary without = strategy(one.path(), floor(one));
        return without == null || !one.info().ranked() ? Optional.empty() : GuardCost.of(one, without);
    }

    /** {@return whether two builds took turns, so that only a strategy and itself in the other one are compared} */
    public boolean twoBuilds() {
        return run.strategies().stream().anyMatch(info -> info.name().endsWith(RunManifest.StrategyInfo.AGAINST));
    }

    /** {@return strategies and paths of this build on which there is no verdict at all, for want of rounds or load} */
    public List<String> notJudged() {
        Set<String> judged = turnVerdicts.stream().flatMap(verdicts -> verdicts.pairs().stream())
            .filter(pair -> pair.generations() >= TurnPlan.FEWEST_GENERATIONS)
            .map(pair -> pair.second() + ", path " + pair.path()).collect(Collectors.toSet());
        return run.paths().stream().flatMap(path -> run.strategies().stream().map(RunManifest.StrategyInfo::name)
                .filter(name -> !name.endsWith(RunManifest.StrategyInfo.AGAINST)).map(name -> name + ", path " + path))
            .filter(place -> !judged.contains(place)).toList();
    }

    /** {@return true if strategies were to be ranked and not one of them has a figure in turns or a valid cell} */
    public boolean nothingToCompare() {
        if (turnVerdicts.isPresent() && !turnVerdicts.get().standings().isEmpty()) {
            return false;
        }
        List<StrategySummary> strategies = paths.stream().flatMap(path -> path.ranked().stream()).toList();
        return !strategies.isEmpty() && strategies.stream().allMatch(strategy -> strategy.valid() == 0);
    }

    /** {@return whether threads were disturbed on purpose: broken promises count then, figures do not} */
    public boolean disturbed() {
        return !run.scenario().getOrDefault("disturb", "none").equals("none");
    }

    /**
     * Violations by which a strategy broke promises, by oracle, in its cells and turns. What a deferred attach may do
     * is counted in its cells and makes none INVALID.
     */
    public Map<String, Long> broken(RunManifest.StrategyInfo strategy) {
        Map<String, Long> broken = new TreeMap<>();
        finished.stream().filter(cell -> cell.strategy().equals(strategy.name())
                && (!strategy.ranked() || cell.status() == CellRecord.Status.INVALID))
            .flatMap(cell -> cell.oracles().stream()).filter(oracle -> oracle.violations() > 0)
            .forEach(oracle -> broken.merge(oracle.name(), oracle.violations(), Long::sum));
        turns.stream().filter(turn -> turn.strategy().equals(strategy.name())).forEach(turn ->
            turn.violations().forEach((oracle, violations) -> broken.merge(oracle, violations, Long::sum)));
        return broken;
    }

    /** {@return whether a ranked strategy broke a promise} */
    public boolean promiseBroken() {
        return run.strategies().stream().filter(RunManifest.StrategyInfo::ranked)
            .anyMatch(strategy -> !broken(strategy).isEmpty());
    }
}
