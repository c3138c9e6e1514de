package dev.steward.results;

import java.util.regex.Pattern;

/** Names that become those of files and folders: none can lead out of the folder that it stands in. Pure functions. */
public final class PlainName {
    /** As a regular expression, without groups. */
    public static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]*";

    private static final Pattern PLAIN = Pattern.compile(PATTERN);

    private PlainName() {
    }

    /** {@return whether a name is one} */
    public static boolean is(String name) {
        return PLAIN.matcher(name).matches();
    }
}
