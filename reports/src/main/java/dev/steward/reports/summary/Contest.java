package dev.steward.reports.summary;

import dev.steward.results.RunManifest;
import dev.steward.results.TurnFigure;
import dev.steward.results.Verdicts;
import dev.steward.results.Verdicts.Pair;
import dev.steward.results.Verdicts.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One figure on one path, compared among all strategies of a run. Immutable.
 *
 * @param contestants simplest first, those that are not ranked last
 * @param pairs       of this figure on this path, each once, the simpler as the first
 */
public record Contest(String path, TurnFigure figure, List<Contestant> contestants, List<Pair> pairs) {
    /** Copies the lists. */
    public Contest {
        contestants = List.copyOf(contestants);
        pairs = List.copyOf(pairs);
    }

    /** A strategy and its median. */
    public record Contestant(RunManifest.StrategyInfo info, Verdicts.Standing standing) {
        /** {@return its name} */
        public String name() {
            return info.name();
        }
    }

    /** {@return all contests of a run by path, then by figure; none of a figure without medians} */
    static List<Contest> of(RunManifest run, Verdicts verdicts) {
        List<Contest> contests = new ArrayList<>();
        for (String path : run.paths()) {
            for (TurnFigure figure : TurnFigure.values()) {
                List<Contestant> contestants = run.strategies().stream()
                    .sorted(Comparator.comparing(RunManifest.StrategyInfo::ranked).reversed()
                        .thenComparing(RunManifest.StrategyInfo.SIMPLEST_FIRST))
                    .flatMap(info -> standing(verdicts, path, figure, info)).toList();
                if (!contestants.isEmpty()) {
                    List<String> order = contestants.stream().map(Contestant::name).toList();
                    List<String> ranked = contestants.stream().filter(one -> one.info().ranked())
                        .map(Contestant::name).toList();
                    contests.add(new Contest(path, figure, contestants, verdicts.pairs().stream()
                        .filter(pair -> pair.path().equals(path) && pair.figure().equals(figure.label()))
                        .map(pair -> ranked.containsAll(List.of(pair.first(), pair.second()))
                            && order.indexOf(pair.first()) > order.indexOf(pair.second()) ? pair.flipped() : pair)
                        .sorted(Comparator.comparing((Pair pair) -> order.indexOf(pair.first()))
                            .thenComparing(pair -> order.indexOf(pair.second()))).toList()));
                }
            }
        }
        return contests;
    }

    private static Stream<Contestant> standing(
        Verdicts verdicts, String path, TurnFigure figure, RunManifest.StrategyInfo info) {
        return verdicts.standings().stream()
            .filter(one -> one.path().equals(path) && one.figure().equals(figure.label())
                && one.strategy().equals(info.name()))
            .map(one -> new Contestant(info, one));
    }

    /** {@return those that are ranked, simplest first} */
    public List<Contestant> ranked() {
        return contestants.stream().filter(one -> one.info().ranked()).toList();
    }

    /** {@return a contestant by its name; empty if it has no median} */
    public Optional<Contestant> contestant(String name) {
        return contestants.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** {@return the second against the first, whichever way round it was judged; empty if it was not} */
    public Optional<Pair> pair(String first, String second) {
        return pairs.stream().map(pair -> pair.first().equals(second) && pair.second().equals(first)
            ? pair.flipped() : pair).filter(pair -> pair.first().equals(first) && pair.second().equals(second))
            .findFirst();
    }

    /** {@return a strategy against the floor it names, which is what its lock costs; empty without that floor} */
    public Optional<Pair> cost(Contestant one) {
        return one.info().ranked() ? pair(Summary.floor(one.info()), one.name()) : Optional.empty();
    }

    /** {@return what all others are drawn against: the simplest of the ranked, or of all if none is ranked} */
    public Contestant simplest() {
        return contestants.get(0);
    }

    /** {@return the ranked contestant with the lowest figure, by pairs with the simplest; empty if none is ranked} */
    public Optional<Contestant> best() {
        Contestant simplest = simplest();
        return ranked().stream().min(Comparator.comparingDouble(one -> one == simplest ? 1
            : pair(simplest.name(), one.name()).map(Pair::ratio).orElse(Double.POSITIVE_INFINITY)));
    }

    /** {@return all other ranked ones that have such a verdict against the best, simplest first} */
    public List<Pair> againstBest(Verdict... verdicts) {
        return best().stream().flatMap(best -> ranked().stream().filter(one -> one != best)
            .map(one -> pair(best.name(), one.name()).orElse(null)).filter(Objects::nonNull)
            .filter(pair -> Arrays.asList(verdicts).contains(pair.verdict()))).toList();
    }

    /** {@return names of the best and of all that do not differ from it, simplest first} */
    public List<String> asGoodAsBest() {
        List<String> good = againstBest(Verdict.BETTER, Verdict.NO_DIFFERENCE).stream().map(Pair::second).toList();
        String best = best().map(Contestant::name).orElse("");
        return ranked().stream().map(Contestant::name)
            .filter(name -> good.contains(name) || name.equals(best)).toList();
    }

    /**
     * The largest difference that two ranked ones may have, as a share above 0, if every pair of them is known not to
     * differ.
     */
    public Optional<Double> noDifferenceAbove() {
        List<String> names = ranked().stream().map(Contestant::name).toList();
        List<Pair> among = pairs.stream()
            .filter(pair -> names.contains(pair.first()) && names.contains(pair.second())).toList();
        boolean all = !among.isEmpty() && among.size() == names.size() * (names.size() - 1) / 2;
        return !all || among.stream().anyMatch(pair -> pair.verdict() != Verdict.NO_DIFFERENCE)
            ? Optional.empty() : among.stream().map(Contest::largest).max(Double::compare);
    }

    /** {@return the largest difference that the interval of a pair allows, as a share above 0} */
    public static double largest(Pair pair) {
        return pair.ratioLow() == null ? Double.POSITIVE_INFINITY
            : Math.max(Math.max(pair.ratioHigh(), 1 / pair.ratioHigh()), Math.max(pair.ratioLow(), 1 / pair.ratioLow()))
                - 1;
    }
}
