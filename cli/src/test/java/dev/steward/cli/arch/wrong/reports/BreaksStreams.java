package dev.steward.cli.arch.wrong.reports;

/** Reports that print. */
public final class BreaksStreams {
    private BreaksStreams() {
    }

    static void print() {
        System.out.print("");
    }
}
