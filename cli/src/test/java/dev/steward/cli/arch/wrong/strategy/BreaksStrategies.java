package dev.steward.cli.arch.wrong.strategy;

import dev.steward.cli.arch.wrong.loadgen.BreaksExit;

/** A strategy that knows the load. */
final class BreaksStrategies {
    private BreaksStrategies() {
    }

    static Class<?> load() {
        return BreaksExit.class;
    }
}
