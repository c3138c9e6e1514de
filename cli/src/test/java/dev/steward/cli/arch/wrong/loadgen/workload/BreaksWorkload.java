package dev.steward.cli.arch.wrong.loadgen.workload;

import dev.steward.cli.arch.wrong.loadgen.rig.Rig;
import java.util.function.LongSupplier;

/** A workload that reads the clock of its rig. */
final class BreaksWorkload {
    private BreaksWorkload() {
    }

    static LongSupplier clock() {
        return Rig.READY ? System::nanoTime : () -> 0;
    }
}
