package dev.steward.reports.fleet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.reports.Fixture;
import dev.steward.reports.Turns;
import dev.steward.results.CellRecord;
import dev.steward.results.Delivery;
import dev.steward.results.Digest;
import dev.steward.results.FleetFolder;
import dev.steward.results.FleetPlan;
import dev.steward.results.GridData;
import dev.steward.results.JsonFile;
import dev.steward.results.RunManifest;
import dev.steward.results.SweepManifest;
import dev.steward.results.TaskAttempt;
import dev.steward.results.TurnPlan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** Plans and results as machines bring them, made up. */
final class Fleets {
    static final List<String> STRATEGIES = List.of("mutex", "rwlock");

    private Fleets() {
    }

    /** A plan with tasks of these points. */
    static FleetFolder plan(Path folder, List<List<String>> tasks) throws IOException {
        return plan(folder, tasks, STRATEGIES);
    }

    static FleetFolder plan(Path folder, List<List<String>> tasks, List<String> strategies) throws IOException {
        Files.createDirectories(folder);
        List<String> ids = tasks.stream().flatMap(List::stream).distinct().sorted().toList();
        JsonFile.write(folder.resolve(SweepManifest.FILE), new SweepManifest(
            SweepManifest.FORMAT, SweepManifest.VERSION, "g", "d", "./steward sweep", strategies,
            Map.of("path", "ring"),
            List.of(new GridData.AxisData("storm.rate", "/s", ids.stream().map(Fleets::rate).toList())),
            ids.stream().map(id -> new SweepManifest.Point(id, Map.of("storm.rate", rate(id)))).toList()));
        JsonFile.write(folder.resolve(FleetPlan.FILE), new FleetPlan(
            FleetPlan.FORMAT, FleetPlan.VERSION, FleetPlan.Kind.SLURM, "./steward sweep --plan slurm x", 2, 2, 2, 1000,
            IntStream.range(0, tasks.size()).mapToObj(i -> new FleetPlan.Task(i + 1, 60_000, tasks.get(i))).toList(),
            null));
        for (String id : ids) {
            Files.createDirectories(folder.resolve("points").resolve(id));
        }
        return FleetFolder.open(folder);
    }

    private static double rate(String id) {
        return 1000 + Integer.parseInt(id);
    }

    /** What a task measures of a point, with one long cell of each or none: always the same, as no machine does. */
    static Path measured(Path folder, int seed, String cpu, int repeats, Turns turns) throws IOException {
        return measured(folder, seed, cpu, repeats, turns, STRATEGIES, List.of("ring"));
    }

    static Path measured(
        Path folder, int seed, String cpu, int repeats, Turns turns, List<String> strategies, List<String> paths)
        throws IOException {
        Fixture fixture = Fixture.of(strategies, paths, repeats).turns(turns);
        ((ObjectNode) fixture.run().withArray("environment").get(0)).put("key", "cpu").put("value", cpu);
        fixture.run().put("seed", seed);
        for (String strategy : repeats == 0 ? List.<String>of() : STRATEGIES) {
            String id = strategy + "-ring-r1";
            fixture.log(id, log(seed + strategy.length()));
            fixture.cell(id).put("logDigest", Digest.of(fixture.log(id), CellRecord.LOG_DIGITS));
        }
        fixture.write(folder);
        RunManifest run = RunManifest.read(folder);
        TurnPlan plan = run.turns();
        JsonFile.write(folder.resolve(RunManifest.FILE), run.at(run.status(), run.finishedAt(), run.cells(),
            new TurnPlan(plan.windowMs(), plan.runIn(), plan.rounds(), plan.generations(), plan.budgetMs(),
                plan.spentMs(), plan.look(), plan.looks(), plan.precision(), plan.placement(),
                TurnPlan.Log.of(folder))));
        return folder;
    }

    /** Small: a history reads thousands of them. */
    private static byte[] log(int seed) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        HistogramLogWriter writer = new HistogramLogWriter(bytes);
        writer.outputLogFormatVersion();
        Histogram histogram = new Histogram(1, 60_000_000_000L, 3);
        histogram.recordValueWithCount(100 + seed, 1_000);
        histogram.setTag("event.enqueue");
        histogram.setStartTimeStamp(1_000);
        histogram.setEndTimeStamp(2_000);
        writer.outputIntervalHistogram(histogram);
        return bytes.toByteArray();
    }

    static Turns turns(long seed, double slower) {
        return Turns.of(seed, "mutex", "rwlock").slower("rwlock", slower).paths("ring").generations(2, 3);
    }

    static TaskAttempt attempt(int task, String name, String node) {
        return new TaskAttempt(TaskAttempt.FORMAT, TaskAttempt.VERSION, task, name, TaskAttempt.Status.RUNNING, node,
            "2026-11-29T12:00:00Z", null, null, Map.of(), List.of(), List.of(), null);
    }

    static void deliver(FleetFolder fleet, Path local, String point, TaskAttempt attempt) throws IOException {
        new Delivery(fleet, local, point, attempt).run();
    }

    /** Content of all files below a folder, by name. */
    static Map<String, String> content(Path folder) throws IOException {
        Map<String, String> content = new TreeMap<>();
        List<Path> files = new ArrayList<>();
        try (var all = Files.walk(folder)) {
            all.filter(Files::isRegularFile).forEach(files::add);
        }
        for (Path file : files) {
            content.put(folder.relativize(file).toString(), Digest.of(Files.readAllBytes(file), 64));
        }
        return content;
    }
}
