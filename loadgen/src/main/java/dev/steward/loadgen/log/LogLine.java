package dev.steward.loadgen.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.text.StringEscapeUtils;

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
    /** Log collectors and {@code json-sse} of journalctl write a date or a word before the brace. */
    private static final int JSON_WITHIN = 80;
    /** What the journal, dmesg and LAVA, containers and log collectors call the message. */
    private static final List<String> MESSAGES = List.of(
        "MESSAGE", "msg", "log", "message", "short_message", "textPayload", "line");
    private static final Pattern RECORD = Pattern.compile("\"(?:" + String.join("|", MESSAGES) + ")\"\\s*:");
    private static final List<String> TIMES = List.of("time", "dt", "@timestamp", "timestamp", "ts");
    /** Seconds that are no longer those since boot. */
    private static final double SINCE_1970 = 1e9;
    private static final double MICROS_PER_S = 1e6;
    /** Also as programs show it that do not let it through, or after its first byte was lost. */
    private static final Pattern ESCAPES = Pattern.compile(
        "(?:\u001b|\\^\\[|\\\\u001[bB]|\\\\x1[bB]|\\\\033|\\\\e|#033)\\[[^A-Za-z]*[A-Za-z]?|\\[\\d[\\d;]*m"
            + "|[\u001b\0\u0085\ufeff\u200b-\u200f\u202a-\u202e\u2060]");
    /** A bare {@code =09} may be the bus of a device. */
    private static final Pattern ESCAPED_TABS = Pattern.compile(
        "#011|\\\\t|\\\\x09|\\^I|=09(?=0x|Time|\\d+\\.\\d{3}$)");
    /** Line ends of consoles, of log daemons, and of texts that a program printed with its own quotes. */
    private static final Pattern LINE_ENDS = Pattern.compile("\r|#012|(?:\\\\r)?\\\\n");
    private static final Pattern BLANKS = Pattern.compile("[\\p{Z}&&[^ ]]|=C2=A0");
    /** Of a page that was saved; {@code <idle>} and {@code <3>} are none. */
    private static final Pattern TAGS = Pattern.compile(
        "(?i)</?(?:a|b|big|br|code|div|em|font|i|kbd|li|mark|p|pre|samp|small|span|strong|td|tr|tt|u)(?: [^<>]*)?/?>");
    /** Programs for writing letters make quotes of their own, here in Unicode and in windows-1252. */
    private static final Pattern QUOTES = Pattern.compile("[\u201c-\u201f\u0093\u0094]");
    private static final String DATE = "(?:\\d{4}-\\d\\d-\\d\\d[T ]|[A-Z][a-z]{2} [ \\d]\\d )\\d\\d:\\d\\d:\\d\\d\\S*";
    private static final String CALLER = "\\[(?: *[TC]\\d+|pid:[^\\]]*)\\]";
    /** What vendors and PREEMPT_RT print between the time and the message: processor, thread, level. */
    private static final String VENDOR = "(?:[A-Z]?\\[(?!DMA |INTR|LOST |\\d+ EVENTS|fault )[^\\[\\]=]{1,64}\\]"
        + "|[-.]?\\(\\d{1,3}\\)|\\(CPU:[^)]*\\)|<[\\dc]>|@\\d+ |\\d{3}: |c\\d{1,3} (?: *\\d+ \\([^)]*\\))?)";
    private static final Pattern PREFIX = Pattern.compile("(?:[>|\\s]+|[*-] +"
        + "|^\\d{1,9}:(?![0-9a-fA-F]{2}:)|std(?:out|err) [FP] |\\[\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?\\]"
        + "|\\(XEN\\)|\\(d\\d+\\)|I/kernel +\\( *\\d+\\):"
        + "|(?:\\d+\\.[\\w.+-]*,)?\\d+,\\d+,(?<kmsg>\\d{1,18}),[^;]*;"
        + "|<\\d+>1 \\S+ \\S+ \\S+ \\S+ \\S+ (?:-|(?:\\[[^\\]]*\\])++)"
        + "|<\\d+>|MESSAGE="
        + "|[a-z0-9]+ *:(?:emerg|alert|crit|err|warn|notice|info|debug) *:"
        + "|\\[ *[+<] *\\d+\\.\\d+>?\\]|\\[[A-Z][a-z]{2} ?\\d+ \\d\\d:\\d\\d\\]"
        + "|\\[(?:[A-Z][a-z]{2} )?" + DATE + "(?: [A-Z]{3,5})?(?: \\d{4})?(?: *<[^>]*>)?\\]"
        // Of other languages.
        + "|\\[[^\\[\\]]{3,24} \\d\\d:\\d\\d:\\d\\d \\d{4}\\]"
        + "|(?:(?:\\d{4}-)?\\d\\d-\\d\\d \\d\\d:\\d\\d:[\\d.]+(?: [+-]\\d{4})?|\\d+\\.\\d{3,9})(?: +[a-z]\\w*)?"
        + " +\\d+ +\\d+ [VDIWEF] (?:(?:kernel|klog|dmesg)? *:)?"
        + "|" + CALLER
        + "|\\d+\\.\\d{6}\\]"
        + "|" + DATE + " )*+");
    /** Ends what a log daemon writes in front. */
    private static final String DAEMON = "kernel";
    private static final Pattern DAEMON_END = Pattern.compile("kernel(?:\\[[-\\d]*\\])?:");
    private static final int DAEMON_WITHIN = 80;
    private static final Pattern AFTER_STAMP = Pattern.compile(
        "\\s*(?:" + VENDOR + "\\s*)*+(?:[\\w.-]+ " + DAEMON_END.pattern() + "\\s*)?(?:<\\d>)?");

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
            List<LogLine> lines = ofRecord(number, raw, brace, clock);
            if (!lines.isEmpty()) {
                return lines;
            }
        }
        List<LogLine> lines = new ArrayList<>();
        String text = raw.indexOf('&') < 0 ? raw : StringEscapeUtils.unescapeHtml4(raw);
        text = BLANKS.matcher(ESCAPES.matcher(text).replaceAll("")).replaceAll(" ");
        text = QUOTES.matcher(text).replaceAll("\"").replace("\\\"", "\"");
        text = text.indexOf('<') < 0 ? text : TAGS.matcher(text).replaceAll("");
        text = ESCAPED_TABS.matcher(text).replaceAll("\t").replace("=3D", "=");
        String[] parts = LINE_ENDS.split(text);
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
                || c == '<' && i + 1 < raw.length() && (raw.charAt(i + 1) == '/' || raw.charAt(i + 1) >= 'A')
                || c == 'm' && i > 0 && raw.charAt(i - 1) <= '9' && raw.charAt(i - 1) >= '0'
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
    private static List<LogLine> ofRecord(long number, String text, int brace, LogClock clock) {
        JsonNode record;
        try {
            record = JSON.readTree(text.substring(brace));
        } catch (IOException e) {
            return List.of();
        }
        JsonNode field = MESSAGES.stream().map(record::findValue)
            .filter(one -> one != null && (one.isTextual() || one.isArray())).findFirst().orElse(null);
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
        Stamp stamp = stamp(record);
        return stamped(number, message, stamp.isKnown() ? stamp : Stamp.findDate(text.substring(0, brace)), clock);
    }

    private static Stamp stamp(JsonNode record) {
        long micros = record.path("_SOURCE_MONOTONIC_TIMESTAMP").asLong(
            record.path("__MONOTONIC_TIMESTAMP").asLong(-1));
        Stamp stamp = Stamp.ofMicros(Stamp.Clock.BOOT, micros);
        stamp = stamp.isKnown() ? stamp
            : Stamp.ofMicros(Stamp.Clock.WALL, record.path("__REALTIME_TIMESTAMP").asLong(-1));
        JsonNode time = stamp.isKnown() ? null : TIMES.stream().map(record::findValue).filter(Objects::nonNull)
            .findFirst().orElse(null);
        if (time == null || !time.isNumber()) {
            return time == null ? stamp : Stamp.findDate(time.asText());
        }
        return Stamp.ofMicros(time.asDouble() < SINCE_1970 ? Stamp.Clock.BOOT : Stamp.Clock.WALL,
            Math.round(time.asDouble() * MICROS_PER_S));
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
        Matcher end = daemon >= 0 && daemon <= DAEMON_WITHIN ? DAEMON_END.matcher(text) : null;
        int from = place != null ? place.end()
            : end != null && end.find(daemon) && end.start() <= DAEMON_WITHIN ? end.end() : 0;
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
