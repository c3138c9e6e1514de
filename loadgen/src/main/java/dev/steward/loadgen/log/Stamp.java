package dev.steward.loadgen.log;

import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a line was written. Immutable.
 *
 * @param ns    nanoseconds on that clock, 0 without a clock.
 */
public record Stamp(Clock clock, long ns) {
    /** No time. */
    public static final Stamp NONE = new Stamp(Clock.NONE, 0);

    private static final Pattern PRINTK = Pattern.compile(
        "\\[ *(?:(0|[1-9]\\d{0,8})\\.(\\d{6}(?:\\d{3})?)|\\d+\\.\\d+)(?: *<[^>\\]]*>|,[^\\]]*| /[^\\]]*|@\\d+|s)?\\]");
    private static final Pattern SECONDS = Pattern.compile("(\\d{1,10})\\.(\\d{6}(?:\\d{3})?)");
    private static final Pattern DATE = Pattern.compile(
        "(?:(?:(?<year>\\d{4})-)?(?<month>\\d\\d)-(?<day>\\d\\d)[T ]"
            + "|(?<name>\\p{L}{3,9}\\.?|\\d{1,2}[\u6708\uc6d4]) (?<date>[ \\d]\\d) )"
            + "(?<h>\\d\\d):(?<m>\\d\\d):(?<s>\\d\\d)(?:[.,](?<fraction>\\d{1,9}))?");
    private static final int DATE_WITHIN = 60;
    /** As {@code journalctl -o short-unix} writes it. */
    private static final Pattern SINCE_1970 = Pattern.compile("(\\d{10})\\.(\\d{6}) ");
    private static final int SINCE_1970_DIGITS = 10;
    /** A date of syslog has no year; this one has every day. */
    private static final int SOME_LEAP_YEAR = 1972;
    private static final int MAX_YEAR = 2200;
    private static final long MAX_MICROS = 8_000_000_000_000_000L;
    private static final long MAX_SECONDS = MAX_MICROS / 1_000_000;
    private static final long NS = 1_000_000_000L;
    private static final int NANO_DIGITS = 9;

    /** What a time counts from. */
    public enum Clock {
        /** The line has no time. */
        NONE,
        /** Boot, as printk and tracing count. */
        BOOT,
        /** The calendar. */
        WALL
    }

    /** Where a printk time stamp stands in a text, and the time, which is none if it has not six or nine digits. */
    record Place(int start, int end, Stamp stamp) {
    }

    static Stamp boot(long ns) {
        return new Stamp(Clock.BOOT, ns);
    }

    /** A time of so many microseconds, none if that is negative or more than a clock can say. */
    static Stamp ofMicros(Clock clock, long micros) {
        return micros < 0 || micros > MAX_MICROS ? NONE : new Stamp(clock, micros * 1000);
    }

    boolean isKnown() {
        return clock != Clock.NONE;
    }

    /** Microseconds since boot, -1 if that is not known. */
    long micros() {
        return clock == Clock.BOOT ? ns / 1000 : -1;
    }

    /** Seconds since boot as printk prints them, null if that is not known. */
    String seconds() {
        if (clock != Clock.BOOT) {
            return null;
        }
        String fraction = Long.toString(ns % NS + NS).substring(1);
        return ns / NS + "." + (fraction.endsWith("000") ? fraction.substring(0, 6) : fraction);
    }

    /** Finds the first printk time stamp of a text that begins between two places, null if there is none. */
    static Place find(String text, int from, int before) {
        Matcher matcher = null;
        for (int at = text.indexOf('[', from); at >= 0 && at < before; at = text.indexOf('[', at + 1)) {
            if (at + 1 == text.length() || text.charAt(at + 1) > '9') {
                continue;
            }
            matcher = matcher == null ? PRINTK.matcher(text) : matcher;
            if (matcher.region(at, text.length()).lookingAt()) {
                return new Place(at, matcher.end(), matcher.group(1) == null ? NONE : boot(
                    Long.parseLong(matcher.group(1)) * NS + nanos(matcher.group(2))));
            }
        }
        return null;
    }

    /** Finds a printk time stamp that stands here, after blanks; null if none does. */
    static Place next(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return find(text, at, at + 1);
    }

    /** Reads seconds with six or nine digits behind the dot. */
    static Stamp ofSeconds(String text) {
        Matcher matcher = SECONDS.matcher(text);
        if (!matcher.matches()) {
            return NONE;
        }
        // Tracing can be told to count since 1970.
        Clock clock = matcher.group(1).length() == SINCE_1970_DIGITS ? Clock.WALL : Clock.BOOT;
        return of(clock, matcher);
    }

    /** Seconds and their fraction, the first two groups; none if they are more than a clock can say. */
    private static Stamp of(Clock clock, Matcher matcher) {
        long seconds = Long.parseLong(matcher.group(1));
        return seconds > MAX_SECONDS ? NONE : new Stamp(clock, seconds * NS + nanos(matcher.group(2)));
    }

    /** The date near the start of a line, as syslog, journalctl, dmesg -T, logcat and ISO 8601 write it. */
    static Stamp findDate(String text) {
        Matcher unix = text.indexOf('.') == 10 ? SINCE_1970.matcher(text) : null;
        if (unix != null && unix.lookingAt()) {
            return of(Clock.WALL, unix);
        }
        int colon = text.indexOf(':');
        while (colon >= 0 && colon < DATE_WITHIN && !text.startsWith(":", colon + 3)) {
            colon = text.indexOf(':', colon + 1);
        }
        if (colon < 0 || colon >= DATE_WITHIN) {
            return NONE;
        }
        Matcher matcher = DATE.matcher(text).region(0, Math.min(text.length(), DATE_WITHIN));
        while (matcher.find()) {
            int month = matcher.group("month") == null ? Months.of(matcher.group("name")) : number(matcher, "month");
            int day = number(matcher, matcher.group("day") == null ? "date" : "day");
            int year = matcher.group("year") == null ? SOME_LEAP_YEAR : number(matcher, "year");
            if (year <= MAX_YEAR && month >= 1 && month <= 12 && day >= 1 && day <= 31) {
                long days = LocalDate.of(year, month, 1).toEpochDay() + day - 1;
                long seconds = ((days * 24 + number(matcher, "h")) * 60 + number(matcher, "m")) * 60
                    + number(matcher, "s");
                String fraction = matcher.group("fraction");
                return new Stamp(Clock.WALL, seconds * NS + (fraction == null ? 0 : nanos(fraction)));
            }
        }
        return NONE;
    }

    private static int number(Matcher matcher, String group) {
        return Integer.parseInt(matcher.group(group).strip());
    }

    private static long nanos(String digits) {
        return Long.parseLong(digits + "0".repeat(NANO_DIGITS - digits.length()));
    }
}
