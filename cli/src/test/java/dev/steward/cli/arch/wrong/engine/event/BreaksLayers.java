package dev.steward.cli.arch.wrong.engine.event;

import dev.steward.cli.arch.wrong.engine.smmu.BreaksEngine;

/** An event that knows the SMMU. */
final class BreaksLayers {
    private BreaksLayers() {
    }

    static Class<?> above() {
        return BreaksEngine.class;
    }
}
