package dev.steward.cli;

import dev.steward.catalog.Fact;
import dev.steward.catalog.Strategies;
import dev.steward.catalog.StrategyPage;
import dev.steward.loadgen.run.StrategyChoice;
import dev.steward.results.Launcher;
import dev.steward.strategy.EnumWord;
import dev.steward.strategy.Family;
import dev.steward.strategy.Strategy;
import dev.steward.strategy.StrategyDescription;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.text.WordUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the strategies with what a driver author wants to know of each. */
@Command(
    name = "strategies",
    description = "List the strategies and designs, or tell all about the named ones (all, designs for all of a kind).",
    footer = {
        "",
        "Variants stand after a colon, as in mutex:striped16 or rcu-page:qsbr:deferred."
    })
final class StrategiesCommand extends SuiteCommand {
    /** Of a line of 80. */
    private static final String FACT_INDENT = " ".repeat(19);
    private static final int FACT_COLUMNS = 61;

    @Parameters(paramLabel = "NAME", description = "Strategy, maybe with a variant.")
    private List<String> names = List.of();

    @Option(names = "--format", paramLabel = "NAME", defaultValue = "txt",
        description = "txt, or md for a page about all that come with the suite (default: txt).")
    private String format;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        if (json.wanted()) {
            if (!format.equals("txt")) {
                throw refusal("--json and --format " + format + ": name one");
            }
            printJson(StrategiesDocument.of(names.isEmpty()
                ? Stream.concat(Strategies.all().stream(), Strategies.designs().stream()).toList()
                : StrategyChoice.listed(names)));
            return ExitCode.OK;
        }
        switch (format) {
            case "txt" -> printText(out());
            case "md" -> printPage();
            default -> throw refusal("--format: unknown format '" + format + "'; allowed: txt, md");
        }
        return ExitCode.OK;
    }

    private void printPage() {
        if (!names.isEmpty()) {
            throw refusal("--format md writes one page about all strategies; name none");
        }
        print(StrategyPage.markdown());
    }

    private void printText(PrintWriter out) {
        if (names.isEmpty()) {
            printTable(out, describe(Strategies.all()));
            out.println();
            out.println("designs: tree, nested locks, scans; in a comparison only if named");
            printRows(out, describe(Strategies.designs()));
            out.println();
            Strategies.cannotRun(Strategies.all()).forEach(out::println);
            out.println("'" + Launcher.command() + " strategies NAME' tells sources, costs, context and limits.");
        } else {
            StrategyChoice.listed(names).forEach(strategy -> printDetails(out, strategy));
        }
        out.flush();
    }

    private static List<StrategyDescription> describe(List<Strategy> strategies) {
        return strategies.stream().map(Strategy::description).toList();
    }

    private static void printTable(PrintWriter out, List<StrategyDescription> strategies) {
        String row = rowOf(strategies);
        Family family = null;
        for (StrategyDescription strategy : strategies) {
            if (strategy.family() != family) {
                family = strategy.family();
                out.println(EnumWord.of(family));
            }
            out.printf(row, strategy.name(), strategy.title());
        }
    }

    private static void printRows(PrintWriter out, List<StrategyDescription> strategies) {
        String row = rowOf(strategies);
        strategies.forEach(strategy -> out.printf(row, strategy.name(), strategy.title()));
    }

    private static String rowOf(List<StrategyDescription> strategies) {
        int width = strategies.stream().mapToInt(strategy -> strategy.name().length()).max().orElse(0);
        return "  %-" + width + "s  %s%n";
    }

    private static void printDetails(PrintWriter out, Strategy strategy) {
        out.printf("%s: %s%n", strategy.description().name(), strategy.description().title());
        Fact.of(strategy).forEach(fact -> printFact(out, fact));
        strategy.refusal().ifPresent(refusal -> printFact(out, new Fact("cannot run", refusal)));
    }

    private static void printFact(PrintWriter out, Fact fact) {
        String value = WordUtils.wrap(fact.value(), FACT_COLUMNS, System.lineSeparator() + FACT_INDENT, false);
        out.printf("    %-14s %s%n", fact.label() + ":", value);
    }
}
