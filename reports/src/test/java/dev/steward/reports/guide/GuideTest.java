package dev.steward.reports.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.steward.reports.GuideText;
import dev.steward.results.GridData;
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
        assertThat(busy.event()).isEqualTo(new Estimate(800, 720, 880));
        // 400 ns x 10,000 events and 1,000 ns x 10 attaches a second.
        assertThat(busy.workNs().value()).isCloseTo(4_010_000, Percentage.withPercentage(1e-6));
        assertThat(advice.points()).hasSize(1);
    }

    @Test
    void shouldFollowAPowerLawBetweenPointsAndStayInsideItsCorners() {
        for (double events = 1_000; events < 100_000; events *= 1.37) {
            Option busy = guide.ask(plain(events, 100)).options().stream()
                .filter(option -> option.strategy().name().equals("busy")).findFirst().orElseThrow();
            // The figure grows with the root of the rate, which is linear in the logarithms; rounding to whole ns.
            assertThat(busy.event().value()).as("at %s", events)
                .isCloseTo(8 * Math.sqrt(events), Percentage.withPercentage(1));
            assertThat(busy.event().low()).isLessThan(busy.event().value());
            assertThat(busy.event().high()).isGreaterThan(busy.event().value());
        }
        assertThat(guide.ask(plain(3_000, 100)).points()).hasSize(4);
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
            .containsExactly("waiting");
        Advice none = guide.ask(new Question(at(10_000, 10), List.of(), false, true, "report"));
        assertThat(none.options()).isEmpty();
        assertThat(none.excluded()).extracting(Advice.Excluded::strategy).containsExactly("steady", "busy", "waiting");
        assertThat(GuideText.of(grid, "here", none)).startsWith("No strategy obeys the rules");
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
        Guide holed = new Guide(Grids.of(grid.points().subList(1, 6)));
        assertThat(holed.outside(at(5_000, 1_000))).isNull();
        assertThat(holed.outside(at(5_000, 500)).reason()).contains("have not been measured");
    }

    @Test
    void shouldLeaveOutWhoHasNoValidCellAtACorner() {
        GridData.PointData first = grid.points().get(0);
        GridData.PointData crippled = new GridData.PointData(first.folder(), first.at(), List.of(
            first.of("steady"), new GridData.Result("busy", 3, List.of(), 0), first.of("waiting"), first.of("floor")));
        Guide crippledGuide =
            new Guide(Grids.of(List.of(crippled, grid.points().get(1), grid.points().get(2), grid.points().get(3))));

        Advice advice = crippledGuide.ask(plain(2_000, 10));

        assertThat(names(advice)).containsExactly("steady", "waiting");
        assertThat(advice.excluded()).singleElement()
            .satisfies(one -> assertThat(one.reason()).startsWith("event.raw.p50 is not known at 0000"));
        assertThat(advice.crossovers()).as("it comes first at 10,000 events, but is unknown here")
            .extracting(Advice.Crossover::strategy).doesNotContain("busy");
    }

    @Test
    void shouldMeasureWhatFollowingItCosts() {
        // Recommended here is "waiting"; where it was measured it costs more than "busy" did.
        GridData.PointData there = new GridData.PointData("x", at(10_000, 10), List.of(
            Grids.result("steady", 500, 1_000), Grids.result("busy", 300, 1_000),
            Grids.result("waiting", 330, 50_000), Grids.result("floor", 1, 1)));
        GridData.PointData right = Grids.point(7, at(1_000, 10));
        GridData.PointData outside = Grids.point(8, at(1_000_000, 10));

        Regret regret = Regret.of(guide, Grids.of(List.of(there, right, outside)));

        assertThat(regret.scenarios()).hasSize(2);
        assertThat(regret.left()).singleElement().asString().contains("outside");
        assertThat(regret.scenarios().get(0).recommended()).isEqualTo("waiting");
        assertThat(regret.scenarios().get(0).best()).isEqualTo("busy");
        assertThat(regret.worst(Regret.Judged::regret))
            .isCloseTo((330 * 10_000 + 500_000.0) / (300 * 10_000 + 10_000) - 1, within(1e-9));
        // The three cells of each scatter alike, so here the choice does not depend on which one is left out.
        assertThat(regret.worst(Regret.Judged::heldOut)).isCloseTo(regret.worst(Regret.Judged::regret), within(1e-3));
        assertThat(regret.scenarios().get(1).regret()).isZero();
        assertThat(GuideText.of(regret, Grids.of(List.of(there, right, outside))))
            .contains("Regret: median", "always steady", "excluded: 0008");
    }

    @Test
    void shouldPrintWithin72Columns() {
        String text = GuideText.of(grid, "grids/test.json", guide.ask(new Question(
            at(20_000, 100), List.of(new Question.Bound("event.p99", 1_000_000)), false, false, ANY)));

        assertThat(text.lines()).allMatch(line -> line.length() <= 72);
        assertThat(text).startsWith("Use steady.").contains("Runner-up: waiting", "event.p99", "Rests on 48 cells");
    }

    @Test
    void shouldAddWhatASectionTakesAlongATime() {
        List<GridData.PointData> points = List.of(
            new GridData.PointData("0000", Map.of("section", 0.0), List.of(Grids.result("steady", 200, 1_000))),
            new GridData.PointData("0001", Map.of("section", 2_000.0), List.of(Grids.result("steady", 2_200, 1_000))));
        GridData sections = new GridData(GridData.FORMAT, 1, "test", "", "", "", "", Map.of(),
            List.of(new GridData.AxisData("section", "ns", List.of(0.0, 2_000.0))), grid.strategies(), points, null);

        Estimate middle = new Interpolation(sections, Map.of("section", 500.0)).of("steady", Figures.EVENT_WORK);

        assertThat(middle.value()).isCloseTo(700, Percentage.withPercentage(1e-6));
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
