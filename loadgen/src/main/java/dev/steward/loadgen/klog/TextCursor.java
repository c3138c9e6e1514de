package dev.steward.loadgen.klog;

/**
 * Reads a message from left to right and remembers how it failed: because the text ended too early, which a
 * continuation line may heal, or because it says something else. Not thread-safe.
 */
final class TextCursor {
    private static final String[] ESCAPED_TABS = {"#011", "\\t", "\\x09", "^I"};
    private static final int HEX_RADIX = 16;

    private final String text;
    private int at;
    private TextState state = TextState.WHOLE;

    TextCursor(String text, int at) {
        this.text = text;
        this.at = at;
    }

    TextState state() {
        return state;
    }

    boolean isWhole() {
        return state == TextState.WHOLE;
    }

    /**
     * Takes a literal after optional blanks.
     *
     * @param literal what must follow.
     * @return whether it did; if not, the state says why.
     */
    boolean take(String literal) {
        if (!isWhole()) {
            return false;
        }
        if (takeIf(literal)) {
            return true;
        }
        return fail(literal);
    }

    /**
     * Takes a literal if it follows; no failure otherwise.
     *
     * @param literal what may follow.
     * @return whether it did.
     */
    boolean takeIf(String literal) {
        int start = skipBlanks(text, at);
        if (isWhole() && text.startsWith(literal, start)) {
            at = start + literal.length();
            return true;
        }
        return false;
    }

    /**
     * Takes one of two words.
     *
     * @param yes word for true.
     * @param no  word for false.
     * @return null if neither follows.
     */
    Boolean either(String yes, String no) {
        if (takeWord(yes)) {
            return Boolean.TRUE;
        }
        if (takeWord(no)) {
            return Boolean.FALSE;
        }
        if (isWhole()) {
            String rest = text.substring(skipBlanks(text, at));
            state = yes.startsWith(rest) || no.startsWith(rest) ? TextState.CUT : TextState.DAMAGED;
        }
        return null;
    }

    /**
     * Takes a whole word if it follows; no failure otherwise.
     *
     * @param word what may follow, up to a blank or the end.
     * @return whether it did.
     */
    boolean takeWord(String word) {
        int start = skipBlanks(text, at);
        int end = start + word.length();
        if (isWhole() && text.startsWith(word, start) && (end == text.length() || text.charAt(end) <= ' ')) {
            at = end;
            return true;
        }
        return false;
    }

    /**
     * Takes everything up to the next blank.
     *
     * @return the text, null if nothing or no blank follows.
     */
    String token() {
        if (!isWhole()) {
            return null;
        }
        int start = skipBlanks(text, at);
        int end = text.indexOf(' ', start);
        if (end < 0) {
            state = TextState.CUT;
            return null;
        }
        at = end;
        return text.substring(start, end);
    }

    /**
     * Takes everything up to a mark, and the mark.
     *
     * @param mark what ends the text.
     * @return the text without blanks around it, null if the mark is missing.
     */
    String upTo(String mark) {
        if (!isWhole()) {
            return null;
        }
        int end = text.indexOf(mark, at);
        if (end < 0) {
            state = TextState.CUT;
            return null;
        }
        String found = text.substring(at, end).strip();
        at = end + mark.length();
        return found;
    }

    /**
     * Takes a number as the kernel prints it with {@code %#x}: 0x and no needless zero, or a bare 0.
     *
     * @param maxDigits most digits it can have.
     * @param last      whether the text may end with it; otherwise a number at the end may have lost digits.
     * @return its bits, null if no such number follows.
     */
    Long hex(int maxDigits, boolean last) {
        if (!isWhole()) {
            return null;
        }
        int start = skipBlanks(text, at);
        boolean prefixed = text.startsWith("0x", start);
        int digits = prefixed ? start + 2 : start;
        int end = skipHex(text, digits);
        if (end == text.length() && (end == digits || !prefixed || !last)) {
            state = TextState.CUT;
            return null;
        }
        boolean bareZero = !prefixed && end == start + 1 && text.charAt(start) == '0';
        boolean shaped = prefixed && end - digits >= 1 && end - digits <= maxDigits
            && (text.charAt(digits) != '0' || end == digits + 1);
        if (!(shaped || bareZero) || end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            state = TextState.DAMAGED;
            return null;
        }
        at = end;
        return Long.parseUnsignedLong(text, digits, end, HEX_RADIX);
    }

    private boolean fail(String literal) {
        state = literal.startsWith(text.substring(skipBlanks(text, at))) ? TextState.CUT : TextState.DAMAGED;
        return false;
    }

    /**
     * Length of a tab that a log daemon or a viewer wrote out: rsyslog, JSON, {@code /dev/kmsg}, {@code cat -A}.
     *
     * @param text any text.
     * @param at   index to look at.
     * @return 0 if there is none.
     */
    static int escapedTabLength(String text, int at) {
        for (String escape : ESCAPED_TABS) {
            if (text.startsWith(escape, at)) {
                return escape.length();
            }
        }
        return 0;
    }

    static int skipBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    static int skipDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    static int skipHex(String text, int from) {
        int at = from;
        while (at < text.length() && isHex(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Value of up to sixteen hexadecimal digits. */
    static long hexValue(String text, int from, int to) {
        long value = 0;
        for (int at = from; at < to; at++) {
            value = value << 4 | Character.digit(text.charAt(at), HEX_RADIX);
        }
        return value;
    }

    static boolean isHex(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }
}
