package dev.steward.cli;

import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.sweep.Shard;
import dev.steward.loadgen.sweep.SweepGrid;
import dev.steward.loadgen.sweep.SweepRun;
import dev.steward.reports.DebateText;
import dev.steward.reports.debate.DebateReader;
import dev.steward.reports.debate.Readers;
import dev.steward.reports.debate.Topic;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs the kernel's own designs through the questions that the mailing list left open.
 */
@Command(
    name = "debate",
    sortOptions = false,
    description = {
        "Run the kernel's own designs through the questions that the mailing list left",
        "open, and answer them. Ten minutes; run again on the same folder, it goes on",
        "with what is missing."
    })
final class DebateCommand extends RunCommand {
    private static final String READERS = "readers";
    private static final List<Integer> COUNTS = List.of(1, 2, 4, 8);
    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final String DESIGNS = "streams-mutex,streams-rwsem,vmaster-rwsem,rcu-sync";
    private static final String SUFFIX = ".yaml";

    @Option(names = "--only", paramLabel = "NAME", split = ",", description = "These questions only.")
    private List<String> only = List.of();

    @Option(names = "--out", paramLabel = "DIR",
        description = "Folder, new or of an earlier debate (default: results/debate).")
    private Path out = Path.of("results", "debate");

    @Option(names = "--page", paramLabel = "FILE", description = "Write the answers to this file as well.")
    private Path page;

    @Option(names = "--no-run", description = "Answer from what the folder holds, and run nothing.")
    private boolean noRun;

    @Override
    public Integer call() throws IOException {
        boolean complete = true;
        for (Path definition : noRun ? List.<Path>of() : definitions()) {
            SweepGrid grid = SweepGrid.read(definition);
            Path folder = out.resolve(grid.name());
            SweepRun run = new SweepRun(grid, Shard.ALL, folder, Home.path(), "./steward debate --only " + grid.name());
            out().println("question " + grid.name() + ": " + grid.description());
            complete &= run(run, folder);
        }
        if (!noRun && (only.isEmpty() || only.contains(READERS))) {
            measureReaders();
        }
        List<Topic> topics = DebateReader.read(out);
        Readers readers = Readers.read(out, COUNTS, CORES);
        if (topics.isEmpty() && readers == null) {
            throw new ScenarioException(out + ": holds no question that has been measured");
        }
        String text = DebateText.page(topics, readers);
        Files.writeString(out.resolve("debate.md"), text);
        if (page != null) {
            Files.writeString(page, text);
        }
        PrintWriter console = out();
        console.println();
        console.print(text);
        console.println();
        console.println("answers: " + (page == null ? out.resolve("debate.md") : page));
        console.flush();
        return complete ? ExitCode.OK : ExitCode.FAILED;
    }

    /** The benchmark, in a JVM of its own, as JMH ends the one it runs in; what is there already is kept. */
    private void measureReaders() throws IOException {
        Files.createDirectories(out);
        for (int count : COUNTS) {
            Path file = out.resolve(Readers.fileOf(count));
            // More readers than cores show the scheduler, which answers nothing.
            if (count > CORES || Files.exists(file)) {
                continue;
            }
            out().println("readers: " + count + " per SMMU, JMH");
            out().flush();
            Path part = out.resolve("readers.part");
            Path log = out.resolve("readers.log");
            Process jmh = new ProcessBuilder(
                Home.path().resolve("steward").toString(), JmhCommand.NAME, "ReadersBenchmark.report", "-t",
                Integer.toString(count), "-f", "1", "-wi", "2", "-w", "300ms", "-i", "5", "-r", "300ms", "-p",
                "strategy=" + DESIGNS, "-p", "sectionTokens=0", "-p", "streams=shared", "-rf", "json", "-rff",
                part.toString()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
            if (awaited(jmh) != 0) {
                throw new IOException("the benchmark of " + count + " readers failed; see " + log);
            }
            Files.move(part, file);
        }
    }

    private static int awaited(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private List<Path> definitions() throws IOException {
        List<Path> all;
        try (var files = Files.list(Home.path().resolve("debate"))) {
            all = files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
        }
        List<String> names = all.stream()
            .map(file -> file.getFileName().toString().replace(SUFFIX, "")).toList();
        for (String name : only) {
            if (!names.contains(name) && !name.equals(READERS)) {
                throw new ScenarioException(
                    "--only: there is no question '" + name + "'; allowed: " + String.join(", ", names) + ", "
                        + READERS);
            }
        }
        List<Path> chosen = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (only.isEmpty() || only.contains(names.get(i))) {
                chosen.add(all.get(i));
            }
        }
        return chosen;
    }
}
