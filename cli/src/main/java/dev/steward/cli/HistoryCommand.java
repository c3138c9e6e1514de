package dev.steward.cli;

import dev.steward.reports.HistoryReport;
import dev.steward.reports.document.HistoryDocument;
import dev.steward.reports.verdict.HistoryStore;
import dev.steward.reports.verdict.PastRun;
import dev.steward.reports.verdict.Series;
import dev.steward.results.RunManifest;
import dev.steward.results.UnreadableResultsException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** The history of past runs. */
@Command(
    name = "history",
    description = "Keep the figures of past runs in one file, and find lasting changes.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Exit codes: 0 done, 1 part of it failed, 2 the history or a folder is not usable."})
final class HistoryCommand extends SuiteCommand {
    @Option(names = "--store", paramLabel = "FILE", scope = ScopeType.INHERIT,
        description = "The history (default: results/history.db).")
    private Path store = Home.results().resolve("history.db");

    /** A command is needed: says which there are. */
    @Override
    public Integer call() {
        throw refusal("name a command: " + String.join(", ", spec().subcommands().keySet()));
    }

    /** A folder that cannot be read does not stop the others. */
    @Command(description = "Keep the figures of finished runs; a run that is there already is left alone.")
    int add(
        @Parameters(paramLabel = "DIR", arity = "1..*", description = "Result folders.") List<Path> folders,
        @Option(names = "--host", paramLabel = "NAME", description =
            "Machine they were made on (default: its processor and cores). Machines are kept apart.") String host) {
        int refused = 0;
        int others = 0;
        try (HistoryStore history = HistoryStore.openOrCreate(store)) {
            for (Path folder : folders) {
                if (folders.size() > 1 && !Files.isRegularFile(folder.resolve(RunManifest.FILE))) {
                    // results/* also holds what searches, sweeps and debates have left, and the history itself.
                    say(folder + ": skipped, it is no result of a comparison");
                    others++;
                    continue;
                }
                try {
                    PastRun run = PastRun.read(folder, host);
                    if (run.figures().isEmpty()) {
                        // As a quick run has none.
                        say(folder + ": skipped, it has no valid, steady cell of a ranked strategy to keep");
                        others++;
                        continue;
                    }
                    say(folder + ": run " + run.id() + (history.add(run) ? " kept" : " was there already"));
                } catch (UnreadableResultsException e) {
                    complain(e.getMessage());
                    refused++;
                }
            }
        }
        return refused + others == folders.size() ? ExitCode.USAGE : refused == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    @Command(description = "List the runs, oldest first.")
    void list(@Mixin JsonOption json) throws IOException {
        try (HistoryStore history = HistoryStore.open(store)) {
            if (json.wanted()) {
                printJson(HistoryDocument.list(history.runs()));
                return;
            }
            print(HistoryReport.list(history.runs()));
        }
    }

    @Command(sortOptions = false,
        description = "Show each figure over the runs, with the runs at which it changed for good.")
    int show(
        @Option(names = "--strategy", paramLabel = "NAME", split = ",", description = "Only these (default: all).")
            List<String> strategies,
        @Option(names = "--figure", paramLabel = "FIGURE", split = ",", description =
            "Only these: event.p50, event.p99, event.p99.9, the same of attach (default: all).")
            List<String> figures,
        @Mixin JsonOption json) throws IOException {
        try (HistoryStore history = HistoryStore.open(store)) {
            List<Series> wanted = history.series().stream()
                .filter(series -> strategies == null || strategies.contains(series.strategy()))
                .filter(series -> figures == null || figures.contains(series.figure().replace(' ', '.'))).toList();
            if (wanted.isEmpty()) {
                complain(store + ": holds no such figure");
                return ExitCode.USAGE;
            }
            if (json.wanted()) {
                printJson(HistoryDocument.show(wanted));
                return ExitCode.OK;
            }
            print(HistoryReport.show(wanted, Charset.defaultCharset().newEncoder().canEncode('\u2588')));
            return ExitCode.OK;
        }
    }
}
