package dev.steward.cli.arch.wrong.loadgen;

import dev.steward.cli.arch.wrong.reports.BreaksStreams;

/** A load that knows the reports. */
final class BreaksLoadgen {
    private BreaksLoadgen() {
    }

    static Class<?> reports() {
        return BreaksStreams.class;
    }
}
