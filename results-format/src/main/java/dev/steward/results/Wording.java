package dev.steward.results;

import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers within sentences: the same in every locale, with the right plural. */
public final class Wording {
    private static final int SHOWN = 80;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");
    private static final Pattern UNPRINTABLE_IN_LINES = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}&&[^\n\t]]");

    private Wording() {
    }

    /** {@return text of unknown content on one line, without what a terminal would obey or hide} */
    public static String oneLine(String text) {
        return UNPRINTABLE.matcher(text).replaceAll("?");
    }

    /** {@return text of unknown content without what a terminal would obey or hide; line feeds and tabs stay} */
    static String printable(String text) {
        return UNPRINTABLE_IN_LINES.matcher(text).replaceAll("?");
    }

    /** {@return text of unknown content as it can be put into a message: on one line, of a readable length} */
    public static String shown(String text) {
        String line = oneLine(text);
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
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

    /** {@return a time of some milliseconds: {@code 7 s}, {@code 1 min 05 s}, {@code 2 h 03 min}, rounded up} */
    public static String time(long ms) {
        long seconds = (ms + 999) / 1_000;
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3_600 ? format("%d min %02d s", seconds / 60, seconds % 60)
            : format("%d h %02d min", seconds / 3_600, seconds / 60 % 60);
    }

    /** {@return how long something still takes, as far as that can be guessed: {@code about 7 s left}} */
    public static String left(long ms) {
        // What was guessed is over, and the work is not: nobody knows how near its end is.
        return ms <= 0 ? "longer than expected" : "about " + time(ms) + " left";
    }

    /** {@return how much of a budget is left: {@code about 7 s left}, {@code budget spent}} */
    public static String leftOfBudget(long ms) {
        return ms <= 0 ? "budget spent" : left(ms);
    }

    /** Formats as {@link String#format}, the same in every locale. */
    public static String format(String format, Object... figures) {
        return String.format(Locale.ROOT, format, figures);
    }
}
