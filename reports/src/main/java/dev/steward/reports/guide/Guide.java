package dev.steward.reports.guide;

import dev.steward.results.Units;
import dev.steward.reports.verdict.Rules;
import dev.steward.results.GridData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Answers which strategy to use. The one that costs the least work is first: the median time of an event from its
 * real start times the events per second, plus the median commit of an attach times the attaches per second. Rules
 * exclude whatever the speed; bounds exclude what does not keep them.
 *
 * <p>Why medians of the work and not tails: on few cores the tails of all strategies are those of the machine, and a
 * choice by them would be a choice by chance. Who needs a tail asks for it as a bound.
 */
public final class Guide {
    /** Rate of the events. */
    public static final String EVENTS = "storm.rate";
    /** Rate of the attaches. */
    public static final String ATTACHES = "churn.rate";

    /** Options whose work differs by less than this share are as good as each other. */
    public static final double SAME = Rules.DEFAULT.minEffect();

    private static final int STEPS = 60;

    private final GridData grid;
    private final double reportNs;

    /** Makes a guide of what was measured, with its medians normalised to one placement. */
    public Guide(GridData grid) {
        reportNs = PlacementAdjustment.reportNs(grid);
        this.grid = PlacementAdjustment.of(grid, reportNs);
    }

    /** {@return why the grid cannot answer for these values of the settings, in their units; null if it can} */
    public Outside outside(Map<String, Double> at) {
        String named = "the grid '" + grid.name() + "'";
        if (grid.axis(EVENTS) == null || grid.axis(ATTACHES) == null) {
            return new Outside(null, named + " has no axis " + EVENTS + " or no axis " + ATTACHES);
        }
        for (GridData.AxisData axis : grid.axes()) {
            Double value = at.get(axis.key());
            if (value == null) {
                return new Outside(axis.key(), "is not given; " + named + " goes " + span(axis));
            }
            if (value < axis.least() || value > axis.greatest()) {
                return new Outside(axis.key(), Units.axis(value, axis.unit()) + " lies outside " + named
                    + ", which goes " + span(axis));
            }
        }
        return new Interpolation(grid, at).complete() ? null
            : new Outside(null, named + " has points around it that have not been measured");
    }

    /** Why a question cannot be answered: a sentence that begins with the axis; null if it is about none. */
    public record Outside(String axis, String reason) {
        @Override
        public String toString() {
            return axis == null ? reason : axis + " " + reason;
        }
    }

    private static String span(GridData.AxisData axis) {
        return "from " + Units.axis(axis.least(), axis.unit()) + " to " + Units.axis(axis.greatest(), axis.unit());
    }

    /**
     * Answers a question that lies within the grid.
     *
     * @throws IllegalArgumentException if it lies outside, see {@link #outside}
     */
    public Advice ask(Question question) {
        Outside outside = outside(question.at());
        if (outside != null) {
            throw new IllegalArgumentException(outside.toString());
        }
        Interpolation here = new Interpolation(grid, question.at());
        List<Advice.Excluded> excluded = new ArrayList<>();
        List<Option> options = options(question, here, excluded);
        Set<String> known = new HashSet<>();
        for (GridData.StrategyData strategy : grid.strategies()) {
            if (optionOf(question, here, strategy) != null) {
                known.add(strategy.name());
            }
        }
        return new Advice(question, options, excluded, crossovers(question, options, known), here.corners(), reportNs);
    }

    /** Brings what was measured elsewhere to the placement that this guide speaks of. */
    GridData brought(GridData measured) {
        return PlacementAdjustment.of(measured, reportNs);
    }

    private List<Option> options(Question question, Interpolation here, List<Advice.Excluded> excluded) {
        List<Option> options = new ArrayList<>();
        for (GridData.StrategyData strategy : grid.strategies()) {
            String reason = brokenRule(question, strategy);
            Option option = reason == null ? optionOf(question, here, strategy) : null;
            if (reason == null && option == null) {
                reason = unknown(question, here, strategy);
            } else if (reason == null) {
                reason = brokenBound(question, option);
            }
            if (reason == null) {
                options.add(option);
            } else if (strategy.ranked()) {
                excluded.add(new Advice.Excluded(strategy.name(), reason));
            }
        }
        options.sort(Comparator.comparingDouble(option -> option.workNs().value()));
        return options;
    }

    /** Which figure is not known, and where. */
    private static String unknown(Question question, Interpolation here, GridData.StrategyData strategy) {
        for (String figure : needed(question)) {
            List<String> lacking = here.corners().stream()
                .filter(point -> Interpolation.repeats(point.of(strategy.name()), figure).length == 0)
                .map(GridData.PointData::folder).toList();
            if (!lacking.isEmpty()) {
                return figure + " is not known at " + String.join(", ", lacking)
                    + " (no valid cell, or fewer than ten values beyond it)";
            }
        }
        return "no valid cell has both halves of the work";
    }

    private static List<String> needed(Question question) {
        List<String> needed = new ArrayList<>(
            List.of(Figures.EVENT_WORK, Figures.EVENT, Figures.ATTACH_WORK, Figures.ATTACH));
        question.bounds().forEach(bound -> needed.add(bound.figure()));
        return needed;
    }

    private static String brokenRule(Question question, GridData.StrategyData strategy) {
        if (!strategy.ranked()) {
            return "wrong on purpose";
        }
        if (question.hardInterrupt() && !strategy.hardInterrupt()) {
            return "not in a hard interrupt: " + strategy.context();
        }
        if (question.reportSleeps() && !strategy.reportMaySleep()) {
            return "the report must not sleep: " + strategy.context();
        }
        if (question.waitsTooLong(strategy)) {
            return "an attach waits for " + waitWords(strategy) + ": " + strategy.context();
        }
        return null;
    }

    /** {@return what an attach waits for: in words} */
    public static String waitWords(GridData.StrategyData strategy) {
        return switch (strategy.longestWait()) {
            case "nothing" -> "nobody";
            case "holder" -> "the holder of a lock";
            case "report" -> "one report under way";
            default -> "a grace period";
        };
    }

    private Option optionOf(Question question, Interpolation here, GridData.StrategyData strategy) {
        Map<String, Estimate> figures = new LinkedHashMap<>();
        for (String figure : needed(question)) {
            Estimate estimate = here.of(strategy.name(), figure);
            if (estimate == null) {
                return null;
            }
            figures.put(figure, estimate);
        }
        Estimate work = here.of(strategy.name(), cell -> Figures.work(
            cell, valueOf(question, EVENTS), valueOf(question, ATTACHES)));
        long footprint = here.corners().stream()
            .mapToLong(point -> point.of(strategy.name()).footprintBytes()).max().orElse(0);
        return new Option(strategy, work, figures.get(Figures.EVENT), figures.get(Figures.ATTACH),
            figures.get(Figures.ATTACH_WORK),
            question.bounds().stream().map(bound -> figures.get(bound.figure())).toList(), footprint);
    }

    private static double valueOf(Question question, String key) {
        return question.at().getOrDefault(key, 0.0);
    }

    private static String brokenBound(Question question, Option option) {
        for (int i = 0; i < question.bounds().size(); i++) {
            Question.Bound bound = question.bounds().get(i);
            Estimate seen = option.bounds().get(i);
            if (seen.value() > bound.limitNs()) {
                return bound.figure() + " " + Units.duration(seen.value()) + " is over "
                    + Units.duration(bound.limitNs());
            }
        }
        return null;
    }

    /**
     * Walks from the question to both ends of each axis until another option is better by more than what counts as the
     * same, or the first one breaks a bound. What has no figures here does not come back where it has.
     */
    private List<Advice.Crossover> crossovers(Question question, List<Option> options, Set<String> known) {
        List<Advice.Crossover> crossovers = new ArrayList<>();
        if (options.isEmpty()) {
            return crossovers;
        }
        String first = options.get(0).strategy().name();
        for (GridData.AxisData axis : grid.axes()) {
            for (boolean above : new boolean[] {false, true}) {
                Advice.Crossover crossover = crossover(question, axis, above, first, known);
                if (crossover != null) {
                    crossovers.add(crossover);
                }
            }
        }
        return crossovers;
    }

    private Advice.Crossover crossover(
        Question question, GridData.AxisData axis, boolean above, String first,
        Set<String> known) {
        double from = Math.log1p(question.at().get(axis.key()));
        double to = Math.log1p(above ? axis.greatest() : axis.least());
        for (int step = 1; step <= STEPS; step++) {
            double exact = Math.expm1(from + (to - from) * step / STEPS);
            // The way through the logarithm may end a hair beyond the outermost point.
            double value = Math.max(axis.least(), Math.min(axis.greatest(), exact));
            Question moved = question.moved(axis.key(), value);
            Interpolation there = new Interpolation(grid, moved.at());
            if (from == to || !there.complete()) {
                return null;
            }
            List<Option> moving = options(moved, there, new ArrayList<>()).stream()
                .filter(option -> known.contains(option.strategy().name())).toList();
            double ours = moving.stream().filter(option -> option.strategy().name().equals(first))
                .mapToDouble(option -> option.workNs().value()).findFirst().orElse(Double.MAX_VALUE);
            if (moving.isEmpty() && known.stream()
                .anyMatch(name -> optionOf(moved, there, grid.strategy(name)) == null)) {
                // What is not known there says nothing about the bounds.
                return null;
            }
            if (moving.isEmpty() || moving.get(0).workNs().value() * (1 + SAME) < ours) {
                return new Advice.Crossover(axis.key(), axis.unit(), above, value,
                    moving.isEmpty() ? null : moving.get(0).strategy().name());
            }
        }
        return null;
    }
}
