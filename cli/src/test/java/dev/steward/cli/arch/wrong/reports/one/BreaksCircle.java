package dev.steward.cli.arch.wrong.reports.one;

import dev.steward.cli.arch.wrong.reports.two.ClosesCircle;

/** One half of a circle. */
public final class BreaksCircle {
    private BreaksCircle() {
    }

    static Class<?> other() {
        return ClosesCircle.class;
    }
}
