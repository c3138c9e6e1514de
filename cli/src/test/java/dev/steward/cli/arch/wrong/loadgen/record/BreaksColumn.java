package dev.steward.cli.arch.wrong.loadgen.record;

import dev.steward.cli.arch.wrong.loadgen.load.Load;

/** A recorder that knows which load it records. */
final class BreaksColumn {
    private BreaksColumn() {
    }

    static boolean ready() {
        return Load.READY;
    }
}
