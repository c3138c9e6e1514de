package dev.steward.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.reports.summary.Crossings;
import dev.steward.reports.summary.RunSet;
import dev.steward.results.TurnFigure;
import dev.steward.results.TurnRecord;
import dev.steward.results.UnreadableResultsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where along a setting the order of two strategies changes, in sweeps of which the truth is known. */
class CrossingsReportTest {
    private static final List<String> SECTIONS = List.of("0ns", "1us", "2us", "5us", "10us");
    private static final String PATH = "inline";

    @TempDir
    private Path sweep;

    /** Events of the second strategy by the first at each section. */
    private void point(String id, String section, String rate, double second) throws IOException {
        Files.deleteIfExists(sweep.resolve(id).resolve(TurnRecord.FILE));
        Turns turns = Turns.of(id.hashCode(), "mutex", "rcu-page").slower("rcu-page", second, 1, 3)
            .paths(PATH).generations(8, 4);
        Fixture fixture = Fixture.of(List.of("mutex", "rcu-page"), List.of(PATH), 0).turns(turns);
        fixture.run().withObject("/scenario").put("section", section).put("storm.rate", rate);
        fixture.write(sweep.resolve(id));
    }

    private void plan(int points) throws IOException {
        StringBuilder ids = new StringBuilder();
        for (int i = 0; i < points; i++) {
            ids.append(i == 0 ? "" : ", ").append("{\"id\": \"000").append(i).append("\", \"at\": {}}");
        }
        Files.writeString(sweep.resolve("sweep.json"), """
            {"format": "steward-sweep", "version": 1, "name": "s", "description": "d", "command": "x",
             "strategies": [], "settings": {}, "axes": [], "points": [%s]}""".formatted(ids));
    }

    private RunSet along(double... second) throws IOException {
        for (int i = 0; i < second.length; i++) {
            point("000" + i, SECTIONS.get(i), "10k/s", second[i]);
        }
        plan(second.length);
        return RunSet.read(List.of(sweep));
    }

    private static Crossings events(RunSet runs) {
        return Crossings.of(runs).stream().filter(one -> one.figure() == TurnFigure.EVENT).findFirst().orElseThrow();
    }

    @Test
    void shouldSayBetweenWhichPointsTheOrderChanges() throws IOException {
        Crossings found = events(along(1.4, 1.3, 1.25, 0.8, 0.7));

        assertThat(found.crossings()).hasSize(1);
        assertThat(found.axis().key()).isEqualTo("section");
        Crossings.Crossing crossing = found.crossings().get(0);
        assertThat(List.of(crossing.below(), crossing.beyond())).containsExactly("mutex", "rcu-page");
        assertThat(List.of(crossing.from(), crossing.to())).containsExactly(2_000.0, 5_000.0);
        // Halfway in logarithms between 1.25 and 0.8 is 1.
        assertThat(crossing.about()).isBetween(2_900.0, 3_500.0);
        assertThat(crossing.atFirst()).isBetween(1.35, 1.45);
        assertThat(crossing.atLast()).isBetween(0.67, 0.73);
    }

    @Test
    void shouldFindAChangeTheOtherWayRound() throws IOException {
        Crossings.Crossing crossing = events(along(0.7, 0.7, 1.3, 1.3)).crossings().get(0);

        assertThat(List.of(crossing.below(), crossing.beyond())).containsExactly("rcu-page", "mutex");
        assertThat(List.of(crossing.from(), crossing.to())).containsExactly(1_000.0, 2_000.0);
        assertThat(crossing.atFirst()).isGreaterThan(1);
    }

    @Test
    void shouldNotTakePointsThatDoNotTellForOneSide() throws IOException {
        Crossings.Crossing crossing = events(along(1.4, 1.4, 1, 0.7, 0.7)).crossings().get(0);

        assertThat(List.of(crossing.from(), crossing.to())).containsExactly(1_000.0, 5_000.0);
    }

    @Test
    void shouldCountWhatDoesNotCross() throws IOException {
        assertThat(events(along(1.4, 1.3, 1.3))).returns(1, Crossings::kept).returns(List.of(), Crossings::crossings);
        assertThat(Crossings.of(along(1, 1, 1))).filteredOn(one -> one.figure() == TurnFigure.EVENT).singleElement()
            .returns(1, Crossings::open).returns(List.of(), Crossings::crossings);
        assertThat(events(along(1.4, 0.7, 1.4, 0.7, 1.4))).returns(1, Crossings::returning);
        assertThat(events(along(1.4, 0.7, 1))).as("its end does not tell").returns(1, Crossings::open);
    }

    @Test
    void shouldTellOfNothingWithTooFewGenerations() throws IOException {
        for (int i = 0; i < 2; i++) {
            Fixture fixture = Fixture.of(List.of("mutex", "rcu-page"), List.of(PATH), 0).turns(
                Turns.of(i, "mutex", "rcu-page").slower("rcu-page", i == 0 ? 3 : 0.3).paths(PATH).generations(5, 4));
            fixture.run().withObject("/scenario").put("section", SECTIONS.get(i));
            fixture.write(sweep.resolve("000" + i));
        }
        plan(2);

        assertThat(events(RunSet.read(List.of(sweep)))).returns(1, Crossings::open);
    }

    @Test
    void shouldKeepOtherSettingsApart() throws IOException {
        List<Double> second = List.of(1.4, 0.7, 1.4, 1.4);
        for (int i = 0; i < 4; i++) {
            point("000" + i, SECTIONS.get(i % 2), i < 2 ? "10k/s" : "50k/s", second.get(i));
        }
        plan(4);
        List<Crossings> found = Crossings.of(RunSet.read(List.of(sweep))).stream()
            .filter(one -> !one.crossings().isEmpty()).toList();

        assertThat(found).extracting(one -> one.axis().key() + "; " + one.axis().others())
            .containsExactly("section; storm.rate 10k/s", "storm.rate; section 1us");
        assertThat(found.get(1).crossings().get(0)).returns("rcu-page", Crossings.Crossing::below)
            .returns(50_000.0, Crossings.Crossing::to);
    }

    @Test
    void shouldHaveNoAxisOfWordsOrWithoutTurns() throws IOException {
        for (String kernel : List.of("v6.15", "v7.0")) {
            Fixture fixture = Fixture.of(List.of("mutex", "rcu-page"), List.of(PATH), 0)
                .turns(Turns.of(1, "mutex", "rcu-page").paths(PATH));
            fixture.run().withObject("/scenario").put("kernel", kernel);
            fixture.write(sweep.resolve(kernel));
        }
        assertThat(Crossings.of(RunSet.read(List.of(sweep.resolve("v6.15"), sweep.resolve("v7.0"))))).isEmpty();
        for (String section : List.of("1us", "2us")) {
            Fixture fixture = Fixture.of(List.of("mutex", "rcu-page"), List.of(PATH), 1);
            fixture.run().withObject("/scenario").put("section", section);
            fixture.write(sweep.resolve(section));
        }
        assertThat(Crossings.of(RunSet.read(List.of(sweep.resolve("1us"), sweep.resolve("2us"))))).isEmpty();
    }

    @Test
    void shouldPrintTheGoldenTable() throws IOException {
        String text = Reports.crossings(along(1.4, 1.3, 1.25, 0.8, 0.7));

        assertThat(text.lines()).allMatch(line -> line.length() <= 72);
        Golden.assertSealed("crossings.txt", text);
    }

    @Test
    void shouldStandInEveryFormat() throws IOException {
        RunSet runs = along(1.4, 1.3, 1.25, 0.8, 0.7);

        assertThat(TextReport.of(runs)).contains("\nWHERE THE ORDER CHANGES\n", Reports.crossings(runs));
        assertThat(MarkdownReport.of(runs)).contains("### Where the order of two strategies changes", "| 2us-5us |");
        assertThat(PageDom.of(HtmlReport.of(runs, sweep)).texts("td")).contains("2us-5us");
        assertThat(CsvExport.of(runs)).contains(
            "A,rcu-page,yes,inline,\"event by turns along section against mutex\",\"crossing low\",2000,ns,",
            "A,rcu-page,yes,inline,\"event by turns along section against mutex\",\"crossing high\",5000,ns,");
    }

    @Test
    void shouldReadASweepByThePointsThatHaveBegun() throws IOException {
        along(1.4, 0.7);
        plan(5);
        assertThat(RunSet.read(List.of(sweep)).runs()).hasSize(2);

        Path empty = Files.createDirectory(sweep.resolve("empty"));
        Files.copy(sweep.resolve("sweep.json"), empty.resolve("sweep.json"));
        assertThatThrownBy(() -> RunSet.read(List.of(empty))).isInstanceOf(UnreadableResultsException.class)
            .hasMessage(empty.resolve("sweep.json") + ": no point of the sweep has run");
    }
}
