package dev.steward.loadgen.log;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The times of {@code dmesg -H}: a date without seconds where a minute begins, on other lines how long they are after
 * the line before. Their sum is the time; it lags by less than a minute after a date.
 *
 * <p>Threading: one thread; sees every line.
 */
final class HumanClock {
    private static final int WITHIN = 40;
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final Pattern TIME = Pattern.compile(
        "\\[(?: *\\+(?<seconds>\\d{1,9}\\.\\d{6})"
            + "|(?<month>[A-Z][a-z]{2}) ?(?<day>\\d{1,2}) (?<minute>\\d\\d:\\d\\d))]");

    private long ns;

    /** Time of the next line, null if it has none of this kind. */
    Stamp of(String text) {
        int at = text.indexOf('[');
        if (at < 0 || at > WITHIN || !mayBegin(text, at + 1)) {
            return null;
        }
        Matcher time = TIME.matcher(text).region(at, text.length());
        if (!time.lookingAt()) {
            return null;
        }
        if (time.group("seconds") != null) {
            ns += Stamp.ofSeconds(time.group("seconds")).ns();
        } else {
            Stamp minute = Stamp.findDate(
                String.format("%s %2s %s:00", time.group("month"), time.group("day"), time.group("minute")));
            if (!minute.isKnown()) {
                return null;
            }
            // The sum may be ahead within the minute; further ahead it is of another log.
            ns = ns >= minute.ns() && ns < minute.ns() + MINUTE_NS ? ns : minute.ns();
        }
        return new Stamp(Stamp.Clock.WALL, ns);
    }

    /** Most lines have the time since boot, which begins with a digit. */
    private static boolean mayBegin(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at < text.length() && (text.charAt(at) == '+' || text.charAt(at) >= 'A' && text.charAt(at) <= 'Z');
    }
}
