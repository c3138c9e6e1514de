package dev.steward.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.reports.read.ForeignResult;
import dev.steward.reports.summary.RunSet;
import dev.steward.reports.summary.Scaling;
import dev.steward.results.Tags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScalingReportTest {
    @TempDir
    Path folder;

    @Test
    void shouldFindTheLawThatWasPutIntoTimesOfJmh() throws IOException {
        RunSet runs = RunSet.of(Fixtures.standard()).with(jmh("avgt", "ns/op", 1, 2, 3, 4, 6, 8));

        Scaling scaling = Scaling.of(runs).get(0);

        assertThat(scaling.subject()).isEqualTo("JMH C.d strategy=mutex (avgt)");
        assertThat(scaling.counts()).containsExactly(1, 2, 3, 4, 6, 8);
        assertThat(scaling.fit().lambda().value()).isCloseTo(2e6, within(10.0));
        assertThat(scaling.fit().sigma().value()).isCloseTo(0.2, within(1e-5));
        assertThat(scaling.fit().kappa().value()).isCloseTo(0.01, within(1e-6));
        assertThat(Scaling.of(RunSet.of(Fixtures.standard()).with(jmh("thrpt", "ops/us", 1, 2, 4, 8))).get(0).fit()
            .lambda().value()).isCloseTo(2e6, within(10.0));
    }

    @Test
    void shouldPrintParametersPeakAndWarningInTextAndPage() throws IOException {
        RunSet runs = RunSet.of(Fixtures.standard()).with(jmh("avgt", "ns/op", 1, 2, 3, 4, 6, 8));

        assertThat(TextReport.of(runs)).contains("NUMBERS OF THREADS",
            "[JMH C.d strategy=mutex (avgt); 6 repeats with 1, 2, 3, 4, 6, 8", "does not say how many cores",
            "the peak lies beyond what was measured", "C.d strategy=mutex (avgt), 8 threads")
            .containsPattern("lambda, per second and thread +2\\.00M")
            .containsPattern("sigma, contention +0\\.200 ")
            .containsPattern("kappa, coherency +0\\.0100 ").containsPattern("threads at the peak +8\\.94 ");
        assertThat(PageDom.of(HtmlReport.of(runs, folder)).texts("h2")).contains("Numbers of threads");
    }

    @Test
    void shouldRefuseFewerThanFourCountsWithTheReasonAndSayNothingOfOne() throws IOException {
        RunSet three = RunSet.of(Fixtures.standard()).with(jmh("avgt", "ns/op", 1, 2, 4));

        assertThat(Scaling.of(three).get(0).fit()).isNull();
        assertThat(TextReport.of(three).replaceAll("\\s+", " "))
            .contains("a fit of the scalability law needs 4 different thread counts, there are 3.");
        assertThat(Scaling.of(RunSet.of(Fixtures.standard()).with(jmh("avgt", "ns/op", 2)))).isEmpty();
        assertThat(TextReport.of(RunSet.of(Fixtures.standard()))).doesNotContain("NUMBERS OF THREADS");
    }

    @Test
    void shouldFitCommitsOverAttachThreads() {
        RunSet runs = RunSet.read(List.of(run(1), run(2), run(4), run(6), run(8)));

        Scaling commits = Scaling.of(runs).stream()
            .filter(one -> one.subject().equals("mutex, path ring, host A: commits")).findFirst().orElseThrow();

        // Histograms keep three digits.
        assertThat(commits.points()).hasSize(10);
        assertThat(commits.fit().lambda().value()).isCloseTo(2e4, within(100.0));
        assertThat(commits.fit().sigma().value()).isCloseTo(0.2, within(0.01));
        assertThat(commits.fit().kappa().value()).isCloseTo(0.01, within(0.001));
    }

    @Test
    void shouldDrawPointsButPrintNoParameterBeyondTheCores() throws IOException {
        RunSet runs = RunSet.read(List.of(run(1), run(2), run(4), run(8), run(16)));

        assertThat(Scaling.of(runs)).isNotEmpty().allMatch(scaling -> scaling.fit() == null);
        assertThat(TextReport.of(runs).replaceAll("\\s+", " ")).contains("no fit, since 16 threads on 8 cores wait")
            .contains("Throughput over numbers of threads").doesNotContain("sigma").doesNotContain("R squared");
        assertPointsAreDrawn(runs, "path ring, host A: commits", 5);
    }

    @Test
    void shouldPrintNoParameterOfALawThatDoesNotDescribeThePoints() throws IOException {
        List<ForeignResult> better = new ArrayList<>();
        for (int threads : new int[] {1, 2, 3, 4}) {
            better.addAll(point(threads, 2.0 * threads * threads, "ops/us", "thrpt"));
        }
        RunSet runs = RunSet.of(Fixtures.standard()).with(better);

        assertThat(TextReport.of(runs).replaceAll("\\s+", " "))
            .contains("no fit, since contention or coherency would be below 0").doesNotContain("sigma");
        assertPointsAreDrawn(runs, "Benchmarks of JMH", 4);
    }

    private void assertPointsAreDrawn(RunSet runs, String title, int points) throws IOException {
        PageDom page = PageDom.of(HtmlReport.of(runs, folder));
        assertThat(page.html()).contains("href=\"#scaling-section\"");
        assertThat(page.texts("figcaption")).anyMatch(caption -> caption.startsWith(title));
        JsonNode charts = Fixture.MAPPER.readTree(page.scripts().get(0)).get("charts");
        assertThat(charts).filteredOn(chart -> chart.get("kind").asText().equals("threads")).isNotEmpty()
            .allMatch(chart -> chart.get("series").get(0).get("points").size() == points);
    }

    /** Time of one operation under lambda 1 a unit of time, sigma 0.2 and kappa 0.01. */
    private static double slower(int threads) {
        return 1 + 0.2 * (threads - 1) + 0.01 * threads * (threads - 1);
    }

    private Path run(int threads) {
        Fixture fixture = Fixture.of(List.of("mutex"), List.of("ring"), 2);
        fixture.run().putObject("scenario").put("churn.threads", Integer.toString(threads)).put("streams", "4096");
        for (String id : List.of("mutex-ring-r1", "mutex-ring-r2")) {
            fixture.log(id, Fixtures.log(Tags.ATTACH_COMMIT, Math.round(50_000 * slower(threads)), 100));
        }
        return fixture.write(folder.resolve("threads-" + threads));
    }

    private List<ForeignResult> jmh(String mode, String unit, int... counts) throws IOException {
        List<ForeignResult> results = new ArrayList<>();
        for (int threads : counts) {
            double score = unit.startsWith("ns") ? 500 * slower(threads) : 2 * threads / slower(threads);
            results.addAll(point(threads, score, unit, mode));
        }
        return results;
    }

    private List<ForeignResult> point(int threads, double score, String unit, String mode) throws IOException {
        Path file = Files.writeString(folder.resolve("jmh-" + threads + ".json"), String.format(Locale.ROOT, """
            [{"benchmark": "a.b.C.d", "mode": "%s", "threads": %d, "params": {"strategy": "mutex"},
              "primaryMetric": {"score": %f, "scoreUnit": "%s", "rawData": [[%f]]}}]
            """, mode, threads, score, unit, score));
        return ForeignResult.read(file, Fixtures::readLog);
    }
}
