package dev.steward.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** Which strategies a run compares; the defaults are those of {@code StrategyChoice}. */
final class StrategyOption {
    /** Those of the defaults that have a lock. */
    static final String RANKED = "mutex, rwlock-spin, stamped, rcu-page";

    @Option(names = "--strategy", paramLabel = "NAME", split = ",",
        description = "Strategies, separated by commas, or all (default: " + RANKED + ", unguarded, and those of your "
            + "own jars).")
    private List<String> names = List.of();

    List<String> names() {
        return names;
    }
}
