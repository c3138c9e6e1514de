package dev.steward.results;

/** How people start the suite here, for what they are told to type. */
public final class Launcher {
    private static final String COMMAND_PROP_NAME = "steward.command";

    private Launcher() {
    }

    /** {@return the command as the launcher says it: {@code steward} where that is found, else {@code ./steward}} */
    public static String command() {
        return System.getProperty(COMMAND_PROP_NAME, "./steward");
    }
}
