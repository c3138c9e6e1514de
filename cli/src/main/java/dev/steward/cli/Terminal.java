package dev.steward.cli;

/**
 * Whether a person watches, and how wide the window is.
 *
 * @param columns of the terminal, 0 without one.
 */
record Terminal(int columns) {
    private static final String COLUMNS_PROP_NAME = "steward.columns";
    private static final String OUT_PROP_NAME = "steward.out.terminal";
    private static final int MAX_LINE_LENGTH = 79;

    /** The launcher tells, since a JVM since 22 has a console also where there is no terminal. */
    static Terminal ofLauncher() {
        return new Terminal(Integer.getInteger(COLUMNS_PROP_NAME, 0));
    }

    boolean present() {
        return columns > 0;
    }

    /** Whether output may be coloured: to a terminal, and unless the user forbids it (https://no-color.org). */
    boolean colours() {
        String forbidden = System.getenv("NO_COLOR");
        return present() && Boolean.getBoolean(OUT_PROP_NAME) && (forbidden == null || forbidden.isEmpty());
    }

    /** The last column stays free: some terminals begin a new line as soon as it is written. */
    int lineLength() {
        return Math.min(MAX_LINE_LENGTH, columns - 1);
    }
}
