package dev.steward.cli.arch.wrong.jmh;

import dev.steward.cli.arch.wrong.loadgen.BreaksExit;

/** Benchmarks that know more of the load generator than its workloads. */
final class BreaksJmh {
    private BreaksJmh() {
    }

    static Class<?> rig() {
        return BreaksExit.class;
    }
}
