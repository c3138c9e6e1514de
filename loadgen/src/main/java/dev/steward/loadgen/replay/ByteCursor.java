package dev.steward.loadgen.replay;

/**
 * Reads a line from left to right and remembers how it failed: because the line ended too early, which the next one may
 * heal, or because it says something else.
 *
 * <p>Threading: one thread.
 */
final class ByteCursor {
    private static final int MAX_HEX_DIGITS = 16;
    private static final int MAX_DECIMAL_DIGITS = 18;

    private TextLine line;
    private int at;
    private boolean cut;
    private boolean damaged;

    ByteCursor on(TextLine text, int from) {
        line = text;
        at = from;
        cut = false;
        damaged = false;
        return this;
    }

    boolean isWhole() {
        return !cut && !damaged;
    }

    Reading reading() {
        return cut ? Reading.CUT : damaged ? Reading.DAMAGED : Reading.USED;
    }

    int at() {
        return at;
    }

    boolean atEnd() {
        skipBlanks();
        return at >= line.end;
    }

    /** Takes a text after optional blanks, or fails. */
    boolean take(byte[] text) {
        if (!isWhole()) {
            return false;
        }
        if (takeIf(text)) {
            return true;
        }
        int left = line.end - at;
        boolean prefix = left < text.length;
        for (int i = 0; prefix && i < left; i++) {
            prefix = line.bytes[at + i] == text[i];
        }
        cut = prefix;
        damaged = !prefix;
        return false;
    }

    /** Takes a text after optional blanks if it follows. */
    boolean takeIf(byte[] text) {
        skipBlanks();
        if (isWhole() && line.startsWith(text, at)) {
            at += text.length;
            return true;
        }
        return false;
    }

    /** Takes a word: everything up to a blank or one of a few other ends. Cut if the line ends with it. */
    int takeWord(String ends) {
        skipBlanks();
        int from = at;
        while (isWhole() && at < line.end && !TextLine.isBlank(line.bytes[at]) && ends.indexOf(line.bytes[at]) < 0) {
            at++;
        }
        if (at == line.end) {
            cut = true;
        } else if (at == from) {
            damaged = true;
        }
        return from;
    }

    /**
     * Takes a hexadecimal number, with or without 0x.
     *
     * @param minDigits fewest digits that the kernel prints.
     * @param mayEnd    whether the line may end with it; else its end has to be seen.
     */
    long takeHex(int minDigits, boolean mayEnd) {
        skipBlanks();
        if (at + 1 < line.end && line.bytes[at] == '0' && (line.bytes[at + 1] | 0x20) == 'x') {
            at += 2;
        }
        int from = at;
        long value = 0;
        while (at < line.end && hexDigit(line.bytes[at]) >= 0) {
            value = value << 4 | hexDigit(line.bytes[at]);
            at++;
        }
        endNumber(at - from, minDigits, MAX_HEX_DIGITS, mayEnd);
        return value;
    }

    long takeDecimal(boolean mayEnd) {
        skipBlanks();
        int from = at;
        long value = 0;
        while (at < line.end && TextLine.isDigit(line.bytes[at]) && at - from <= MAX_DECIMAL_DIGITS) {
            value = value * 10 + line.bytes[at] - '0';
            at++;
        }
        endNumber(at - from, 1, MAX_DECIMAL_DIGITS, mayEnd);
        return value;
    }

    private void endNumber(int digits, int min, int max, boolean mayEnd) {
        if (!isWhole()) {
            return;
        }
        boolean atLineEnd = at >= line.end;
        if (atLineEnd && (!mayEnd || digits < min)) {
            cut = true;
        } else if (digits < min || digits > max || !atLineEnd && isLetterOrDigit(line.bytes[at])) {
            damaged = true;
        }
    }

    void damage() {
        damaged = true;
    }

    private void skipBlanks() {
        while (at < line.end && TextLine.isBlank(line.bytes[at])) {
            at++;
        }
    }

    static int hexDigit(byte b) {
        if (TextLine.isDigit(b)) {
            return b - '0';
        }
        int lower = b | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    static boolean isLetterOrDigit(byte b) {
        int lower = b | 0x20;
        return TextLine.isDigit(b) || lower >= 'a' && lower <= 'z';
    }
}
