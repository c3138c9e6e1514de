package dev.steward.cli;

/** Exit codes of every command. */
final class ExitCode {
    /** All went well. */
    static final int OK = 0;
    /** A run failed or was interrupted, or output was lost; what was measured is kept. */
    static final int FAILED = 1;
    /**
     * The command line, a scenario, an input file or a place for results is not usable; nothing was run. A task of a
     * fleet ends with 1 where the place is at fault, since another machine may have a better one.
     */
    static final int USAGE = 2;

    /** Nothing was wrong, and nothing that was asked could be decided. */
    static final int UNDECIDED = 3;

    private ExitCode() {
    }
}
