package dev.steward.loadgen.log;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a message piece by piece and remembers how it failed: because the text ended too early, which a continuation
 * line may heal, or because it says something else.
 *
 * <p>Threading: one thread.
 */
final class TextCursor {
    private static final int HEX_RADIX = 16;

    private final String text;
    private final Matcher matcher;
    private int at;
    private TextState state = TextState.WHOLE;

    TextCursor(String text) {
        this.text = text;
        this.matcher = Pattern.compile("").matcher(text);
    }

    /** A word between blanks, one of several. */
    static Pattern word(String words) {
        return Pattern.compile("\\s*(" + words + ")(?!\\S)");
    }

    /**
     * A number behind its key as the kernel prints it with {@code %#x}: 0x and no needless zero, or a bare 0.
     *
     * @param maxDigits most digits it can have.
     * @param last      whether the text may end with it; otherwise a number at the end may have lost digits.
     */
    static Pattern hex(String key, int maxDigits, boolean last) {
        return Pattern.compile("\\s*" + key + "\\s*(0x(?:0|[1-9a-fA-F][0-9a-fA-F]{0," + (maxDigits - 1) + "})"
            + (last ? "(?![0-9a-zA-Z])" : "(?=[^0-9a-zA-Z])") + "|0(?=[^0-9a-zA-Z]))");
    }

    TextState state() {
        return state;
    }

    /** Takes a pattern and gives its first group, null if it does not follow: then the state says why. */
    String take(Pattern pattern) {
        boolean whole = state == TextState.WHOLE;
        if (whole && !takeIf(pattern)) {
            state = TextState.of(false, matcher);
        }
        return whole && state == TextState.WHOLE ? matcher.group(1) : null;
    }

    /** Takes a number. */
    Long takeHex(Pattern pattern) {
        String digits = take(pattern);
        return digits == null ? null
            : Long.valueOf(Long.parseUnsignedLong(digits.startsWith("0x") ? digits.substring(2) : digits, HEX_RADIX));
    }

    /** Takes one of two words: whether it was the first, null if it was neither. */
    Boolean takeEither(Pattern words, String yes) {
        String word = take(words);
        return word == null ? null : Boolean.valueOf(word.equals(yes));
    }

    /** Takes a pattern if it follows; no failure otherwise. */
    boolean takeIf(Pattern pattern) {
        boolean found = state == TextState.WHOLE && matcher.usePattern(pattern).region(at, text.length()).lookingAt();
        at = found ? matcher.end() : at;
        return found;
    }
}
