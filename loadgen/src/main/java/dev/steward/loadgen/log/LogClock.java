package dev.steward.loadgen.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times that stand on other lines than their message, or have to be added up: of {@code dmesg} with deltas, with
 * {@code -H} a date without seconds where a minute begins (their sum is the time, and lags by less than a minute after
 * a date); of records that have a line for each field, as {@code dmesg --json} and {@code journalctl} with
 * {@code -o export}, {@code verbose} or {@code json-pretty} write them.
 *
 * <p>Threading: one thread; sees every line.
 */
final class LogClock {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WITHIN = 40;
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final Pattern TIME = Pattern.compile(
        "\\[(?:(?: *\\+|< *)(?<seconds>\\d{1,9}\\.\\d{6})>?"
            + "|(?<month>[A-Z][a-z]{2}) ?(?<day>\\d{1,2}) (?<minute>\\d\\d:\\d\\d))]");
    private static final Pattern FIELD = Pattern.compile("\\s*\"?(?:"
        + "(?<boot>(?:_SOURCE|_)_MONOTONIC_TIMESTAMP)|(?<wall>__REALTIME_TIMESTAMP)|time)\"?\\s*[=:]\\s*\"?"
        + "(?:(?<micros>\\d{1,18})|(?<seconds>\\d{1,9}\\.\\d{6}))\"?,?\\s*");
    private static final Pattern MESSAGE = Pattern.compile(
        "\\s*(?:(?<plain>MESSAGE=)|\"(?:MESSAGE|msg)\"\\s*:\\s*(?<json>\"(?:[^\"\\\\]|\\\\.)*+\"),?\\s*$)");
    /** Ends the first line of a record of {@code journalctl -o verbose}. */
    private static final String VERBOSE = " [s=";

    private long ns;
    private Stamp ofRecord = Stamp.NONE;

    /**
     * The message of a record with a line for each field.
     *
     * @param stamp of the record, as far as its lines before said.
     */
    record Message(String text, Stamp stamp) {
    }

    /** The message that is all a line holds, null if it is none of such a record; keeps the time if it is that. */
    Message message(String raw) {
        if (raw.contains(VERBOSE)) {
            ofRecord = Stamp.findDate(raw);
        }
        int at = 0;
        while (at < raw.length() && (raw.charAt(at) == ' ' || raw.charAt(at) == '\t')) {
            at++;
        }
        if (at == raw.length() || "\"M_".indexOf(raw.charAt(at)) < 0) {
            return null;
        }
        Matcher message = MESSAGE.matcher(raw);
        if (message.lookingAt()) {
            Stamp stamp = ofRecord;
            ofRecord = Stamp.NONE;
            return message.group("plain") == null ? unescaped(message.group("json"), stamp)
                : new Message(raw.substring(message.end()), stamp);
        }
        Matcher field = FIELD.matcher(raw);
        if (field.matches()) {
            Stamp stamp = field.group("seconds") != null ? Stamp.ofSeconds(field.group("seconds"))
                : field.group("boot") == null && field.group("wall") == null ? Stamp.NONE
                : Stamp.ofMicros(field.group("wall") == null ? Stamp.Clock.BOOT : Stamp.Clock.WALL,
                    Long.parseLong(field.group("micros")));
            // The time since boot is the finer one.
            ofRecord = ofRecord.clock() == Stamp.Clock.BOOT && field.group("wall") != null ? ofRecord : stamp;
        }
        return null;
    }

    private static Message unescaped(String json, Stamp stamp) {
        try {
            return new Message(JSON.readValue(json, String.class), stamp);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

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
        return at < text.length()
            && ("+<".indexOf(text.charAt(at)) >= 0 || text.charAt(at) >= 'A' && text.charAt(at) <= 'Z');
    }
}
