package dev.steward.loadgen.turn;

import dev.steward.results.RunManifest;
import java.util.List;
import java.util.Set;

/**
 * One strategy of one build.
 *
 * @param name    under which it stands in results.
 * @param command that starts its JVM, arguments included.
 * @param unknown settings that its build does not know and is not told.
 */
public record Contestant(String name, List<String> command, Set<String> unknown) {
    /** Copies list and set. */
    public Contestant {
        command = List.copyOf(command);
        unknown = Set.copyOf(unknown);
    }

    /** Whether it is of the build that this one is compared against. */
    boolean isOfOtherBuild() {
        return name.endsWith(RunManifest.StrategyInfo.AGAINST);
    }
}
