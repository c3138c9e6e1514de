package dev.steward.loadgen.cell;

import java.util.ArrayList;
import java.util.List;

/**
 * The methods that carry out one operation of a thread, and the flags that keep the compiler from putting them into the
 * loops that call them.
 *
 * <p>A loop runs once in a cell, so it is compiled while it runs (on-stack replacement) or not at all: a loop of a
 * thousand attaches a second never is. What it calls would then be code of the lowest compiler that no long-lived
 * process runs, and another mixture in each JVM. Compiled apart, an operation reaches the last compiler in the
 * rehearsal and is the same code from the first turn to the last. JMH does the same with the methods that it measures.
 */
public final class CompiledApart {
    private static final List<String> METHODS = List.of(
        "dev.steward.engine.smmu.EventHandler::handle",
        "dev.steward.engine.smmu.EventThread::drain",
        "dev.steward.loadgen.load.ChurnLoad::operate",
        "dev.steward.loadgen.load.StormLoad::send",
        "dev.steward.loadgen.load.InvalidationLoad::invalidate",
        "dev.steward.loadgen.guest.VmmReader::takeRound");

    private CompiledApart() {
    }

    /** Flags of a JVM that measures. */
    public static List<String> flags() {
        List<String> flags = new ArrayList<>(List.of("-XX:CompileCommand=quiet"));
        METHODS.forEach(method -> flags.add("-XX:CompileCommand=dontinline," + method));
        return flags;
    }
}
