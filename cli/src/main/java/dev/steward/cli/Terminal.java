package dev.steward.cli;

/**
 * Whether a person watches.
 */
final class Terminal {
    private Terminal() {
    }

    /** The launcher tells, since a JVM since 22 has a console also where there is no terminal. */
    static boolean present() {
        return Boolean.getBoolean("steward.terminal");
    }
}
