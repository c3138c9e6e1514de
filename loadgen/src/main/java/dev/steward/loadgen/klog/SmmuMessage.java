package dev.steward.loadgen.klog;

/**
 * Who speaks on a line: {@code [TIME] arm-smmu-v3 DEVICE: CONTENT} of Linux or {@code (XEN) SMMUv3: PATH: CONTENT} of
 * Xen, with anything in front. Immutable.
 *
 * @param start        index where the message begins: its time stamp, or else the driver.
 * @param micros       its time in microseconds since boot, -1 if it has no time stamp.
 * @param device       name of the SMMU.
 * @param isNamed      false if the line ends before the name is whole: {@code device} is then how it begins.
 * @param contentStart index of the first character after the device.
 */
record SmmuMessage(int start, long micros, String device, boolean isNamed, int contentStart) {
    private static final String SMMU = "smmu";
    private static final int FRACTION_DIGITS = 6;
    private static final int MAX_SECONDS_DIGITS = 10;
    /** Sets the bit in which capital letters differ. */
    private static final int LOWER = 0x20;
    private static final int DECIMAL = 10;
    private static final long MICROS_PER_SECOND = 1_000_000;

    /**
     * Finds the next message.
     *
     * @param line one line.
     * @param from index to start at.
     * @return null if there is none.
     */
    static SmmuMessage find(String line, int from) {
        for (int at = indexOfSmmu(line, from); at >= 0; at = indexOfSmmu(line, at + SMMU.length())) {
            int afterDriver = afterVersion(line, at + SMMU.length());
            SmmuMessage message = afterDriver < 0 ? null : ofDevice(line, from, at, afterDriver);
            if (message != null) {
                return message;
            }
        }
        return null;
    }

    private static SmmuMessage ofDevice(String line, int from, int smmuAt, int afterDriver) {
        int length = line.length();
        int at = afterDriver;
        if (at < length && line.charAt(at) == ':') {
            at++;
        }
        if (at < length && !isBlank(line.charAt(at))) {
            return null;
        }
        while (at < length && isBlank(line.charAt(at))) {
            at++;
        }
        int deviceStart = at;
        while (at < length && !isBlank(line.charAt(at)) && !endsDevice(line, at)) {
            at++;
        }
        // A device can be named after the driver, and then its own messages look like a driver and a device.
        if (line.startsWith("0x", deviceStart) || line.startsWith("event:", deviceStart)) {
            return null;
        }
        int start = startOf(line, from, smmuAt);
        String timestamp = start < smmuAt ? timestampAt(line, start) : null;
        long micros = timestamp == null ? -1 : microsOf(timestamp);
        if (at == length) {
            return new SmmuMessage(start, micros, line.substring(deviceStart), false, length);
        }
        if (at == deviceStart || line.charAt(at) != ':') {
            return null;
        }
        return new SmmuMessage(start, micros, line.substring(deviceStart, at), true, at + 1);
    }

    /** A colon ends the name at a blank, at the line's end or where the blank was lost; ACPI names hold others. */
    private static boolean endsDevice(String line, int at) {
        if (line.charAt(at) != ':') {
            return false;
        }
        int next = at + 1;
        return next == line.length() || isBlank(line.charAt(next))
            || line.startsWith("0x", next) || line.startsWith("event", next)
            || TextCursor.escapedTabLength(line, next) > 0;
    }

    /** Index of the last kernel time stamp before the driver, else of the driver's first character. */
    private static int startOf(String line, int from, int smmuAt) {
        for (int at = line.lastIndexOf('[', smmuAt); at >= from; at = line.lastIndexOf('[', at - 1)) {
            if (timestampAt(line, at) != null) {
                return at;
            }
        }
        int start = smmuAt;
        while (start > from && (Character.isLetterOrDigit(line.charAt(start - 1)) || line.charAt(start - 1) == '-')) {
            start--;
        }
        return start;
    }

    /**
     * Reads a time stamp as printk writes it: seconds, a dot, six digits.
     *
     * @param line one line.
     * @param at   index of an opening bracket.
     * @return the digits as printed, null if it is something else.
     */
    static String timestampAt(String line, int at) {
        int start = TextCursor.skipBlanks(line, at + 1);
        int dot = TextCursor.skipDigits(line, start);
        int end = dot < line.length() ? TextCursor.skipDigits(line, dot + 1) : dot;
        boolean shaped = dot > start && dot - start <= MAX_SECONDS_DIGITS && end - dot - 1 == FRACTION_DIGITS
            && line.charAt(dot) == '.' && end < line.length() && "], <".indexOf(line.charAt(end)) >= 0;
        boolean number = shaped && (line.charAt(start) != '0' || dot == start + 1);
        return number ? line.substring(start, end) : null;
    }

    /**
     * The time stamp as it was printed: its shape leaves no other way to print that time.
     *
     * @return seconds with six digits behind the dot, null if there is none.
     */
    String timestamp() {
        if (micros < 0) {
            return null;
        }
        String digits = Long.toString(micros % MICROS_PER_SECOND + MICROS_PER_SECOND);
        return micros / MICROS_PER_SECOND + "." + digits.substring(1);
    }

    /** Digits, a dot, six digits: without the dot they are microseconds. */
    private static long microsOf(String timestamp) {
        long micros = 0;
        for (int i = 0; i < timestamp.length(); i++) {
            char c = timestamp.charAt(i);
            micros = c == '.' ? micros : micros * DECIMAL + c - '0';
        }
        return micros;
    }

    private static int indexOfSmmu(String line, int from) {
        // The two m in the middle, so that three of four characters need not be looked at.
        int last = line.length() - 2;
        for (int at = from + 2; at <= last; at += 2) {
            if ((line.charAt(at) | LOWER) == 'm') {
                int start = (line.charAt(at - 1) | LOWER) == 'm' ? at - 2 : at - 1;
                if (start >= from && line.regionMatches(true, start, SMMU, 0, SMMU.length())) {
                    return start;
                }
            }
        }
        return -1;
    }

    private static int afterVersion(String line, int at) {
        if (line.regionMatches(true, at, "-v3", 0, 3)) {
            return at + 3;
        }
        return line.regionMatches(true, at, "v3", 0, 2) ? at + 2 : -1;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
