package dev.steward.loadgen.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line, and what stands before its message: quote marks of a mail, the marks and times of dmesg in all its forms,
 * of syslog (RFC 5424 too), the journal (text and JSON), {@code /dev/kmsg} and logcat. The time and the message are
 * taken apart when they are first asked for, as most lines are only searched.
 *
 * <p>Threading: one thread.
 */
final class LogLine {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A printk time stamp that begins later belongs to what the line says. */
    private static final int STAMP_WITHIN = 120;
    /** {@code json-seq} and {@code json-sse} of journalctl write something before the brace. */
    private static final int JSON_WITHIN = 6;
    /** What the journal, dmesg and LAVA, and containers call the message. */
    private static final List<String> MESSAGES = List.of("MESSAGE", "msg", "log", "message");
    private static final Pattern RECORD = Pattern.compile("\"(?:MESSAGE|msg|log|message)\"");
    private static final double MICROS_PER_S = 1e6;
    private static final Pattern ESCAPES = Pattern.compile(
        "\u001b\\[[^A-Za-z]*[A-Za-z]?|\u001b|[\0\ufeff\u200b-\u200f\u202a-\u202e\u2060]");
    /** A bare {@code =09} may be the bus of a device. */
    private static final Pattern ESCAPED_TABS = Pattern.compile(
        "#011|\\\\t|\\\\x09|\\^I|&#x?0*9;|=09(?=0x|Time|\\d+\\.\\d{3}$)");
    private static final Pattern BLANKS = Pattern.compile("[\\p{Z}&&[^ ]]|=C2=A0");
    /** Of a page that was saved; {@code <idle>} and {@code <3>} are none. */
    private static final Pattern TAGS = Pattern.compile(
        "</?(?:a|b|br|code|div|font|i|li|p|pre|span|td|tr|tt)(?: [^<>]*)?/?>");
    /** Programs for writing letters make quotes of their own. */
    private static final Pattern QUOTES = Pattern.compile("[\u201c-\u201f]");
    private static final String DATE = "(?:\\d{4}-\\d\\d-\\d\\d[T ]|[A-Z][a-z]{2} [ \\d]\\d )\\d\\d:\\d\\d:\\d\\d\\S*";
    private static final String CALLER = "\\[(?: *[TC]\\d+|pid:[^\\]]*)\\]";
    private static final Pattern PREFIX = Pattern.compile("(?:[>|\\s]+|[*-] +"
        + "|^\\d{1,9}:(?![0-9a-fA-F]{2}:)|std(?:out|err) [FP] |\\[\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?\\]"
        + "|\\(XEN\\)"
        + "|\\d+,\\d+,(?<kmsg>\\d{1,18}),[^;]*;"
        + "|<\\d+>1 \\S+ \\S+ \\S+ \\S+ \\S+ (?:-|(?:\\[[^\\]]*\\])++)"
        + "|<\\d+>|MESSAGE="
        + "|[a-z0-9]+ *:(?:emerg|alert|crit|err|warn|notice|info|debug) *:"
        + "|\\[ *[+<] *\\d+\\.\\d+>?\\]|\\[[A-Z][a-z]{2} ?\\d+ \\d\\d:\\d\\d\\]"
        + "|\\[(?:[A-Z][a-z]{2} )?" + DATE + "(?: \\d{4})?(?: *<[^>]*>)?\\]"
        + "|\\d\\d-\\d\\d \\d\\d:\\d\\d:[\\d.]+ +\\d+ +\\d+ [VDIWEF] (?:(?:kernel|klog|dmesg)? *:)?"
        + "|" + CALLER
        + "|\\d+\\.\\d{6}\\]"
        + "|" + DATE + " )*+");
    /** Ends what a log daemon writes in front. */
    private static final String DAEMON = "kernel:";
    private static final int DAEMON_WITHIN = 80;
    private static final Pattern AFTER_STAMP = Pattern.compile("\\s*(?:" + CALLER + "\\s*)*+(?:[\\w.-]+ kernel:\\s*)?");

    private final long number;
    private final String text;
    private final boolean terminated;
    private Stamp stamp;
    private String message;

    private LogLine(long number, String text, boolean terminated, LogClock clock) {
        this.number = number;
        this.text = text;
        this.terminated = terminated;
        stamp = clock.of(text);
    }

    /**
     * Takes a line as it stands in the file.
     *
     * @param number     from 1.
     * @param raw        without its line feed.
     * @param terminated false for a last line without line feed.
     * @param clock      of the log.
     * @return the line; several if a console wrote a status line and a carriage return before, or a log daemon or the
     *         journal put lines together.
     */
    static List<LogLine> of(long number, String raw, boolean terminated, LogClock clock) {
        LogClock.Message field = clock.message(raw);
        if (field != null) {
            return stamped(number, field.text(), field.stamp(), clock);
        }
        if (isPlain(raw)) {
            return List.of(new LogLine(number, raw, terminated, clock));
        }
        int brace = raw.indexOf('{');
        if (brace >= 0 && brace <= JSON_WITHIN && RECORD.matcher(raw).find()) {
            List<LogLine> lines = ofRecord(number, raw.substring(brace), clock);
            if (!lines.isEmpty()) {
                return lines;
            }
        }
        List<LogLine> lines = new ArrayList<>();
        String text = BLANKS.matcher(ESCAPES.matcher(raw).replaceAll("")).replaceAll(" ");
        text = QUOTES.matcher(text).replaceAll("\"");
        text = text.indexOf('&') < 0 ? text : text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">")
            .replace("&nbsp;", " ").replace("&amp;", "&");
        text = text.indexOf('<') < 0 ? text : TAGS.matcher(text).replaceAll("");
        text = ESCAPED_TABS.matcher(text).replaceAll("\t").replace("=3D", "=");
        String[] parts = text.split("\r|#012");
        for (int i = 0; i < parts.length; i++) {
            lines.add(new LogLine(number, parts[i], terminated || i < parts.length - 1, clock));
        }
        return lines;
    }

    /** Whether a line holds nothing that has to be taken out or replaced first. */
    private static boolean isPlain(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c < ' ' && c != '\t' || c > '~' || c == '#' || c == '&' || c == '\\' || c == '^' || c == '{'
                || c == '<' && i + 1 < raw.length() && (raw.charAt(i + 1) == '/' || raw.charAt(i + 1) >= 'a')
                || c == '=' && (raw.startsWith("3D", i + 1) || raw.startsWith("C2", i + 1)
                    || raw.startsWith("09", i + 1))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads a record that is an object of JSON: of the journal, of dmesg, of a container or a test laboratory. Its
     * times stand in fields of their own. No line if it is none.
     */
    private static List<LogLine> ofRecord(long number, String text, LogClock clock) {
        JsonNode record;
        try {
            record = JSON.readTree(text);
        } catch (IOException e) {
            return List.of();
        }
        JsonNode field = MESSAGES.stream().map(record::path).filter(one -> one.isTextual() || one.isArray())
            .findFirst().orElse(null);
        if (field == null) {
            return List.of();
        }
        String message = field.asText();
        if (field.isArray()) {
            byte[] bytes = new byte[field.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) field.get(i).asInt();
            }
            message = new String(bytes, StandardCharsets.UTF_8);
        }
        return stamped(number, message, stamp(record), clock);
    }

    private static Stamp stamp(JsonNode record) {
        long micros = record.path("_SOURCE_MONOTONIC_TIMESTAMP").asLong(
            record.path("__MONOTONIC_TIMESTAMP").asLong(-1));
        Stamp stamp = Stamp.ofMicros(Stamp.Clock.BOOT, micros);
        stamp = stamp.isKnown() ? stamp
            : Stamp.ofMicros(Stamp.Clock.WALL, record.path("__REALTIME_TIMESTAMP").asLong(-1));
        JsonNode time = record.path("time");
        return stamp.isKnown() ? stamp : time.isNumber()
            ? Stamp.ofMicros(Stamp.Clock.BOOT, Math.round(time.asDouble() * MICROS_PER_S))
            : Stamp.findDate(time.asText(record.path("dt").asText()));
    }

    /** The lines of a message; a time since boot within them goes before that of their record. */
    private static List<LogLine> stamped(long number, String message, Stamp stamp, LogClock clock) {
        List<LogLine> lines = new ArrayList<>();
        for (String part : message.split("\n")) {
            for (LogLine line : of(number, part, true, clock)) {
                line.strip();
                line.stamp = line.stamp.clock() == Stamp.Clock.BOOT || !stamp.isKnown() ? line.stamp : stamp;
                lines.add(line);
            }
        }
        return lines;
    }

    long number() {
        return number;
    }

    /** The whole line, without terminal colours and the like. */
    String text() {
        return text;
    }

    boolean isTerminated() {
        return terminated;
    }

    /** Whether the line names an SMMU. */
    boolean namesSmmu() {
        return text.contains("smmu") || text.contains("SMMU");
    }

    Stamp stamp() {
        strip();
        return stamp;
    }

    /** What the kernel said: without what stands before, and without blanks around it. */
    String message() {
        strip();
        return message;
    }

    /**
     * The lines that a person or a page joined to this one: a printk time stamp stands within, after a blank. Without
     * the blank it is another processor's, in the midst of a message.
     */
    List<LogLine> parts() {
        String rest = message();
        Stamp.Place place = Stamp.find(rest, 0, rest.length());
        if (place == null) {
            return List.of(this);
        }
        List<LogLine> parts = new ArrayList<>();
        int from = 0;
        for (; place != null; place = Stamp.find(rest, place.end(), rest.length())) {
            if (place.stamp().isKnown() && place.start() > from && rest.charAt(place.start() - 1) == ' ') {
                parts.add(part(rest.substring(from, place.start()), true, from == 0));
                from = place.start();
            }
        }
        parts.add(part(rest.substring(from), terminated, from == 0));
        return parts;
    }

    private LogLine part(String text, boolean ends, boolean isFirst) {
        LogLine part = new LogLine(number, text, ends, new LogClock());
        part.strip();
        part.stamp = isFirst ? stamp : part.stamp;
        return part;
    }

    private void strip() {
        if (message != null) {
            return;
        }
        Stamp.Place place = stamp == null ? Stamp.find(text, 0, STAMP_WITHIN) : null;
        // A console that stamps lines, too, stands before the kernel.
        for (Stamp.Place next = place; next != null; next = Stamp.next(text, next.end())) {
            place = next;
        }
        int daemon = text.indexOf(DAEMON);
        int from = place != null ? place.end() : daemon >= 0 && daemon <= DAEMON_WITHIN ? daemon + DAEMON.length() : 0;
        Matcher matcher = (place == null ? PREFIX : AFTER_STAMP).matcher(text);
        matcher.region(from, text.length()).lookingAt();
        message = text.substring(matcher.end()).stripTrailing();
        if (stamp != null) {
            return;
        }
        if (place != null && place.stamp().isKnown()) {
            stamp = place.stamp();
        } else if (place == null && matcher.group("kmsg") != null) {
            stamp = Stamp.ofMicros(Stamp.Clock.BOOT, Long.parseLong(matcher.group("kmsg")));
        } else {
            stamp = Stamp.findDate(text);
        }
    }
}
