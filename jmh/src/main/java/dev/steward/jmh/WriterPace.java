package dev.steward.jmh;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The pace of a benchmark's one writer; a class of its own, since public fields of the writer are its counters. */
@State(Scope.Benchmark)
public class WriterPace {
    /** Writes per second, a number or "unlimited". */
    @Param({"0", "1000", "100000", "unlimited"})
    public String writesPerSecond;
}
