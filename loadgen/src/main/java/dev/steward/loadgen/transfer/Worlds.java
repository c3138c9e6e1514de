package dev.steward.loadgen.transfer;

import dev.steward.loadgen.transfer.TransferTurns.Entrant;
import dev.steward.results.LockFigure.World;
import java.util.List;

/** Where contestants come from. */
public final class Worlds {
    private Worlds() {
    }

    /**
     * A strategy in JVMs of its own.
     *
     * @param lane arguments of such a JVM, before the name of the strategy.
     */
    public static Entrant jvm(String strategy, boolean floor, List<String> lane) {
        return new Entrant(World.JVM, strategy, strategy, floor, generation -> new LiveLane(strategy, lane));
    }

    /** A lock of the twin. */
    public static Entrant c(Twin twin, Twin.Lock lock) {
        return new Entrant(World.C, lock.name(), lock.strategy(), lock.racy(), generation -> twin.contestant(lock));
    }
}
