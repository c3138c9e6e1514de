package dev.steward.loadgen.turn;

import java.util.List;

/**
 * One strategy of one build.
 *
 * @param name    under which it stands in results.
 * @param command that starts its JVM, arguments included.
 */
public record Contestant(String name, List<String> command) {
    /** Copies the list. */
    public Contestant {
        command = List.copyOf(command);
    }
}
