package dev.steward.cli;

import dev.steward.design.DesignPoint;
import dev.steward.design.KernelDesign;
import dev.steward.design.Promise;
import dev.steward.loadgen.run.StrategyChoice;
import dev.steward.strategy.Strategy;
import dev.steward.strategy.Strategies;
import dev.steward.strategy.StrategyInfo;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Lists the strategies with what a driver author wants to know of each.
 */
@Command(
    name = "strategies",
    description = "List the strategies and designs, or tell all about the named ones (all, designs for all of a kind).",
    footer = {
        "",
        "Variants stand after a colon, as in mutex:striped16 or rcu-page:qsbr:deferred."
    })
final class StrategiesCommand extends SuiteCommand {
    @Parameters(paramLabel = "NAME", description = "Strategy, maybe with a variant.")
    private List<String> names = List.of();

    @Override
    public Integer call() {
        PrintWriter out = out();
        if (names.isEmpty()) {
            printTable(out, Strategies.all().stream().map(Strategy::info).toList());
            printDesigns(out);
        } else {
            StrategyChoice.named(names).forEach(strategy -> printDetails(out, strategy));
        }
        out.flush();
        return ExitCode.OK;
    }

    private static void printTable(PrintWriter out, List<StrategyInfo> infos) {
        int nameWidth = infos.stream().mapToInt(info -> info.name().length()).max().orElse(0);
        String row = "  %-" + nameWidth + "s  %s%n";
        StrategyInfo.Family family = null;
        for (StrategyInfo info : infos) {
            if (info.family() != family) {
                family = info.family();
                out.println(word(family));
            }
            out.printf(row, info.name(), info.title());
        }
    }

    private static void printDesigns(PrintWriter out) {
        out.println();
        out.println("designs: tree, nested locks, scans; in a comparison only if named");
        KernelDesign[] designs = KernelDesign.values();
        int nameWidth = Stream.of(designs).mapToInt(design -> design.info().name().length()).max().orElse(0);
        for (KernelDesign design : designs) {
            out.printf("  %-" + nameWidth + "s  %s%n", design.info().name(), design.info().title());
        }
        out.println();
        out.println("'./steward strategies NAME' tells sources, costs, context and limits.");
    }

    private static void printDetails(PrintWriter out, Strategy strategy) {
        StrategyInfo info = strategy.info();
        out.printf("%s: %s%n", info.name(), info.title());
        out.printf("    family:        %s%s%n", word(info.family()), info.ranked() ? "" : " (not ranked)");
        out.printf("    source:        %s%n", info.source());
        out.printf("    kernel:        %s%n", info.kernelPrimitive());
        out.printf("    context:       %s%n", info.context());
        out.printf("    reader writes: %s%n", info.readerWrites());
        out.printf("    writer writes: %s%n", info.writerWrites());
        out.printf("    old viommu:    %s%n", switch (info.quiescence()) {
            case AT_COMMIT -> "out of reach when attach returns";
            case AT_DESTROY -> "out of reach when the destroy of a vIOMMU has waited";
            case NEVER -> "never known to be out of reach";
        });
        KernelDesign.of(strategy).ifPresent(design -> printDesign(out, design));
        out.printf("    compare with:  %s (floor of the same layout)%n", info.floor());
        out.printf("    garbage:       %s%n", info.allocationFree() ? "none per event or attach" : "yes, by nature");
        out.printf("    variants:      %s%n", variants(strategy));
        out.printf("    not modelled:  %s%n", info.notModelled());
    }

    private static String variants(Strategy strategy) {
        String variants = KernelDesign.of(strategy)
            .map(design -> String.join("|", design.variants()))
            .orElseGet(() -> strategy.info().dimensions().stream()
                .map(dimension -> String.join("|", dimension.words())).collect(Collectors.joining(" : ")));
        return variants.isEmpty() ? "none" : variants;
    }

    private static void printDesign(PrintWriter out, KernelDesign design) {
        DesignPoint point = design.point();
        out.printf("    origin:        %s%n", point.origin());
        out.printf("    locks:         %s%n", point.lock());
        out.printf("    scope:         %s%n", point.scope());
        out.printf("    look-up:       %s%n", point.lookUp());
        out.printf("    attach:        %s%n", point.attach());
        out.printf("    differs:       %s%n", point.differs());
        for (Promise promise : Promise.values()) {
            out.printf("    %s %s%n", design.promises().contains(promise) ? "promises:     " : "no promise:   ",
                promise.words());
        }
    }

    private static String word(StrategyInfo.Family family) {
        return family.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
