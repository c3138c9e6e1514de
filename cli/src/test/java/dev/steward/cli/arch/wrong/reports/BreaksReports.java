package dev.steward.cli.arch.wrong.reports;

import dev.steward.cli.arch.wrong.engine.smmu.BreaksEngine;

/** Reports that know the engine. */
final class BreaksReports {
    private BreaksReports() {
    }

    static Class<?> engine() {
        return BreaksEngine.class;
    }
}
