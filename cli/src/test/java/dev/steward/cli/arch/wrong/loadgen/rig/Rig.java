package dev.steward.cli.arch.wrong.loadgen.rig;

/** A rig of the wrong house. */
public final class Rig {
    /** Not a constant, so that its readers depend on it. */
    public static final boolean READY = Boolean.parseBoolean("true");

    private Rig() {
    }
}
