package dev.steward.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** Which strategies a run compares. */
final class StrategyOption {
    @Option(names = "--strategy", paramLabel = "NAME", split = ",",
        description = "Strategies, separated by commas, or all (default: one of each kind).")
    private List<String> names = List.of();

    List<String> names() {
        return names;
    }
}
