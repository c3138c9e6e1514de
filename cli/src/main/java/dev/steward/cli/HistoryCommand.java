package dev.steward.cli;

import dev.steward.reports.HistoryReport;
import dev.steward.reports.document.HistoryDocument;
import dev.steward.reports.verdict.HistoryStore;
import dev.steward.reports.verdict.PastRun;
import dev.steward.reports.verdict.Series;
import dev.steward.results.Launcher;
import dev.steward.results.RunManifest;
import dev.steward.results.UnreadableResultsException;
import dev.steward.results.Wording;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
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
    /** What to do where nothing can be kept. */
    private static final String ADVICE =
        "'" + Launcher.command() + " compare' without --quick makes runs that can be kept";

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
        HistoryStore history = null;
        try {
            for (Path folder : folders) {
                try {
                    PastRun run = runOf(folder, host, folders.size() > 1);
                    if (run == null) {
                        others++;
                        continue;
                    }
                    // Not before: of a command that keeps nothing no file is to stay.
                    history = history == null ? HistoryStore.openOrCreate(store) : history;
                    say(folder + ": run " + run.id() + (history.add(run) ? " kept" : " was there already"));
                } catch (UnreadableResultsException e) {
                    complain(e.getMessage());
                    refused++;
                }
            }
        } finally {
            if (history != null) {
                history.close();
            }
        }
        if (others == folders.size() && others > 1) {
            complain("none of the " + others + " folders holds a run to keep: " + ADVICE);
        }
        return refused + others == folders.size() ? ExitCode.USAGE : refused == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    /** What is to be kept; null if there is nothing, which is said. */
    private PastRun runOf(Path folder, String host, boolean amongOthers) {
        if (amongOthers && !Files.isRegularFile(folder.resolve(RunManifest.FILE))) {
            // results/* also holds what searches, sweeps and debates have left, and the history itself.
            say(folder + ": skipped, it is no result of a comparison");
            return null;
        }
        PastRun run = PastRun.read(folder, host);
        if (!run.figures().isEmpty()) {
            return run;
        }
        // As a quick run has none.
        String why = "it has no valid, steady cell of a ranked strategy to keep";
        if (amongOthers) {
            say(folder + ": skipped, " + why);
        } else {
            complain(folder + ": nothing is kept: " + why + "; " + ADVICE);
        }
        return null;
    }

    @Command(description = "List the runs, oldest first.")
    int list(@Mixin JsonOption json) throws IOException {
        try (HistoryStore history = HistoryStore.open(store)) {
            List<PastRun> runs = history.runs();
            if (json.wanted()) {
                // A program expects a list, also one without runs.
                printJson(HistoryDocument.list(runs));
                return ExitCode.OK;
            }
            if (runs.isEmpty()) {
                return complainOfEmpty();
            }
            print(HistoryReport.list(runs));
            return ExitCode.OK;
        }
    }

    private int complainOfEmpty() {
        complain(store + ": is empty; '" + Launcher.command() + " history add DIR' keeps a run");
        return ExitCode.USAGE;
    }

    @Command(sortOptions = false,
        description = "Show each figure over the runs, with the runs at which it changed for good.")
    int show(
        @Option(names = "--strategy", paramLabel = "NAME", split = ",", description = "Only these (default: all).")
            List<String> strategies,
        @Option(names = "--figure", paramLabel = "FIGURE", split = ",", description =
            "Only these: event.p50, event.p99, event.p99.9, the same of attach, commit.p50, commit.p99 (default: "
                + "all).")
            List<String> figures,
        @Mixin JsonOption json) throws IOException {
        try (HistoryStore history = HistoryStore.open(store)) {
            List<Series> all = history.series();
            if (all.isEmpty()) {
                return complainOfEmpty();
            }
            List<Series> wanted = all.stream()
                .filter(series -> strategies == null || strategies.contains(series.strategy()))
                .filter(series -> figures == null || figures.contains(nameOf(series))).toList();
            if (wanted.isEmpty()) {
                complain(store + ": holds no such figure; it has " + names(all, HistoryCommand::nameOf) + " of "
                    + names(all, Series::strategy));
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

    /** As the option has it. */
    private static String nameOf(Series series) {
        return series.figure().replace(' ', '.');
    }

    private static String names(List<Series> all, Function<Series, String> name) {
        return all.stream().map(name).distinct().sorted().map(Wording::shown).collect(Collectors.joining(", "));
    }
}
