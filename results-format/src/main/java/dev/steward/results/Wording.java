package dev.steward.results;

import java.util.Locale;

/** Numbers within sentences: the same in every locale, with the right plural. */
public final class Wording {
    private Wording() {
    }

    /** {@return a number of things: {@code 1 cell}, {@code 2 cells}, {@code 2 strategies}} */
    public static String counted(long number, String noun) {
        return number + " " + plural(number, noun);
    }

    /** {@return a noun as it follows a number: in the plural for any but 1} */
    public static String plural(long number, String noun) {
        if (number == 1) {
            return noun;
        }
        return noun.endsWith("y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
    }

    /** Formats as {@link String#format}, the same in every locale. */
    public static String format(String format, Object... figures) {
        return String.format(Locale.ROOT, format, figures);
    }
}
