package dev.steward.reports.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steward.reports.Fixtures;
import dev.steward.results.Tags;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignResultTest {
    private static final Path SAMPLES = Path.of("src", "test", "resources", "foreign");

    @TempDir
    Path folder;

    @Test
    void shouldReadLocktortureRunByRun() throws IOException {
        ForeignResult result = read(SAMPLES.resolve("locktorture-spin-128w.log")).get(0);

        assertThat(result.tool()).isEqualTo("locktorture");
        assertThat(result.machine()).startsWith("kernel: 64-CPU machine, 128 writers");
        assertThat(result.figures()).hasSize(2);
        ForeignFigure first = result.figures().get(0);
        assertThat(first.subject()).isEqualTo("spin_lock, run 1: writes");
        assertThat(first.count()).isEqualTo(53304415);
        assertThat(first.min()).isEqualTo(3225);
        assertThat(first.max()).isEqualTo(1620715);
        assertThat(first.mean()).isCloseTo(53304415 / 128.0, within(0.01));
        assertThat(result.figures().get(1).count()).isEqualTo(47843400);
    }

    @Test
    void shouldReadRcuscaleAndSayWhatTheLogLacks() throws IOException {
        ForeignResult result = read(SAMPLES.resolve("rcuscale-normal-gp.log")).get(0);

        assertThat(result.figures()).hasSize(1);
        assertThat(result.figures().get(0).count()).isEqualTo(4);
        assertThat(result.figures().get(0).max()).isEqualTo(44003961);
        assertThat(result.figures().get(0).p50()).isEqualTo(30003986.5);
        assertThat(result.figures().get(0).p99()).isNaN();
        assertThat(result.remarks()).containsExactly("rcu: the log announces 134 grace periods and holds 4");
    }

    @Test
    void shouldReadExpeditedGracePeriods() throws IOException {
        ForeignFigure all = read(SAMPLES.resolve("rcuscale-expedited.log")).get(0).figures().get(0);

        assertThat(all.subject()).isEqualTo("rcu: grace period, all writers");
        assertThat(all.count()).isEqualTo(40);
        assertThat(all.max()).isEqualTo(42012);
    }

    @Test
    void shouldTakeSeveralTestsOutOfOneLog() throws IOException {
        Path log = write("all.log", """
            [ 1.0] torture-ref-scale: END OF TEST.
            [ 1.0] Runs\tTime(ns)
            [ 1.0] 1\t5.000
            [ 2.0] rcu-perf:    0 writer-duration:     0 7000
            [ 2.0] rcu-perf:    1 writer-duration:     0 9000
            [ 3.0] mutex_lock-torture: Reads : Total: 10 Max/Min: 6/4   Fail: 1 !!!
            """);

        List<ForeignResult> results = read(log);

        assertThat(results).extracting(ForeignResult::tool).containsExactly("refscale", "rcuscale", "locktorture");
        assertThat(results.get(1).figures()).extracting(ForeignFigure::subject).containsExactly(
            "rcu: grace period, all writers", "rcu: grace period, writer 0", "rcu: grace period, writer 1");
        assertThat(results.get(2).remarks()).contains("lock of unknown type, run 1: 1 failures");
    }

    @Test
    void shouldReadAnIntervalLogOfAnyTag() throws IOException {
        Path log = Files.write(folder.resolve("other.txt"), Fixtures.log("whatever", 5000, 200));

        ForeignResult result = read(log).get(0);

        assertThat(result.figures()).extracting(ForeignFigure::subject).containsExactly("whatever");
        assertThat(result.figures().get(0).p99()).isCloseTo(5000, within(5.0));
        assertThat(result.machine()).isEqualTo("unknown machine");
        assertThat(Tags.STAGES).doesNotContain("whatever");
    }

    @Test
    void shouldKnowAnIntervalLogBehindManyComments() throws IOException {
        String log = new String(Fixtures.log("whatever", 5000, 200), StandardCharsets.UTF_8);
        String line = log.substring(log.indexOf("Tag=")).replace(",", ", ");

        ForeignResult result = read(write("other.hlog", "# argument\n".repeat(100) + line)).get(0);

        assertThat(result.figures()).extracting(ForeignFigure::count).containsExactly(200L);
    }

    @Test
    void shouldReadJmhAndNameEntriesItCannotUse() throws IOException {
        Path json = write("jmh.json", """
            [{"benchmark": "a.b.C.d", "mode": "thrpt", "params": {"n": "1"},
              "primaryMetric": {"score": 2.5, "scoreUnit": "ops/us", "rawData": [[2, 3], ["NaN"]]}},
             {"benchmark": "a.b.C.e", "mode": "sample",
              "primaryMetric": {"score": "NaN", "scoreUnit": "us/op", "rawDataHistogram": [[[[1.5, 3]]]]}},
             {"benchmark": "a.b.C.f"}]
            """);

        JmhResults results = JmhResults.read(json);

        assertThat(results.results()).hasSize(2);
        assertThat(results.results().get(0).label()).isEqualTo("C.d n=1");
        assertThat(results.results().get(0).values()).containsExactly(2.0, 3.0);
        assertThat(results.results().get(0).largerIsBetter()).isTrue();
        assertThat(results.results().get(1).score()).isNaN();
        assertThat(results.remarks()).containsExactly("entry 3 has no mode and is skipped");
        assertThat(read(json).get(0).figures()).extracting(ForeignFigure::unit)
            .containsExactly("ops/us", "us/op");
    }

    @Test
    void shouldReadWhatModeSampleIsRunFor() throws IOException {
        Path json = write("sample.json", """
            [{"benchmark": "a.b.C.d", "mode": "sample", "threads": 2,
              "primaryMetric": {"score": 0.758, "scoreUnit": "ms/op",
                "rawDataHistogram": [[[[0.1, 1], [0.7, 600]], [[0.7, 0], [1.9, 394]]], [[[29.4, 5]]]]}}]
            """);

        ForeignFigure figure = read(json).get(0).figures().get(0);

        assertThat(figure.subject()).isEqualTo("C.d (sample), 2 threads");
        assertThat(figure.count()).isEqualTo(1_000);
        assertThat(List.of(figure.min(), figure.mean(), figure.p50(), figure.p99(), figure.max()))
            .containsExactly(0.1, 0.758, 0.7, 1.9, 29.4);
    }

    /** The histogram is most of such a file, and some leave it out. */
    @Test
    void shouldReadThePercentilesOfModeSampleWithoutItsHistogram() throws IOException {
        Path json = write("cut.json", """
            [{"benchmark": "a.b.C.d", "mode": "sample", "primaryMetric": {"score": 0.758, "scoreUnit": "ms/op",
                "scorePercentiles": {"0.0": 0.1, "50.0": 0.7, "99.0": 1.9, "99.9": "NaN", "100.0": 29.4}}}]
            """);

        ForeignFigure figure = read(json).get(0).figures().get(0);

        assertThat(List.of(figure.min(), figure.mean(), figure.p50(), figure.p99(), figure.max()))
            .containsExactly(0.1, 0.758, 0.7, 1.9, 29.4);
    }

    @Test
    void shouldReadJsonWithAByteOrderMark() throws IOException {
        Path json = write("mark.json", "\ufeff[{\"benchmark\": \"C.d\", \"mode\": \"avgt\", \"primaryMetric\": "
            + "{\"score\": 2, \"scoreUnit\": \"us/op\", \"rawData\": [[1, 2, 4, 5]]}}]");

        assertThat(read(json).get(0).figures().get(0).p50()).as("as JMH has it").isEqualTo(3);
    }

    /** One message of several lines: the name of the test stands before the first. */
    @Test
    void shouldReadATableThatRefperfPrintsBehindItsName() throws IOException {
        Path log = write("refperf.log", "rcu-ref-perf: END OF TEST. Calculating average duration per loop\n"
            + "rcu-ref-perf: Runs\tTime(ns)\n1\t20.125\n2\t19.875\n");

        ForeignFigure figure = read(log).get(0).figures().get(0);

        assertThat(figure.subject()).isEqualTo("rcu: read, mean of each run");
        assertThat(figure.mean()).isEqualTo(20.0);
    }

    @Test
    void shouldKeepRunsOfLocktortureApartWhoseEndsAreLost() throws IOException {
        Path log = write("runs.log", """
            spin_lock-torture:--- Start of test [debug]: nwriters_stress=2 nreaders_stress=0
            Writes:  Total: 100  Max/Min: 60/40   Fail: 0
            rtmutex_lock-torture:--- Start of test: nwriters_stress=4 nreaders_stress=0
            Writes:  Total: 300  Max/Min: 80/70   Fail: 0
            Writes:  Total: 400  Max/Min: 110/90   Fail: 0
            Writes:  Total: 50  Max/Min: 30/20   Fail: 0
            """);

        List<ForeignFigure> figures = read(log).get(0).figures();

        assertThat(figures).extracting(ForeignFigure::subject).containsExactly("spin_lock, run 1: writes",
            "rtmutex_lock, run 2: writes", "rtmutex_lock, run 3: writes");
        assertThat(figures).extracting(ForeignFigure::count).containsExactly(100L, 400L, 50L);
        assertThat(figures).extracting(ForeignFigure::mean).containsExactly(50.0, 100.0, 12.5);
    }

    @Test
    void shouldKeepRunsOfRefscaleApart() throws IOException {
        String run = """
            [ 1.0] srcu-ref-scale: --- Start of test:  loops=10000
            [ 1.1] srcu-ref-scale: END OF TEST. Calculating average duration per loop (nanoseconds)...
            [ 1.2] Runs\tTime(ns)
            [ 1.3] 1\t40.000
            """;
        List<ForeignFigure> figures =
            read(write("runs.log", run + run + run.replace("srcu", "rcu"))).get(0).figures();

        assertThat(figures).extracting(ForeignFigure::subject).containsExactly("srcu, run 1: read, mean of each run",
            "srcu, run 2: read, mean of each run", "rcu: read, mean of each run");
    }

    @Test
    void shouldReadAJmhFileThatWasWrittenAnewWithoutQuotes() throws IOException {
        Path file = write("again.json", "[{\"benchmark\":\"a.B.c\",\"mode\":\"avgt\",\"primaryMetric\":{\"score\":10.0,"
            + "\"scoreError\":NaN,\"scoreUnit\":\"ns/op\",\"rawData\":[[10.0]]}}]");

        assertThat(read(file).get(0).figures()).extracting(ForeignFigure::mean).containsExactly(10.0);
    }

    @Test
    void shouldKeepRunsOfRcuscaleApart() throws IOException {
        Path log = write("runs.log", """
            [ 1.0] rcu-scale:--- Start of test: gp_exp=0
            [ 1.1] rcu-scale: writer 0 gps: 2
            [ 1.2] rcu-scale:    0 writer-duration:     0 44000000
            [ 1.2] rcu-scale:    0 writer-duration:     1 28000000
            [ 2.0] rcu-scale:--- Start of test: gp_exp=1
            [ 2.1] rcu-scale: writer 0 gps: 1
            [ 2.2] rcu-scale:    0 writer-duration:     0 30000
            [ 3.1] rcu-scale: writer 0 gps: 2
            [ 3.2] rcu-scale:    0 writer-duration:     0 50000
            """);

        ForeignResult result = read(log).get(0);

        assertThat(result.figures()).extracting(ForeignFigure::subject).containsExactly(
            "rcu, run 1: grace period, all writers", "rcu, run 2: grace period, all writers",
            "rcu, run 3: grace period, all writers");
        assertThat(result.figures()).extracting(ForeignFigure::mean).containsExactly(36e6, 30e3, 50e3);
        assertThat(result.remarks()).containsExactly("rcu, run 1: gp_exp=0", "rcu, run 2: gp_exp=1",
            "rcu, run 3: the log announces 2 grace periods and holds 1");
    }

    @Test
    void shouldRefuseWhatItDoesNotKnowInOneLineWithTheFile() throws IOException {
        assertThatThrownBy(() -> read(folder.resolve("none"))).isInstanceOf(IOException.class)
            .hasMessage(folder.resolve("none") + ": no such file");
        Path start = write("start-only.log", "[   12.5] rcu-ref-scale: --- Start of test:  verbose=0\n");
        assertThatThrownBy(() -> read(start)).hasMessageStartingWith(start + ": holds no results of");
        Path cut = write("cut.json", "[{\"benchmark\": \"x\",\n \"primaryMetric\": {");
        assertThatThrownBy(() -> read(cut)).hasMessageContaining(cut.toString())
            .hasMessageContaining("(line 2");
        Path twice = write("twice.json", "[{\"primaryMetric\": {}}]\n[]");
        assertThatThrownBy(() -> read(twice)).hasMessageStartingWith(twice + ": ");
        Path latin = Files.write(folder.resolve("latin.json"),
            "[{\"primaryMetric\": \"\u00e9\"}]".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> read(latin)).hasMessage(latin + ": not UTF-8 text");
    }

    @Test
    void shouldShowTheWholePartOfACutIntervalLogAndNameTheLine() throws IOException {
        String text = new String(Fixtures.log("whatever", 5000, 200), StandardCharsets.UTF_8);
        Path log = write("cut.hlog", text + text.substring(text.lastIndexOf("Tag="), text.length() - 5));

        ForeignResult result = read(log).get(0);

        assertThat(result.figures()).extracting(ForeignFigure::count).containsExactly(200L);
        assertThat(result.remarks().get(1)).isEqualTo("cut.hlog is damaged: cut off in its last line (line "
            + (text.lines().count() + 1) + "); what stands before is shown.");
    }

    private static List<ForeignResult> read(Path file) throws IOException {
        return ForeignResult.read(file, Fixtures::readLog);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
