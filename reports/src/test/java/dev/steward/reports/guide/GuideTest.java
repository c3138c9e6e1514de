package dev.steward.reports.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.steward.reports.GuideText;
import dev.steward.reports.Transferred;
import dev.steward.results.GridData;
import dev.steward.results.TurnFigure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuideTest {
    private static final String ANY = "grace-period";

    private final GridData grid = Grids.grid();
    private final Guide guide = new Guide(grid);

    private static Map<String, Double> at(double events, double attaches) {
        return Map.of("storm.rate", events, "churn.rate", attaches);
    }

    private static Question plain(double events, double attaches) {
        return new Question(at(events, attaches), List.of(), false, false, ANY);
    }

    private static List<String> names(Advice advice) {
        return advice.options().stream().map(option -> option.strategy().name()).toList();
    }

    @Test
    void shouldAnswerWithTheMeasuredFiguresAtAMeasuredPoint() {
        Advice advice = guide.ask(plain(10_000, 10));

        assertThat(names(advice)).containsExactly("waiting", "busy", "steady");
        Option busy = advice.options().get(1);
        assertThat(busy.event().estimate().value()).isCloseTo(400, within(1e-6));
        assertThat(busy.event().estimate().low()).isCloseTo(360, within(1e-6));
        assertThat(busy.event().estimate().high()).isCloseTo(440, within(1e-6));
        // 400 ns x 10,000 events and 1,000 ns x 10 attaches a second.
        assertThat(busy.work().typical()).isCloseTo(4_010_000, Percentage.withPercentage(1e-6));
        assertThat(advice.nearest()).hasSize(1);
    }

    @Test
    void shouldFollowAPowerLawBetweenPoints() {
        for (double events = 1_000; events < 100_000; events *= 1.37) {
            Option busy = guide.ask(plain(events, 100)).options().stream()
                .filter(option -> option.strategy().name().equals("busy")).findFirst().orElseThrow();
            // The figure grows with the root of the rate, which is linear in the logarithms; rounding to whole ns.
            assertThat(busy.event().typical()).as("at %s", events)
                .isCloseTo(4 * Math.sqrt(events), Percentage.withPercentage(1));
            assertThat(busy.event().estimate().low()).isLessThan(busy.event().typical());
            assertThat(busy.event().estimate().high()).isGreaterThan(busy.event().typical());
        }
        assertThat(guide.ask(plain(3_000, 100)).nearest()).hasSize(4);
    }

    @Test
    void shouldSayWhereTheFirstOptionChanges() {
        Question question = new Question(at(10_000, 10), List.of(), false, false, "report");
        Advice advice = guide.ask(question);

        assertThat(names(advice)).containsExactly("busy", "steady");
        // 4 x the root of the rate passes 500 by 5 % at 17,227 a second.
        assertThat(advice.crossovers()).singleElement().satisfies(crossover -> {
            assertThat(crossover.strategy()).isEqualTo("steady");
            assertThat(crossover.above()).isTrue();
            assertThat(crossover.value()).isBetween(17_200.0, 17_227 * Math.pow(10, 1.0 / 59));
        });
    }

    @Test
    void shouldExcludeByRuleWhateverTheSpeed() {
        assertThat(names(guide.ask(new Question(at(10_000, 10), List.of(), true, false, ANY))))
            .containsExactly("waiting", "steady");
        assertThat(names(guide.ask(new Question(at(10_000, 10), List.of(), false, true, ANY))))
            .containsExactly("waiting", "steady");
        Advice none = guide.ask(new Question(at(10_000, 10), List.of(), false, true, "nothing"));
        assertThat(none.options()).isEmpty();
        assertThat(none.excluded()).extracting(Advice.Excluded::strategy).containsExactly("steady", "busy", "waiting");
        assertThat(GuideText.of(grid, "here", none, Transferred.confirming(grid)))
            .startsWith("No strategy obeys the rules");
    }

    @Test
    void shouldExcludeWhatDoesNotKeepABound() {
        Question question = new Question(
            at(10_000, 10), List.of(new Question.Bound("event.p99", 4_500)), false, false, ANY);

        Advice advice = guide.ask(question);

        assertThat(names(advice)).containsExactly("waiting", "busy");
        assertThat(advice.excluded()).containsExactly(new Advice.Excluded("steady", "event.p99 5.00us is over 4.50us"));
    }

    @Test
    void shouldNeverAnswerBeyondWhatWasMeasured() {
        assertThat(guide.outside(at(100_000, 1_000))).isNull();
        assertThat(guide.outside(at(100_001, 1_000))).hasToString(
            "storm.rate 100001/s lies outside the grid 'test', which goes from 1000/s to 100000/s");
        assertThat(guide.outside(at(999, 1_000)).axis()).isEqualTo("storm.rate");
        assertThat(guide.outside(Map.of("storm.rate", 1_000.0))).satisfies(outside -> {
            assertThat(outside.axis()).isEqualTo("churn.rate");
            assertThat(outside.reason()).startsWith("is not given");
        });
        assertThatIllegalArgumentException().isThrownBy(() -> guide.ask(plain(5, 5)));
    }

    @Test
    void shouldLeaveOutWhoHasNoValidCellAtManyPoints() {
        List<GridData.PointData> crippled = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            GridData.PointData point = grid.points().get(i);
            crippled.add(new GridData.PointData(point.folder(), point.at(), List.of(point.of("steady"),
                i < 2 ? new GridData.Result("busy", 3, List.of(), 0, null) : point.of("busy"), point.of("waiting"))));
        }

        Advice advice = new Guide(Grids.of(crippled)).ask(plain(2_000, 10));

        assertThat(names(advice)).containsExactly("waiting", "steady");
        assertThat(advice.excluded()).singleElement()
            .satisfies(one -> assertThat(one.reason()).startsWith("event is not known at 2 points of 4 (no valid"));
    }

    @Test
    void shouldMeasureWhatFollowingItCosts() {
        // Recommended here is "waiting"; where it was measured it costs more than "steady" did. "busy" may not be used.
        GridData.PointData there = new GridData.PointData("x", at(10_000, 10), List.of(
            Grids.result("steady", 300, 1_000), Grids.result("busy", 200, 1_000),
            Grids.result("waiting", 330, 50_000), Grids.result("floor", 1, 1)));
        GridData.PointData right = Grids.point(7, at(1_000, 10));
        GridData.PointData outside = Grids.point(8, at(1_000_000, 10));

        Regret regret = Regret.of(guide, Grids.of(List.of(there, right, outside)));

        assertThat(regret.scenarios()).hasSize(2);
        assertThat(regret.left()).singleElement().asString().contains("outside");
        assertThat(regret.scenarios().get(0).recommended()).isEqualTo("waiting");
        assertThat(regret.scenarios().get(0).best()).isEqualTo("steady");
        double lost = (330 * 10_000 + 500_000.0) / (300 * 10_000 + 10_000) - 1;
        assertThat(regret.scenarios().get(0).regret().value()).isCloseTo(lost, within(1e-9));
        // The three cells of each scatter alike, so here the choice does not depend on which one is left out.
        assertThat(regret.scenarios().get(0).heldOut()).isCloseTo(lost, within(1e-3));
        // At 1000 events a second the commits of "waiting" weigh more: the guide does not choose by work.
        assertThat(regret.worst(one -> one.regret().value())).isCloseTo(800.0 / 510 - 1, within(1e-9));
        assertThat(regret.worst(Regret.Judged::event)).isCloseTo(0.1, within(1e-9));
        assertThat(regret.worst(Regret.Judged::attach)).isCloseTo(49, within(1e-9));
        assertThat(regret.always().get("steady")[0]).isZero();
        assertThat(GuideText.of(regret, Grids.of(List.of(there, right, outside))))
            .contains("Regret: median", "always steady", "excluded: 0008");
    }

    @Test
    void shouldPrintWithin72Columns() {
        String text = GuideText.of(grid, "grids/test.json", guide.ask(new Question(
            at(20_000, 100), List.of(new Question.Bound("event.p99", 1_000_000)), false, false, ANY)),
            Transferred.confirming(grid));

        assertThat(text.lines()).allMatch(line -> line.length() <= 72);
        assertThat(text).startsWith("Use waiting:").contains("event.p99", "Rests on 6 points");
    }

    @Test
    void shouldAddWhatASectionTakesAlongATime() {
        List<GridData.PointData> points = List.of(
            new GridData.PointData("0000", Map.of("section", 0.0), List.of(Grids.result("steady", 200, 1_000))),
            new GridData.PointData("0001", Map.of("section", 2_000.0), List.of(Grids.result("steady", 2_200, 1_000))));
        GridData sections = sections(List.of(new GridData.AxisData("section", "ns", List.of(0.0, 2_000.0))), points);
        Interpolation.Reading event = new Interpolation.Reading("event", "inline", true,
            (result, path) -> Figures.of(result, TurnFigure.EVENT, path));

        Sample middle = new Interpolation(sections).of("steady", event, Map.of("section", 500.0));

        assertThat(middle.typical()).isCloseTo(700, Percentage.withPercentage(1e-6));
    }

    private GridData sections(List<GridData.AxisData> axes, List<GridData.PointData> points) {
        return new GridData(GridData.FORMAT, GridData.VERSION, "test", "", "", "", "", Map.of(), axes,
            grid.strategies(), points, null, null);
    }

    /** Where little happens a generation may see no attach at one point; it is not lost for the others. */
    @Test
    void shouldKeepAGenerationThatLacksAPoint() {
        List<GridData.PointData> points = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            double[] factors = i == 2 ? new double[] {1} : new double[] {1, 1.2};
            points.add(new GridData.PointData("000" + i, Map.of("section", 500.0 * i),
                List.of(Grids.turns("steady", Map.of("ring attach", 1_000.0), factors))));
        }
        GridData axis = sections(List.of(new GridData.AxisData("section", "ns", List.of(0.0, 2_000.0))), points);
        Interpolation.Reading attach = new Interpolation.Reading("attach", "ring", false,
            (result, path) -> Figures.of(result, TurnFigure.ATTACH, path));

        assertThat(new Interpolation(axis).of("steady", attach, Map.of("section", 1_500.0)).values().values())
            .usingElementComparator((one, other) -> Math.abs(one - other) < 1e-6 ? 0 : 1)
            .containsExactly(1_000.0, 1_200.0);
    }

    @Test
    void shouldSayThatAHandlerCannotKeepUpWithTooMuch() {
        Guide light = new Guide(sections(List.of(new GridData.AxisData("storm.rate", "/s", List.of(100.0, 100_000.0)),
            new GridData.AxisData("churn.rate", "/s", List.of(1.0)),
            new GridData.AxisData("section", "ns", List.of(0.0, 200_000.0))), List.of(new GridData.PointData("0000",
                Map.of("storm.rate", 100_000.0, "churn.rate", 1.0, "section", 2_000.0),
                List.of(Grids.result("steady", 2_200, 1_000))))));

        assertThat(light.outside(section(1_000))).isNull();
        assertThat(light.outside(section(3_000)).reason())
            .isEqualTo("the sections take 0.60 s of each second, and no point knows more than 0.20");
        assertThat(light.outside(section(50_000)).reason())
            .isEqualTo("a handler cannot keep up: the sections alone would take 10.0 s of each second");
    }

    private static Map<String, Double> section(double events) {
        return Map.of("storm.rate", events, "churn.rate", 1.0, "section", 200_000.0);
    }

    /** A lock's holder and one report are no grace period; a percpu-rwsem's writer waits for one (8.1). */
    @ParameterizedTest
    @CsvSource({
        "nothing, true, nothing", "holder, false, holder", "report, true, report", "grace-period, false, grace-period",
        // An old grid tells only whether.
        ", true, grace-period", ", false, holder",
        // What nobody knows here may be anything.
        "eternity, false, grace-period"})
    void shouldTellThreeKindsOfWaitingApart(String waitsFor, boolean waits, String longest) {
        GridData.StrategyData strategy = Grids.waiting(waits, waitsFor);

        assertThat(strategy.longestWait()).isEqualTo(longest);
        for (String allowed : Question.ATTACH_WAITS) {
            assertThat(new Question(Map.of(), List.of(), false, false, allowed).waitsTooLong(strategy)).as(allowed)
                .isEqualTo(Question.ATTACH_WAITS.indexOf(longest) > Question.ATTACH_WAITS.indexOf(allowed));
        }
    }

    @Test
    void shouldExcludeByWhatAnAttachWaitsFor() {
        Advice advice = guide.ask(new Question(at(10_000, 10), List.of(), false, false, "report"));

        assertThat(advice.excluded())
            .containsExactly(new Advice.Excluded("waiting", "an attach waits for a grace period: somewhere"));
        assertThat(guide.ask(new Question(at(10_000, 10), List.of(), false, false, "nothing")).options()).isEmpty();
    }
}
