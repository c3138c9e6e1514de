package dev.steward.cli.arch.wrong.loadgen;

/** A load that ends the JVM. */
public final class BreaksExit {
    private BreaksExit() {
    }

    static void end() {
        Runtime.getRuntime().halt(1);
    }
}
