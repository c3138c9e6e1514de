package dev.steward.cli.arch.wrong.reports.two;

import dev.steward.cli.arch.wrong.reports.one.BreaksCircle;

/** The other half. */
public final class ClosesCircle {
    private ClosesCircle() {
    }

    static Class<?> other() {
        return BreaksCircle.class;
    }
}
