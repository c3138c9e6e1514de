package dev.steward.cli;

import picocli.CommandLine.Option;

/** For commands whose answer is there for programs as well: one JSON document, alone on standard output. */
final class JsonOption {
    @Option(names = "--json", description = "Print the answer as one JSON document instead.")
    private boolean wanted;

    boolean wanted() {
        return wanted;
    }
}
