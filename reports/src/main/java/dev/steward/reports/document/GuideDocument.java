package dev.steward.reports.document;

import dev.steward.reports.guide.Advice;
import dev.steward.reports.guide.Estimate;
import dev.steward.reports.guide.Option;
import dev.steward.reports.guide.Question;
import dev.steward.reports.guide.Sample;
import dev.steward.reports.transfer.Transfer;
import dev.steward.results.GridData;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What {@code guide --json} prints. Immutable.
 *
 * @param notes         what was answered otherwise than asked, in words
 * @param recommended   the simplest of the best; null if nothing may be used
 * @param asGood        the others of the best, simplest first
 * @param hardlyMatters whether it is known that no option is worse than the best by more than what counts as the same
 * @param options       all that may be used and keep the bounds, the best first
 * @param otherRules    what other rules choose, by their name
 * @param jvmOnly       options whose order the same locks in C do not confirm
 */
public record GuideDocument(
    String format, int version, OfQuestion question, OfGrid grid, OfRule rule, List<String> notes, String recommended,
    List<String> asGood, boolean hardlyMatters, List<OfOption> options, List<Advice.Excluded> excluded,
    List<Advice.Crossover> crossovers, Map<String, String> otherRules, List<String> jvmOnly) {
    /** {@return an answer from a grid that was read from the source} */
    public static GuideDocument of(GridData grid, String source, List<String> notes, Advice advice, Transfer transfer) {
        List<String> best = advice.best().stream().map(option -> option.strategy().name()).toList();
        Question asked = advice.question();
        return new GuideDocument("steward-guide", 1,
            new OfQuestion(asked.at(), asked.hardInterrupt(), asked.reportSleeps(), asked.attachWaits(),
                asked.bounds()),
            new OfGrid(grid.name(), source, grid.machine(), grid.commit(), grid.settings(), grid.points().size(),
                advice.nearest().stream().map(GridData.PointData::at).toList(), Finite.orNull(advice.reportNs())),
            new OfRule(advice.choice().path(), advice.choice().eventTie(), advice.choice().attachTie()), notes,
            best.isEmpty() ? null : best.get(0), best.isEmpty() ? best : best.subList(1, best.size()),
            !best.isEmpty() && advice.choice().hardlyMatters(advice.options()),
            advice.options().stream().map(option -> OfOption.of(option, asked)).toList(), advice.excluded(),
            advice.crossovers(), advice.otherRules(), List.copyOf(transfer.jvmOnly(
                advice.options().stream().map(option -> option.strategy().name()).toList())));
    }

    /**
     * What was asked.
     *
     * @param at         value of each setting, rates per second and times in nanoseconds
     * @param attachWaits the longest that an attach may wait for
     */
    public record OfQuestion(
        Map<String, Double> at, boolean hardInterrupt, boolean reportSleeps, String attachWaits,
        List<Question.Bound> bounds) {
    }

    /**
     * What the answer rests on.
     *
     * @param points   that were measured
     * @param nearest  those around the question
     * @param reportNs writing of a report that the medians are brought to; null if they are as measured
     */
    public record OfGrid(
        String name, String source, String machine, String commit, Map<String, String> settings, int points,
        List<Map<String, Double>> nearest, Double reportNs) {
    }

    /**
     * How was chosen.
     *
     * @param path      on which events and attaches are judged
     * @param eventTie  share within which two events are the same
     * @param attachTie the same for attaches
     */
    public record OfRule(String path, double eventTie, double attachTie) {
    }

    /**
     * One that may be used.
     *
     * @param event          on the path that decides, as is the attach
     * @param inline         an event without a queue
     * @param workPerSecond  processor time per second for events and commits
     * @param bounds         the figures that were bounded
     * @param footprintBytes of the guard; 0 if not known
     */
    public record OfOption(
        GridData.StrategyData strategy, OfFigure event, OfFigure inline, OfFigure attach, OfFigure commit,
        OfFigure workPerSecond, List<OfBound> bounds, long footprintBytes) {
        private static OfOption of(Option option, Question asked) {
            return new OfOption(option.strategy(), OfFigure.of(option.event()), OfFigure.of(option.inline()),
                OfFigure.of(option.attach()), OfFigure.of(option.commit()), OfFigure.of(option.work()),
                IntStream.range(0, option.bounds().size()).mapToObj(i -> new OfBound(
                    asked.bounds().get(i).figure(), OfFigure.of(option.bounds().get(i)))).toList(),
                option.footprintBytes());
        }
    }

    /**
     * A median between measured points.
     *
     * @param lowNs of an interval of 99 % over generations of JVMs, or the least of the repeats
     */
    public record OfFigure(Double medianNs, Double lowNs, Double highNs) {
        private static OfFigure of(Sample sample) {
            return of(sample.estimate());
        }

        private static OfFigure of(Estimate estimate) {
            return new OfFigure(
                Finite.orNull(estimate.value()), Finite.orNull(estimate.low()), Finite.orNull(estimate.high()));
        }
    }

    /** A figure that was bounded; its value is no median where the figure is none. */
    public record OfBound(String figure, OfFigure estimate) {
    }
}
