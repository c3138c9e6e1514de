package dev.steward.cli.arch.wrong.catalog;

import dev.steward.cli.arch.wrong.loadgen.BreaksExit;

/** A list that knows the load. */
final class BreaksCatalog {
    private BreaksCatalog() {
    }

    static Class<?> load() {
        return BreaksExit.class;
    }
}
