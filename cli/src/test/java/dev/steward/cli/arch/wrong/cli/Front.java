package dev.steward.cli.arch.wrong.cli;

/** The front door of the wrong house. */
public final class Front {
    private Front() {
    }
}
