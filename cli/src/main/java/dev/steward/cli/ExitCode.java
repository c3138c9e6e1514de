package dev.steward.cli;

/** Exit codes of every command. */
final class ExitCode {
    /** All went well. */
    static final int OK = 0;
    /** A run failed or was interrupted; what was measured is kept. */
    static final int FAILED = 1;
    /** The command line, a scenario or an input file is not usable; nothing was run. */
    static final int USAGE = 2;

    /** Nothing was wrong, and nothing that was asked could be decided. */
    static final int UNDECIDED = 3;

    private ExitCode() {
    }
}
