package dev.steward.reports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.reports.read.ResultFolder;
import dev.steward.reports.summary.PathSummary;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.results.CellResult;
import dev.steward.results.Distribution;
import dev.steward.results.Tags;
import dev.steward.results.TurnPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ObjLongConsumer;

/** Shortcuts for tests. */
public final class Fixtures {
    private Fixtures() {
    }

    /** Reads a log that has nothing but time stamps before its messages. */
    public static void readLog(Path log, ObjLongConsumer<String> messages, ObjLongConsumer<String> damage)
        throws IOException {
        long number = 0;
        for (String line : Files.readAllLines(log, StandardCharsets.ISO_8859_1)) {
            messages.accept(line.replaceFirst("^\\[[ .\\d]*\\] ?", ""), ++number);
        }
    }

    /** A log with one slice of {@code event.enqueue}: the same value so many times. */
    public static byte[] log(String tag, long valueNs, int count) {
        long[] values = new long[count];
        Arrays.fill(values, valueNs);
        return new FixtureLog().slice(tag, 0, values).bytes();
    }

    /** A log with one slice of several tags: for each the same value so many times. */
    public static byte[] log(List<String> tags, long[] valuesNs, int count) {
        FixtureLog log = new FixtureLog();
        for (int i = 0; i < valuesNs.length; i++) {
            long[] values = new long[count];
            Arrays.fill(values, valuesNs[i]);
            log.slice(tags.get(i), 0, values);
        }
        return log.bytes();
    }

    /** A distribution that has gone through a log on disk: the same value so many times. */
    public static Distribution distribution(long valueNs, int count) {
        Path folder = temporary();
        Fixture fixture = Fixture.of(List.of("one"), List.of("ring"), 1)
            .log("one-ring-r1", log(Tags.EVENT_ENQUEUE, valueNs, count));
        CellResult cell = ResultFolder.read(fixture.write(folder)).cells().get(0);
        delete(folder);
        return cell.histograms().of(Tags.EVENT_ENQUEUE);
    }

    /** Figures of {@link Fixture#standard}, read once: nothing can change them. */
    public static Summary standard() {
        return Standard.SUMMARY;
    }

    /** Six strategies that took turns on both paths, with one long cell each, as a run of four minutes leaves it. */
    public static Fixture turned() {
        List<String> names = List.of("unguarded", "seqlock", "mutex", "rwsem", "rcu-page", "percpu-rwsem");
        Fixture fixture = Fixture.of(names, List.of("inline", "ring"), 1);
        List<Integer> simplicity = List.of(9, 6, 1, 2, 5, 2);
        for (int i = 0; i < names.size(); i++) {
            ((ObjectNode) fixture.run().withArray("strategies").get(i)).put("ranked", i > 0).put("floor", "unguarded")
                .put("simplicity", simplicity.get(i));
        }
        fixture.violate("unguarded-inline-r1", "torn-snapshot", 7).violate("unguarded-ring-r1", "torn-snapshot", 4);
        return fixture.turns(Turns.of(16, names.toArray(String[]::new)).generations(12, 6).disturbed()
            .slower("unguarded", 0.95, 0.9, 0.3).slower("seqlock", 1.08, 1.02, 1.1).slower("rcu-page", 0.97, 1.4, 3.9)
            .slower("percpu-rwsem", 0.98, 21, 90)
            .placed(new TurnPlan.Placed("handler, inline", "1"), new TurnPlan.Placed("handler, ring", "1"),
                new TurnPlan.Placed("attach", "0"), new TurnPlan.Placed("storm, ring", "0")));
    }

    /** Figures of a fixture. */
    public static Summary summary(Fixture fixture) {
        Path folder = temporary();
        Summary summary = Summary.of(ResultFolder.read(fixture.write(folder)));
        delete(folder);
        return summary;
    }

    /** A strategy on a path. */
    public static StrategySummary strategy(Summary summary, String path, String name) {
        for (PathSummary candidate : summary.paths()) {
            for (StrategySummary strategy : candidate.all()) {
                if (candidate.path().equals(path) && strategy.info().name().equals(name)) {
                    return strategy;
                }
            }
        }
        throw new IllegalArgumentException(path + " " + name);
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("steward-reports");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Standard {
        private static final Summary SUMMARY = summary(Fixture.standard());
    }
}
