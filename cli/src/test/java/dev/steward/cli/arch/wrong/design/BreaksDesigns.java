package dev.steward.cli.arch.wrong.design;

import dev.steward.cli.arch.wrong.loadgen.BreaksExit;

/** A design that knows the load. */
final class BreaksDesigns {
    private BreaksDesigns() {
    }

    static Class<?> load() {
        return BreaksExit.class;
    }
}
