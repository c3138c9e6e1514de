package dev.steward.reports.guide;

import dev.steward.reports.verdict.Rules;
import dev.steward.results.GridData;
import dev.steward.results.TurnFigure;
import dev.steward.results.TurnPlan;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rule of choice: of those whose event is as short as the shortest, those whose attach is, and of these the
 * simplest. What is measured to be worse by no more than the tie counts as the same, and so does what is not shown to
 * be worse at all.
 *
 * <p>Events first, since every guest's faults pass there and a late one is felt by the guest; attaches next, since they
 * wait for events. Medians and not tails: on few cores the tails of all strategies are those of the machine.
 *
 * @param path      on which both are judged
 * @param eventTie  share within which two events are the same
 * @param attachTie the same for attaches
 */
public record Choice(String path, double eventTie, double attachTie) {
    /** Events that differ by less than this share are the same, where no turns say how precise they are. */
    private static final double SAME = Rules.DEFAULT.minEffect();
    /** So far attaches of one strategy differ from JVM to JVM. */
    private static final double SAME_ATTACH = 0.2;

    private static final Comparator<Option> SIMPLEST_FIRST =
        Comparator.comparing(Option::strategy, GridData.StrategyData.SIMPLEST_FIRST);

    /** As precise as the grid was measured. */
    static Choice of(GridData grid) {
        String path = grid.decidingPath();
        return new Choice(path, grid.precision().getOrDefault(TurnPlan.key(TurnFigure.EVENT, path), SAME),
            grid.precision().getOrDefault(TurnPlan.key(TurnFigure.ATTACH, path), SAME_ATTACH));
    }

    /** As good as the best by the rule, the simplest first; empty without options. */
    List<Option> best(List<Option> options) {
        return same(same(options, Option::event, eventTie), Option::attach, attachTie);
    }

    /** Whether it is known that no option is worse than the best by more than what counts as the same. */
    public boolean hardlyMatters(List<Option> options) {
        return alike(options, Option::event, eventTie) && alike(options, Option::attach, attachTie);
    }

    private static boolean alike(List<Option> options, Function<Option, Sample> figure, double tie) {
        Sample best = least(options, figure).map(figure).orElseThrow();
        return options.stream().map(figure).allMatch(one -> one == best || one.within(best, tie));
    }

    private static Optional<Option> least(List<Option> options, Function<Option, Sample> figure) {
        return options.stream().min(Comparator.comparingDouble(option -> figure.apply(option).typical()));
    }

    /** What other rules choose: the simplest of those that are the same by theirs; empty without options. */
    Map<String, String> others(List<Option> options) {
        Map<String, List<Option>> others = new LinkedHashMap<>();
        others.put("event alone", same(options, Option::event, eventTie));
        others.put("attach alone", same(options, Option::attach, attachTie));
        others.put("processor time", same(options, Option::work, SAME));
        Map<String, String> simplest = new LinkedHashMap<>();
        others.forEach((rule, of) -> of.stream().findFirst().ifPresent(
            option -> simplest.put(rule, option.strategy().name())));
        return simplest;
    }

    private static List<Option> same(List<Option> options, Function<Option, Sample> figure, double tie) {
        return least(options, figure).stream().flatMap(best -> options.stream()
            .filter(option -> !figure.apply(option).worseThan(figure.apply(best), tie)))
            .sorted(SIMPLEST_FIRST).toList();
    }
}
