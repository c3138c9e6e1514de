package dev.steward.cli.arch.wrong.loadgen.run;

import dev.steward.cli.arch.wrong.loadgen.load.Load;

/** A run that reaches past the cell for its load. */
final class BreaksRooms {
    private BreaksRooms() {
    }

    static boolean ready() {
        return Load.READY;
    }
}
