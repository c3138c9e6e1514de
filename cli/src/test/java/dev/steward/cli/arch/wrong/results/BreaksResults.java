package dev.steward.cli.arch.wrong.results;

import dev.steward.cli.arch.wrong.engine.smmu.BreaksEngine;

/** Result records that know the engine. */
final class BreaksResults {
    private BreaksResults() {
    }

    static Class<?> engine() {
        return BreaksEngine.class;
    }
}
