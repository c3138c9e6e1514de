package dev.steward.cli.arch.wrong.loadgen.log;

import dev.steward.cli.arch.wrong.loadgen.load.Load;

/** A reader of logs that knows what is played. */
final class BreaksLog {
    private BreaksLog() {
    }

    static boolean ready() {
        return Load.READY;
    }
}
