package dev.steward.cli.arch.wrong.loadgen.load;

/** A load of the wrong house. */
public final class Load {
    /** Not a constant, so that its readers depend on it. */
    public static final boolean READY = Boolean.parseBoolean("true");

    private Load() {
    }
}
