package dev.steward.loadgen.replay;

import java.time.LocalDate;

/**
 * Finds the time of a line: the printk time stamp before the message or, if there is none, the date that a log daemon
 * wrote in front.
 *
 * <p>Threading: one thread; the last call's clock is kept.
 */
final class Stamp {
    /** No time. */
    static final long NONE = -1;

    private static final int MAX_SECONDS_DIGITS = 9;
    private static final int NANO_DIGITS = 9;
    private static final int WITHIN = 48;
    private static final int SHORTEST_TAIL = 7;
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    /** A date of syslog has no year; this one has every day. */
    private static final int SOME_LEAP_YEAR = 1972;
    private static final long NS = 1_000_000_000L;
    /** One second more than {@link #MAX_SECONDS_DIGITS} can say. */
    private static final long MAX_MICROS = 1_000_000_000L * 1_000_000;

    /** What a time counts from. */
    enum Clock {
        /** The line has no time. */
        NONE,
        /** Boot, as printk and tracing count. */
        BOOT,
        /** The calendar. */
        WALL
    }

    private Clock clock = Clock.NONE;
    private int end;

    /** Clock of the last time found. */
    Clock clock() {
        return clock;
    }

    /** Time in nanoseconds, {@link #NONE} if the line has none before an index. */
    long find(TextLine line, int before) {
        for (int at = before - 1; at > line.start; at--) {
            if (line.bytes[at] == ']' && opens(line, at) >= 0) {
                clock = Clock.BOOT;
                return seconds(line, opens(line, at) + 1);
            }
        }
        return findWall(line, before);
    }

    /** Time of the date in front of a line, {@link #NONE} if it has none before an index. */
    long findWall(TextLine line, int before) {
        long wall = wallClock(line, Math.min(before, line.start + WITHIN));
        clock = wall == NONE ? Clock.NONE : Clock.WALL;
        return wall;
    }

    /** Whether two processors printed on one line: a printk time stamp stands before another. */
    boolean standsTwice(TextLine line) {
        int found = 0;
        // Six digits and a bracket in a row: one of them stands on every seventh place.
        for (int at = line.start; at < line.end; at += SHORTEST_TAIL) {
            at = afterDigits(line, at);
            if (at < line.end && line.bytes[at] == ']' && opens(line, at) >= 0) {
                found++;
            }
        }
        return found > 1;
    }

    private static int afterDigits(TextLine line, int from) {
        int at = from;
        while (at < line.end && TextLine.isDigit(line.bytes[at])) {
            at++;
        }
        return at;
    }

    /** Index of the bracket that opens a printk time stamp closed at an index, -1 if it is none. */
    private int opens(TextLine line, int closing) {
        int at = closing - 1;
        while (at > line.start && (TextLine.isDigit(line.bytes[at]) || line.bytes[at] == '.')) {
            at--;
        }
        int first = at + 1;
        while (at > line.start && line.bytes[at] == ' ') {
            at--;
        }
        return at >= line.start && line.bytes[at] == '[' && seconds(line, first) != NONE && end == closing ? at : -1;
    }

    /** Reads seconds with a fraction of 6 or 9 digits; {@link #end} is where they end. */
    long seconds(TextLine line, int from) {
        int at = from;
        while (at < line.end && line.bytes[at] == ' ') {
            at++;
        }
        int start = at;
        long value = 0;
        while (at < line.end && TextLine.isDigit(line.bytes[at])) {
            value = value * 10 + line.bytes[at++] - '0';
            if (at - start > MAX_SECONDS_DIGITS) {
                return NONE;
            }
        }
        if (at == start || at >= line.end || line.bytes[at] != '.') {
            return NONE;
        }
        int fractionAt = at + 1;
        long nanos = fraction(line, fractionAt);
        int digits = end - fractionAt;
        return digits == 6 || digits == NANO_DIGITS ? value * NS + nanos : NONE;
    }

    /** Time of an SMMU event as its decoder read it; {@link #NONE} if it has none or is too large. */
    static long ofMicros(long micros) {
        return micros < 0 || micros >= MAX_MICROS ? NONE : micros * 1000;
    }

    int end() {
        return end;
    }

    private long fraction(TextLine line, int from) {
        int at = from;
        long nanos = 0;
        int unit = (int) NS;
        while (at < line.end && TextLine.isDigit(line.bytes[at])) {
            unit /= 10;
            nanos += (long) unit * (line.bytes[at++] - '0');
        }
        end = at;
        return nanos;
    }

    /** Dates of syslog, journalctl, dmesg -T and ISO 8601, all with hh:mm:ss and maybe a fraction behind. */
    private long wallClock(TextLine line, int before) {
        for (int at = line.start + 6; at + 8 <= before; at++) {
            if (line.bytes[at + 2] == ':' && line.bytes[at + 5] == ':') {
                int hour = twoDigits(line, at);
                int minute = twoDigits(line, at + 3);
                int second = twoDigits(line, at + 6);
                long day = hour < 0 || minute < 0 || second < 0 ? NONE : dayBefore(line, at);
                if (day == NONE) {
                    continue;
                }
                end = at + 8;
                boolean finer = end + 1 < line.end && (line.bytes[end] == '.' || line.bytes[end] == ',')
                    && TextLine.isDigit(line.bytes[end + 1]);
                long nanos = finer ? fraction(line, end + 1) : 0;
                return (((day * 24 + hour) * 60 + minute) * 60 + second) * NS + nanos;
            }
        }
        return NONE;
    }

    /** Day of the date in front of a time: {@code 2024-02-06T} or {@code Feb  6 }. */
    private static long dayBefore(TextLine line, int time) {
        int separator = time - 1;
        int dayOfMonth = twoDigits(line, time - 3);
        if (dayOfMonth < 0 && line.bytes[time - 3] == ' ' && TextLine.isDigit(line.bytes[time - 2])) {
            dayOfMonth = line.bytes[time - 2] - '0';
        }
        if (dayOfMonth < 1 || dayOfMonth > 31 || line.bytes[separator] != ' ' && line.bytes[separator] != 'T') {
            return NONE;
        }
        if (time - 11 >= line.start && line.bytes[time - 4] == '-' && line.bytes[time - 7] == '-') {
            int month = twoDigits(line, time - 6);
            int century = twoDigits(line, time - 11);
            int year = twoDigits(line, time - 9);
            return month < 1 || month > 12 || century < 0 || year < 0
                ? NONE : epochDay(century * 100 + year, month, dayOfMonth);
        }
        if (time - 7 < line.start || line.bytes[time - 4] != ' ') {
            return NONE;
        }
        int month = MONTHS.indexOf(line.text(time - 7, time - 4));
        return month < 0 || month % 3 != 0 ? NONE : epochDay(SOME_LEAP_YEAR, month / 3 + 1, dayOfMonth);
    }

    /** Days since 1970 of the proleptic calendar; a day that a month does not have counts on. */
    private static long epochDay(int year, int month, int dayOfMonth) {
        return LocalDate.of(year, month, 1).toEpochDay() + dayOfMonth - 1;
    }

    private static int twoDigits(TextLine line, int at) {
        return at >= line.start && at + 1 < line.end
            && TextLine.isDigit(line.bytes[at]) && TextLine.isDigit(line.bytes[at + 1])
            ? (line.bytes[at] - '0') * 10 + line.bytes[at + 1] - '0' : -1;
    }
}
