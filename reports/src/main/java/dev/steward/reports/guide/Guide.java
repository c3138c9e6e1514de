package dev.steward.reports.guide;

import dev.steward.results.GridData;
import dev.steward.results.GridLimits;
import dev.steward.results.TurnFigure;
import dev.steward.results.Units;
import dev.steward.results.Wording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Answers which strategy to use, by the rule of {@link Choice}. Rules of the kernel exclude whatever the speed; bounds
 * exclude what does not keep them.
 */
public final class Guide {
    private static final int STEPS = 60;
    private static final int NEAREST = 4;
    private static final String INLINE = "inline";

    private final GridData grid;
    private final Interpolation between;
    private final Choice choice;
    private final GridLimits limits;
    private final double reportNs;

    /** Makes a guide of what was measured; medians of cells are normalised to one placement. */
    public Guide(GridData grid) {
        this(PlacementAdjustment.of(grid, PlacementAdjustment.reportNs(grid)), PlacementAdjustment.reportNs(grid));
    }

    private Guide(GridData grid, double reportNs) {
        this.grid = grid;
        this.reportNs = reportNs;
        between = new Interpolation(grid);
        choice = Choice.of(grid);
        limits = GridLimits.of(grid.points().stream().map(GridData.PointData::at).toList());
    }

    /** A guide of what was measured, as it is. */
    static Guide asMeasured(GridData grid) {
        return new Guide(grid, Double.NaN);
    }

    /** {@return what may be bounded: names of figures of which the grid knows something} */
    public List<String> figures() {
        return Figures.names().stream().filter(figure -> grid.points().stream()
            .flatMap(point -> point.results().stream())
            .anyMatch(result -> !Figures.of(result, figure, choice.path()).isEmpty())).toList();
    }

    /** {@return why the grid cannot answer for these values of the settings, in their units; null if it can} */
    public Outside outside(Map<String, Double> at) {
        String named = "the grid '" + grid.name() + "'";
        if (grid.axis(GridLimits.EVENTS) == null || grid.axis(GridLimits.ATTACHES) == null) {
            return new Outside(
                null, named + " has no axis " + GridLimits.EVENTS + " or no axis " + GridLimits.ATTACHES);
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
        String broken = limits.brokenBy(at);
        return broken == null ? null : new Outside(null, broken);
    }

    /**
     * {@return as {@link #outside(Map)}; also that a handler could not keep up with what was asked for}
     *
     * @param asked perhaps beyond the grid, where it is answered at the nearest place
     */
    public Outside outside(Map<String, Double> at, Map<String, Double> asked) {
        String busy = limits.overload(asked);
        return busy == null ? outside(at) : new Outside(null, busy);
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
        List<Advice.Excluded> excluded = new ArrayList<>();
        List<Option> all = options(question, excluded);
        List<Option> best = choice.best(all);
        List<Option> options = new ArrayList<>(best);
        all.stream().filter(option -> !best.contains(option))
            .sorted(Comparator.comparingDouble(option -> option.event().typical())).forEach(options::add);
        return new Advice(question, choice, best, options, choice.others(all), excluded, crossovers(question, best),
            between.nearest(question.at(), NEAREST), reportNs);
    }

    /** Brings what was measured elsewhere to the placement that this guide speaks of. */
    GridData brought(GridData measured) {
        return PlacementAdjustment.of(measured, reportNs);
    }

    private List<Option> options(Question question, List<Advice.Excluded> excluded) {
        List<Option> options = new ArrayList<>();
        for (GridData.StrategyData strategy : grid.strategies()) {
            String reason = brokenRule(question, strategy);
            Option option = reason == null ? optionOf(question, strategy) : null;
            if (reason == null) {
                reason = option == null ? unknown(question, strategy) : brokenBound(question, option);
            }
            if (reason == null) {
                options.add(option);
            } else if (strategy.ranked()) {
                excluded.add(new Advice.Excluded(strategy.name(), reason));
            }
        }
        return options;
    }

    /** Which figure is not known, and where. */
    private String unknown(Question question, GridData.StrategyData strategy) {
        for (Interpolation.Reading reading : needed(question)) {
            if (between.of(strategy.name(), reading, question.at()) == null) {
                List<GridData.PointData> lacking = grid.points().stream()
                    .filter(point -> reading.at(point, strategy.name()).isEmpty()).toList();
                return reading.figure() + " is not known at " + Wording.counted(lacking.size(), "point") + " of "
                    + grid.points().size() + " (no valid cell, or fewer than ten values beyond it), first at "
                    + grid.words(lacking.get(0).at());
            }
        }
        throw new IllegalStateException("all is known of " + strategy.name());
    }

    private List<Interpolation.Reading> needed(Question question) {
        List<Interpolation.Reading> needed = new ArrayList<>(List.of(
            compared(TurnFigure.EVENT, choice.path()), compared(TurnFigure.EVENT, workPath()),
            compared(TurnFigure.ATTACH, choice.path()), compared(TurnFigure.COMMIT, workPath())));
        question.bounds().forEach(bound -> needed.add(bounded(bound.figure())));
        return needed;
    }

    private static Interpolation.Reading compared(TurnFigure figure, String path) {
        return new Interpolation.Reading(figure.label(), path, figure == TurnFigure.EVENT,
            (result, on) -> Figures.of(result, figure, on));
    }

    private Interpolation.Reading bounded(String figure) {
        return new Interpolation.Reading(figure, choice.path(), figure.startsWith("event"),
            (result, on) -> Figures.of(result, figure, on));
    }

    /** Processor time is counted without waiting in a queue, where that was measured. */
    private String workPath() {
        return grid.paths().contains(INLINE) ? INLINE : choice.path();
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

    private Option optionOf(Question question, GridData.StrategyData strategy) {
        List<Sample> samples = new ArrayList<>();
        for (Interpolation.Reading reading : needed(question)) {
            Sample sample = between.of(strategy.name(), reading, question.at());
            if (sample == null) {
                return null;
            }
            samples.add(sample);
        }
        Sample inline = samples.get(1);
        Sample commit = samples.get(3);
        long footprint = grid.points().stream().map(point -> point.of(strategy.name())).filter(Objects::nonNull)
            .mapToLong(GridData.Result::footprintBytes).max().orElse(0);
        return new Option(strategy, samples.get(0), inline, samples.get(2), commit, work(question.at(), inline, commit),
            samples.stream().skip(4).map(Sample::estimate).toList(), footprint);
    }

    /** Time per second that events and the strategy's part of attaches take, both sides added up. */
    private static Sample work(Map<String, Double> at, Sample event, Sample commit) {
        return event.with(commit,
            (eventNs, commitNs) -> eventNs * at.get(GridLimits.EVENTS) + commitNs * at.get(GridLimits.ATTACHES));
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

    /** Walks from the question to both ends of each axis until the recommended one is no longer among the best. */
    private List<Advice.Crossover> crossovers(Question question, List<Option> best) {
        List<Advice.Crossover> crossovers = new ArrayList<>();
        if (best.isEmpty()) {
            return crossovers;
        }
        for (GridData.AxisData axis : grid.axes()) {
            for (boolean above : new boolean[] {false, true}) {
                Advice.Crossover crossover = crossover(question, axis, above, best.get(0).strategy());
                if (crossover != null) {
                    crossovers.add(crossover);
                }
            }
        }
        return crossovers;
    }

    private Advice.Crossover crossover(
        Question question, GridData.AxisData axis, boolean above, GridData.StrategyData first) {
        double from = Math.log1p(question.at().get(axis.key()));
        double to = Math.log1p(above ? axis.greatest() : axis.least());
        for (int step = 1; step <= STEPS && from != to; step++) {
            double exact = Math.expm1(from + (to - from) * step / STEPS);
            // The way through the logarithm may end a hair beyond the outermost point.
            double value = Math.max(axis.least(), Math.min(axis.greatest(), exact));
            Question moved = question.moved(axis.key(), value);
            if (outside(moved.at()) != null) {
                return null;
            }
            List<Option> best = choice.best(options(moved, new ArrayList<>()));
            if (best.stream().noneMatch(option -> option.strategy().equals(first))) {
                return new Advice.Crossover(axis.key(), axis.unit(), above, value,
                    best.isEmpty() ? null : best.get(0).strategy().name());
            }
        }
        return null;
    }
}
