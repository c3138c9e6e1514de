package dev.steward.cli.arch.wrong.strategy;

/** A strategy with a clock of its own. */
final class BreaksClock {
    private BreaksClock() {
    }

    static long nowMs() {
        return System.currentTimeMillis();
    }
}
