package dev.steward.loadgen.kernel;

import dev.steward.results.Wording;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of the module: {@code stewardscale: v1 KIND key=value ...}. Immutable.
 *
 * @param kind   first word: begin, figure, buckets, end, refused, stopped
 * @param text   what stands behind it
 * @param fields the pairs of the text
 */
record ScaleLine(int version, String kind, String text, Map<String, String> fields) {
    /** Version of the lines that is read. */
    static final int VERSION = 1;

    private static final Pattern LINE = Pattern.compile("stewardscale: v(\\d{1,9}) ([a-z]+)(?: (.*))?");
    private static final Pattern FIELD = Pattern.compile("(\\S+?)=(\\S*)");

    /** {@return the line that a message is, null for a message of somebody else} */
    static ScaleLine of(String message) {
        Matcher line = LINE.matcher(message.stripTrailing());
        if (!line.matches()) {
            return null;
        }
        String text = line.group(3) == null ? "" : line.group(3);
        Map<String, String> fields = new HashMap<>();
        Matcher field = FIELD.matcher(text);
        while (field.find()) {
            fields.put(field.group(1), field.group(2));
        }
        return new ScaleLine(Integer.parseInt(line.group(1)), line.group(2), text, fields);
    }

    /**
     * A field that every line of the kind has.
     *
     * @throws IllegalArgumentException if this one has not
     */
    String word(String key) {
        String value = fields.get(key);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("has no '" + key + "'");
        }
        return value;
    }

    /**
     * A number that is not negative.
     *
     * @throws IllegalArgumentException if it is none
     */
    long number(String key) {
        String value = word(key);
        try {
            long number = Long.parseLong(value);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException("has no number in '" + Wording.shown(key + "=" + value) + "'");
    }

    /** As {@link #number}, in the range of an int. */
    int small(String key) {
        long number = number(key);
        if (number > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("has too large a number in '" + key + "=" + number + "'");
        }
        return (int) number;
    }

    boolean flag(String key) {
        return number(key) != 0;
    }
}
