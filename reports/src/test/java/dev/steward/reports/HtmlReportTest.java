package dev.steward.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.reports.read.ForeignFigure;
import dev.steward.reports.read.ForeignResult;
import dev.steward.reports.summary.RunSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class HtmlReportTest {
    private static final String HOSTILE = "</script><img src=x onerror=alert(1)>\"'&";

    private static final PageDom GOLDEN = PageDom.of(HtmlReport.of(Fixtures.standard()));

    @Test
    void shouldKeepTheOrderOfChapters() {
        assertThat(GOLDEN.texts("h1")).containsExactly("golden");
        assertThat(GOLDEN.texts("h2")).containsExactly(
            "Results", "Attaches against events", "In the manner of the kernel's tests", "Stages of an event",
            "The slowest, and fairness", "Charts", "Oracles and ledger", "Cells that are not among the figures",
            "Footprint and counters", "How it was measured", "Every pair", "Details of the latencies", "Strategies",
            "Environment",
            "What this run cannot show", "Run it again");
    }

    /** Below a picture the medians are folded; without one they are what is seen first. */
    @Test
    void shouldShowMediansFirstWithoutAPicture(@TempDir Path folder) {
        assertThat(GOLDEN.elements("svg")).isEmpty();
        assertThat(GOLDEN.elements("caption").get(0).getTextContent()).startsWith("Medians");

        PageDom drawn = PageDom.of(HtmlReport.of(
            RunSet.read(List.of(Fixtures.turned().write(folder.resolve("turns")))), folder));
        assertThat(drawn.elements("svg")).isNotEmpty();
        assertThat(drawn.texts("h2")).startsWith("Medians");
    }

    @Test
    void shouldLoadNothing() {
        for (Element element : GOLDEN.elements("*")) {
            for (String attribute : List.of("src", "srcset", "href", "action", "data", "poster", "background")) {
                assertThat(element.getAttribute(attribute)).matches("|#[a-z-]+");
            }
            assertThat(element.getAttribute("style")).isEmpty();
        }
        assertThat(GOLDEN.elements("link")).isEmpty();
        assertThat(GOLDEN.elements("style").get(0).getTextContent()).doesNotContain("url(", "@import");
        assertThat(GOLDEN.html()).doesNotContain("sourceMappingURL")
            .contains("Content-Security-Policy\" content=\"default-src 'none';");
    }

    @Test
    void shouldKeepTheLicenceLineOfTheChartLibrary() {
        assertThat(GOLDEN.scripts().get(1)).startsWith("/*!").contains("Chart.js v4").contains("MIT License");
    }

    @Test
    void shouldStayBelowThreeMegabytes() {
        assertThat(GOLDEN.html().getBytes(StandardCharsets.UTF_8).length).isBetween(200_000, 3_000_000);
    }

    @Test
    void shouldGiveEveryTableACaptionAndEveryHeadAScope() {
        assertThat(GOLDEN.elements("table")).hasSizeGreaterThan(20)
            .allMatch(table -> table.getElementsByTagName("caption").getLength() == 1);
        assertThat(GOLDEN.elements("th")).isNotEmpty()
            .allMatch(head -> List.of("col", "row", "rowgroup").contains(head.getAttribute("scope")));
    }

    @Test
    void shouldGiveEachElementItsOwnIdAndEachLinkATarget() {
        Set<String> ids = new HashSet<>();
        GOLDEN.elements("*").stream().map(element -> element.getAttribute("id")).filter(id -> !id.isEmpty())
            .forEach(id -> assertThat(ids.add(id)).as(id).isTrue());
        assertThat(GOLDEN.elements("a")).isNotEmpty()
            .allMatch(link -> ids.contains(link.getAttribute("href").substring(1)));
        assertThat(GOLDEN.elements("canvas"))
            .allMatch(canvas -> ids.contains(canvas.getAttribute("aria-labelledby")))
            .allMatch(canvas -> ids.contains(canvas.getAttribute("id") + "-figures"))
            .allMatch(canvas -> ids.contains(canvas.getAttribute("id") + "-legend"));
    }

    @Test
    void shouldShowTheSameFiguresAsTheText() {
        assertThat(GOLDEN.rows("events"))
            .contains(List.of("rwlock", "3/3", "1001", "2.72us", "8.74us", "12.4us", "16.3us", "1.62us"))
            .contains(List.of("unguarded", "3/3", "1001", "4.52us", "14.7us", "20.2us", "26.6us", "2.72us"));
        String text = TextReport.of(Fixtures.standard());
        for (List<String> row : GOLDEN.rows("events")) {
            assertThat(text.lines().map(line -> List.of(line.trim().split(" +")))).contains(row);
        }
    }

    @Test
    void shouldHoldTheDataOfEveryChart() throws IOException {
        JsonNode charts = Fixture.MAPPER.readTree(GOLDEN.scripts().get(0)).get("charts");

        assertThat(charts).hasSize(16).hasSize(GOLDEN.elements("canvas").size());
        assertThat(charts.findValuesAsText("id"))
            .contains("curve-event-0", "curve-attach-1", "shares-0", "time-event-1", "fair-guests-0", "fates-1");
        JsonNode curve = charts.get(0);
        assertThat(curve.get("series").findValuesAsText("name"))
            .containsExactly("mutex", "rwlock", "seqlock", "srcu", "no-lock", "unguarded", "hiccups of the machine");
        assertThat(curve.get("series").get(0).get("points")).allSatisfy(point -> {
            assertThat(point.get(0).asDouble()).isGreaterThanOrEqualTo(2);
            assertThat(point.get(1).asDouble()).isPositive();
        });
        JsonNode shares = charts.get(2);
        for (int bar = 0; bar < shares.get("labels").size(); bar++) {
            double sum = 0;
            for (JsonNode stage : shares.get("series")) {
                sum += stage.get("points").get(bar).get(1).asDouble();
            }
            assertThat(sum).isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void shouldEscapeWhateverTheFilesSay() throws IOException {
        Fixture fixture = Fixture.of(List.of("mutex", "rwlock"), List.of("ring"), 2);
        fixture.run().put("name", HOSTILE).put("scenarioName", HOSTILE).put("scenarioDescription", HOSTILE)
            .put("command", HOSTILE).put("commit", HOSTILE);
        fixture.run().putObject("scenario").put(HOSTILE, HOSTILE);
        fixture.run().putArray("limits").add(HOSTILE);
        fixture.run().putArray("environment").addObject().put("key", HOSTILE).put("value", HOSTILE);
        fixture.run().withArray("strategies").forEach(strategy -> strategy.fieldNames().forEachRemaining(field -> {
            if (strategy.get(field).isTextual()) {
                ((ObjectNode) strategy)
                    .put(field, field.equals("name") ? HOSTILE + strategy.get(field).asText() : HOSTILE);
            }
        }));
        fixture.run().withArray("cells").forEach(HtmlReportTest::rename);
        for (String id : List.of("mutex-ring-r1", "mutex-ring-r2", "rwlock-ring-r1", "rwlock-ring-r2")) {
            rename(fixture.cell(id));
            fixture.cell(id).withArray("oracles").forEach(oracle ->
                ((ObjectNode) oracle).put("name", HOSTILE).put("meaning", HOSTILE));
            ((ObjectNode) fixture.cell(id).withArray("waiting").get(0))
                .put("wait", HOSTILE);
        }
        fixture.invalidate("rwlock-ring-r2", HOSTILE);
        ForeignResult other = new ForeignResult(HOSTILE, HOSTILE, HOSTILE,
            List.of(new ForeignFigure(HOSTILE, HOSTILE, 2, 1, 1, 1, 1, 1)), List.of(HOSTILE));
        RunSet runs = RunSet.of(Fixtures.summary(fixture)).with(List.of(other));
        PageDom page = PageDom.of(HtmlReport.of(runs, Path.of("")));

        assertThat(page.elements("img")).isEmpty();
        assertThat(page.elements("script")).hasSize(3);
        assertThat(page.html().toLowerCase(Locale.ROOT)).doesNotContain("<img");
        assertThat(page.texts("h1")).containsExactly(HOSTILE);
        JsonNode data = Fixture.MAPPER.readTree(page.scripts().get(0));
        assertThat(data.findValuesAsText("name")).contains(HOSTILE + "mutex");
        for (Element element : page.elements("*")) {
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                assertThat(element.getAttributes().item(i).getNodeName()).doesNotStartWith("on");
            }
        }
    }

    @Test
    void shouldOpenWithoutChartsWhenNothingWasMeasured() throws IOException {
        Fixture fixture = Fixture.of(List.of("mutex"), List.of("ring"), 1).neverRan("mutex-ring-r1");
        PageDom page = PageDom.of(HtmlReport.of(Fixtures.summary(fixture)));

        assertThat(page.elements("canvas")).isEmpty();
        assertThat(Fixture.MAPPER.readTree(page.scripts().get(0)).get("charts")).isEmpty();
    }

    private static void rename(JsonNode cell) {
        ((ObjectNode) cell).put("strategy", HOSTILE + cell.get("strategy").asText());
    }
}
