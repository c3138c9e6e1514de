package dev.steward.cli.arch.wrong.loadgen.workload;

import dev.steward.cli.arch.wrong.loadgen.load.Load;
import java.util.function.LongSupplier;

/** A workload that reads the clock of a cell. */
final class BreaksWorkload {
    private BreaksWorkload() {
    }

    static LongSupplier clock() {
        return Load.READY ? System::nanoTime : () -> 0;
    }
}
