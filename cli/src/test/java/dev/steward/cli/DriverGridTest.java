package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loadgen.sweep.SweepGrid;
import dev.steward.loadgen.sweep.SweepPoint;
import dev.steward.reports.guide.Advice;
import dev.steward.reports.guide.Guide;
import dev.steward.reports.guide.Option;
import dev.steward.reports.guide.Question;
import dev.steward.results.GridData;
import dev.steward.results.SweepManifest;
import dev.steward.results.TurnFigure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whether the points of the shipped definition suffice for what is asked between them, by a law that is known. */
@Tag("slow")
class DriverGridTest {
    private static final SweepGrid GRID = SweepGrid.read(GridChoice.definition("driver"));
    private static final List<SweepManifest.Point> DRAWN = GRID.drawn(40, 1).manifest("x").points();
    private static final List<String> NAMES = List.of("mutex", "rwsem", "rcu-entry:srcu-fast", "seqlock-ste");
    private static final GridData WHOLE = measured(GRID.manifest("x"));
    private static final List<Advice> ANSWERS = answers(WHOLE);

    /**
     * Reports behind each other, attaches behind reports, lines that travel: nothing of it is linear in the logarithms.
     */
    private static double law(String strategy, TurnFigure figure, String path, Map<String, Double> at) {
        double events = at.get("storm.rate");
        double attaches = at.get("churn.rate");
        double section = at.get("section");
        int index = NAMES.indexOf(strategy);
        double own = 300 + 40 * index + 5 * Math.log(at.get("streams"));
        double busy = Math.min(0.9, events * (section + own) / 1e9);
        double commit = 400 * Math.pow(2, index) + attaches / 20;
        double hold = index < 2 ? commit * attaches / 1e9 * commit / 2 : 0;
        return switch (figure) {
            case EVENT -> section + own + hold + (path.equals("ring")
                ? 2_500 + (section + own) * (busy / (1 - busy) + (at.get("storm.atOnce") - 1) / 2) : 0);
            case COMMIT -> commit + (index < 2 ? busy * section / 2 : 0);
            case ATTACH -> 4_000 + commit * (1 + at.get("churn.atOnce") / 4) + (index < 2 ? busy * section / 2 : 0);
        };
    }

    private static GridData.Result result(String strategy, Map<String, Double> at) {
        List<GridData.TurnsData> turns = new ArrayList<>();
        for (String path : List.of("inline", "ring")) {
            for (TurnFigure figure : TurnFigure.values()) {
                turns.add(new GridData.TurnsData(path, figure.label(), Map.of(
                    1, law(strategy, figure, path, at), 2, law(strategy, figure, path, at))));
            }
        }
        return new GridData.Result(strategy, 0, List.of(), 1, turns);
    }

    private static GridData measured(SweepManifest sweep) {
        return new GridData(GridData.FORMAT, GridData.VERSION, sweep.name(), "", "", "", "", sweep.settings(),
            sweep.axes(), NAMES.stream().map(name -> new GridData.StrategyData(
                name, "", "", true, "", true, true, false, "holder", NAMES.indexOf(name) + 1)).toList(),
            sweep.points().stream().map(point -> new GridData.PointData(point.id(), point.at(),
                NAMES.stream().map(name -> result(name, point.at())).toList())).toList(), true,
            Map.of("event.ring", 0.1, "attach.ring", 0.2));
    }

    /** At each drawn point. */
    private static List<Advice> answers(GridData grid) {
        Guide guide = new Guide(grid);
        return DRAWN.stream().map(point -> guide.ask(Question.ofDriver(point.at()))).toList();
    }

    /** How far events and their ratios are from the law between the points of a grid, as logarithms, rising. */
    private static List<List<Double>> errors(List<Advice> answers) {
        List<Double> events = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < DRAWN.size(); i++) {
            double first = Double.NaN;
            for (Option option : answers.get(i).options()) {
                double event = law(option.strategy().name(), TurnFigure.EVENT, "ring", DRAWN.get(i).at());
                double off = Math.log(option.event().typical() / event);
                events.add(Math.abs(off));
                if (Double.isNaN(first)) {
                    first = off;
                } else {
                    ratios.add(Math.abs(off - first));
                }
            }
        }
        events.sort(null);
        ratios.sort(null);
        return List.of(events, ratios);
    }

    private static double at(List<Double> rising, double share) {
        return rising.get((int) (share * rising.size()));
    }

    @Test
    void shouldAnswerBetweenItsPointsAboutAsTheLawDoes() {
        Guide guide = new Guide(WHOLE);
        List<List<Double>> errors = errors(ANSWERS);
        assertThat(at(errors.get(0), 0.5)).as("an event").isLessThan(0.25);
        assertThat(at(errors.get(1), 0.5)).as("the ratio of two").isLessThan(0.05);
        assertThat(at(errors.get(1), 0.95)).as("the ratio of two").isLessThan(0.15);
        for (int i = 0; i < DRAWN.size(); i++) {
            SweepManifest.Point point = DRAWN.get(i);
            assertThat(guide.outside(point.at())).isNull();
            String chosen = ANSWERS.get(i).best().get(0).strategy().name();
            double least = NAMES.stream().mapToDouble(
                name -> law(name, TurnFigure.EVENT, "ring", point.at())).min().orElseThrow();
            assertThat(law(chosen, TurnFigure.EVENT, "ring", point.at()) / least).as(point.toString()).isLessThan(1.3);
        }
    }

    /** Negative control: with less than half of the points the same law is missed by more. */
    @Test
    void shouldNeedItsPoints() {
        List<GridData.PointData> few = new ArrayList<>();
        for (int i = 0; i < WHOLE.points().size(); i++) {
            // The utmost stay, so that the same may be asked.
            GridData.PointData point = WHOLE.points().get(i);
            Map<String, Double> at = point.at();
            boolean utmost = at.get("storm.rate") * at.get("section") > 3e8 || at.get("churn.rate") == 1
                || at.get("storm.rate") < 25 * at.get("storm.atOnce");
            if (i % 4 == 0 || utmost) {
                few.add(point);
            }
        }

        assertThat(at(errors(answers(WHOLE.withPoints(few))).get(0), 0.5))
            .isGreaterThan(1.5 * at(errors(ANSWERS).get(0), 0.5));
    }

    @Test
    void shouldHaveNoPointAtWhichAHandlerCannotKeepUp() {
        assertThat(GRID.points()).hasSizeBetween(25, 45).allSatisfy(point -> {
            Map<String, Double> at = new LinkedHashMap<>();
            GRID.manifest("x").points().stream().filter(one -> one.id().equals(point.id()))
                .forEach(one -> at.putAll(one.at()));
            assertThat(at.get("storm.rate") * at.get("section")).isLessThanOrEqualTo(0.45e9);
            assertThat(at.get("storm.rate") / at.get("storm.atOnce")).isGreaterThanOrEqualTo(20);
        });
        assertThat(GRID.points()).extracting(SweepPoint::toString).doesNotHaveDuplicates();
    }
}
