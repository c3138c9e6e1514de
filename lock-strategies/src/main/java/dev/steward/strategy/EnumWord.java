package dev.steward.strategy;

import java.util.Locale;

/** The names of constants as they are written on the command line and in results. */
public final class EnumWord {
    private EnumWord() {
    }

    /** In lower case, with hyphens. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
