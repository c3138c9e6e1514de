package dev.steward.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.reports.document.ShowDocument;
import dev.steward.reports.summary.Quantile;
import dev.steward.reports.summary.RunSet;
import dev.steward.reports.summary.Summary;
import dev.steward.results.Tags;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has to be known before the first figure stands in every format. */
class WarningsTest {
    private static final List<String> LOAD =
        List.of(Tags.EVENT_ENQUEUE, Tags.SLIP_STORM, Tags.ATTACH, Tags.SLIP_CHURN, Tags.ATTACH_COMMIT);

    @TempDir
    Path folder;

    @Test
    void shouldSayInEveryFormatThatTheMachineWasNoisyAndOversubscribed() {
        Fixture fixture = Fixture.of(List.of("mutex", "rwlock"), List.of("ring"), 2);
        fixture.run().put("oversubscribed", true).withArray("environment").addObject().put("key", "noise")
            .put("value", "NOISY: gaps p99 1792us");

        assertSaid(Fixtures.summary(fixture), "The machine was noisy when the run began (NOISY: gaps p99 1792us)",
            "Oversubscribed: a cell had more threads that may run at once than the 8 cores",
            "nor does anything show that a broken promise would be found");
    }

    /** Promises count, and a broken one most; no figure does. */
    @Test
    void shouldSayInEveryFormatThatThreadsWereDisturbed() {
        Fixture fixture = Fixture.of(List.of("mutex", "rwlock"), List.of("ring"), 2);
        fixture.run().withObject("/scenario").put("disturb", "shuffle,stutter");
        for (String id : List.of("mutex-ring-r1", "mutex-ring-r2", "rwlock-ring-r1", "rwlock-ring-r2")) {
            fixture.planned(id).put("status", "disturbed");
            fixture.cell(id).put("status", "disturbed").putArray("reasons").addObject().put("kind", "disturbed")
                .put("name", "shuffle").put("count", 321);
        }
        Summary summary = Fixtures.summary(fixture);

        assertThat(summary.disturbed()).isTrue();
        assertThat(summary.promiseBroken()).isFalse();
        assertThat(summary.contests()).isEmpty();
        assertSaid(summary, "DISTURBED: threads were disturbed on purpose (disturb=shuffle,stutter)",
            "0 of 4 cells in the figures, 4 DISTURBED", "disturbed on purpose: shuffle, 321 times",
            "kept by both strategies in");
        assertThat(TextReport.of(summary)).doesNotContain("Nothing to choose from").doesNotContain("cannot be told");

        for (JsonNode oracle : fixture.cell("mutex-ring-r1").withArray("oracles")) {
            if (oracle.get("name").asText().equals("after-attach-returned")) {
                ((ObjectNode) oracle).put("violations", 7).put("firstAtMs", 17);
            }
        }
        assertThat(Fixtures.summary(fixture).promiseBroken()).as("counted, no reason: a deferred attach").isFalse();

        fixture.violate("rwlock-ring-r2", "torn-snapshot", 3);
        Summary broken = Fixtures.summary(fixture);
        assertThat(broken.promiseBroken()).isTrue();
        assertSaid(broken, "BROKEN PROMISES: rwlock broke torn-snapshot (3)",
            "0 of 4 cells in the figures, 1 INVALID, 3 DISTURBED");
    }

    /** A quick run has no long cells. */
    @Test
    void shouldNotCountTheCellsOfARunThatHasNone() {
        Fixture fixture = Fixture.of(List.of("mutex", "rwlock"), List.of("inline", "ring"), 0)
            .turns(Turns.of(16, "mutex", "rwlock").generations(12, 6));

        assertSaid(Fixtures.summary(fixture), "2 strategies on paths inline and ring, scenario",
            "in turns only, no long cells.");
        assertThat(TextReport.of(Fixtures.summary(fixture)).replaceAll("\\s+", " ")).doesNotContain("0 of 0");
    }

    @Test
    void shouldSayInEveryFormatThatTheControlFoundNothing() {
        Fixture fixture = Fixture.of(List.of("mutex", "unguarded"), List.of("ring"), 2);
        ((ObjectNode) fixture.run().withArray("strategies").get(1)).put("ranked", false);

        assertSaid(Fixtures.summary(fixture),
            "unguarded, which has no lock, broke none either: this run proves nothing about them");
    }

    @Test
    void shouldSayInEveryFormatWhatCallingTheCLibraryCosts() {
        Fixture fixture = Fixture.of(List.of("mutex", "pthread-mutex", "unguarded"), List.of("ring"), 2);
        ((ObjectNode) fixture.run().get("calibration")).put("nativePairNs", 9.3);
        ((ObjectNode) fixture.run().withArray("strategies").get(1)).put("nativeCalls", true);

        assertSaid(Fixtures.summary(fixture), "Locks of the C library, called from Java: pthread-mutex. A lock and its "
            + "unlock are two calls; two that do nothing take 9.30ns here, which a program in C does not pay: a floor "
            + "of their own.");
        assertThat(TextReport.of(Fixtures.summary(Fixture.of(List.of("mutex"), List.of("ring"), 2))))
            .doesNotContain("C library");
    }

    @Test
    void shouldNotCompareWhatIsTheGeneratorsLatenessByHalf() {
        Summary summary = late(1_900, 1_000);

        assertThat(summary.strategy("ring", "mutex").latency(Tags.EVENT_ENQUEUE).p50().support())
            .isEqualTo(Quantile.Support.MACHINE);
        assertThat(summary.verdicts().comparisons()).filteredOn(one -> one.figure().startsWith("event p"))
            .isNotEmpty().allSatisfy(one -> assertThat(one.ratio()).isNaN());
        assertThat(summary.verdicts().comparisons()).filteredOn(one -> one.figure().equals("attach p50"))
            .isNotEmpty().allSatisfy(one -> assertThat(one.ratio()).isPositive());
        assertSaid(summary, "The machine's, and not compared, on path ring: event p50, event p99",
            "! at least half of it is lateness of the load generator: not compared", "!1.9");
        assertThat(TextReport.of(summary)).doesNotContain("event p50, against")
            .containsPattern("(?m)^mutex +!1\\.9\\dus .*");
        RunSet runs = RunSet.of(summary);
        assertThat(CsvExport.of(runs))
            .contains("event.enqueue,p50,1900,ns,lateness").contains("attach,p50,9007,ns,enough");
        assertThat(ShowDocument.of(runs).runs().get(0).latencies().get(0).late()).contains("p50Ns");
    }

    @Test
    void shouldShowOverTimeWhatIsNotTheGeneratorsLateness() {
        assertThat(late(1_900, 1_000).paths().get(0).overTime(Tags.EVENT_ENQUEUE)).contains(Tags.EVENT_ENQUEUE_RAW);
        assertThat(late(2_100, 1_000).paths().get(0).overTime(Tags.EVENT_ENQUEUE)).contains(Tags.EVENT_ENQUEUE);
        assertThat(late(1_900, 1_000).paths().get(0).overTime(Tags.ATTACH)).contains(Tags.ATTACH);
    }

    @Test
    void shouldCompareWhatIsTheGeneratorsLatenessByLessThanHalf() {
        Summary summary = late(2_100, 1_000);

        assertThat(summary.verdicts().comparisons()).filteredOn(one -> one.figure().equals("event p50"))
            .isNotEmpty().allSatisfy(one -> assertThat(one.ratio()).isPositive());
        assertThat(TextReport.of(summary)).doesNotContain("The machine's");
    }

    @Test
    void shouldSayWhichLogsWerePlayedAndThatAttachesAreSynthetic() {
        assertSaid(replay(0, "1k/s"), "Replay of dmesg.log: 240 events and 0 attach operations of 5 devices in 12.0s",
            "from the beginning at speed 2, again and again, and measures for 1s after a warm-up of 200ms.",
            "The attaches are synthetic, since the logs have none (churn.rate=1k/s)");
        assertThat(TextReport.of(replay(0, "0"))).doesNotContain("are synthetic");
        assertThat(TextReport.of(replay(3, "1k/s"))).doesNotContain("are synthetic");
    }

    @Test
    void shouldColourNoNameInTheMapWithoutARangeOrOfTheMachine() {
        assertThat(map(1, 100)).contains("not compared").doesNotContain("class=\"place place-0\"");
        assertThat(map(2, 1_000)).contains("the machine").doesNotContain("class=\"place place-0\"");
        assertThat(map(2, 100)).contains("class=\"place place-0\"");
    }

    @Test
    void shouldNameFoldersOfOneNameByWhereTheyAre() {
        RunSet runs = RunSet.read(List.of(
            Fixture.of(List.of("mutex"), List.of("ring"), 1).write(folder.resolve("monday").resolve("default")),
            Fixture.of(List.of("mutex"), List.of("ring"), 1).write(folder.resolve("friday").resolve("default"))));

        assertThat(runs.runs().get(0).folders()).containsExactly("monday/default", "friday/default");
    }

    private static void assertSaid(Summary summary, String... sentences) {
        RunSet runs = RunSet.of(summary);
        for (String report : List.of(TextReport.of(summary), TextReport.brief(summary), MarkdownReport.of(runs),
            PageDom.of(HtmlReport.of(summary)).document().getDocumentElement().getTextContent(),
            TerminalReport.of(runs, 100, false, true))) {
            assertThat(report.replaceAll("\\s+", " ").replace("\\", "")).contains(sentences);
        }
    }

    private static Summary late(long eventNs, long latenessNs) {
        Fixture fixture = Fixture.of(List.of("mutex", "rwlock"), List.of("ring"), 2);
        for (String id : List.of("mutex-ring-r1", "mutex-ring-r2", "rwlock-ring-r1", "rwlock-ring-r2")) {
            fixture.log(id, log(eventNs, latenessNs));
        }
        return Fixtures.summary(fixture);
    }

    private static byte[] log(long eventNs, long latenessNs) {
        return Fixtures.log(LOAD, new long[] {eventNs, latenessNs, 9_000, 100, 500}, 10_000);
    }

    @Test
    void shouldNameNoRateOfTheScenarioWhereLogsArePlayed() {
        Fixture fixture = replayed(0, "1k/s").neverRan("mutex-ring-r1");
        assertThat(TextReport.of(Fixtures.summary(fixture))).doesNotContain("Asked for by");
    }

    private static Summary replay(int attaches, String churn) {
        return Fixtures.summary(replayed(attaches, churn));
    }

    private static Fixture replayed(int attaches, String churn) {
        Fixture fixture = Fixture.of(List.of("mutex"), List.of("ring"), 1);
        fixture.run().putObject("scenario").put("replay.speed", "2").put("replay.loop", "yes").put("duration", "1s")
            .put("warmup", "200ms").put("churn.rate", churn);
        ObjectNode replay = fixture.run().putObject("replay");
        replay.putArray("logs").addObject().put("name", "dmesg.log").put("bytes", 100).put("lines", 10);
        replay.putArray("used");
        replay.putArray("skipped");
        replay.put("events", 240).put("attaches", attaches).put("devices", 5).put("lengthNs", 12_000_000_000L)
            .put("suppressed", 0).put("overflows", 0);
        replay.putObject("timing").put("unstamped", 0).put("outOfOrder", 0).put("restarts", 0)
            .put("shortenedGaps", 0).put("shortenedNs", 0).put("gapNs", 0);
        replay.putArray("notes");
        return fixture;
    }

    /** The page of two loads, in both of which mutex is faster than rwlock. */
    private String map(int repeats, long latenessNs) {
        List<Path> folders = List.of("1k/s", "2k/s").stream().map(rate -> {
            Fixture fixture = Fixture.of(List.of("mutex", "rwlock"), List.of("ring"), repeats);
            fixture.run().putObject("scenario").put("storm.rate", rate);
            for (int repeat = 1; repeat <= repeats; repeat++) {
                fixture.log("mutex-ring-r" + repeat, log(1_000, latenessNs));
                fixture.log("rwlock-ring-r" + repeat, log(1_500, latenessNs));
            }
            return fixture.write(folder.resolve(rate.replace("/", "") + "-" + repeats + "-" + latenessNs));
        }).toList();
        return HtmlReport.of(RunSet.read(folders), folder);
    }
}
