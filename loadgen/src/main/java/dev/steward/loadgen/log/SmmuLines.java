package dev.steward.loadgen.log;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the messages of SMMUs on each line, mends those that were wrapped, and notices where a log has gaps. Events
 * come out of the assembler in the order of their first lines, and later than these: what follows an event closes it.
 *
 * <p>Threading: one thread.
 */
final class SmmuLines {
    private static final String DROPPED = "printk messages dropped";
    private static final Set<String> GAPS = Set.of("...", "[...]", "\u2026", "[snip]", "<snip>");
    private static final Pattern SUPPRESSED = Pattern.compile("(\\d{1,18}) callbacks suppressed");
    private static final Pattern WORD_REST = Pattern.compile("[0-9a-fA-F]*");
    /** Only the very start of a word can be broken off before its x. */
    private static final Pattern WORD_START = Pattern.compile(".*\\s0\n[xX][0-9a-fA-F]*");

    /** A message of an SMMU driver, of version 3 or another. */
    private static final Pattern DRIVER = Pattern.compile("(?i)(?:arm-)?smmu(?:-?v3)?[ :]");

    private final EventAssembler assembler;
    private WrappedText held;
    private SmmuMessage heldFrom;
    private Message heldMessage;
    private long smmuLines;
    private long suppressedMessages;

    SmmuLines(EventAssembler assembler) {
        this.assembler = assembler;
    }

    /** Line of the oldest event that is open: events that are still to come begin there or later. */
    long oldestOpenLine() {
        return Math.min(held == null ? Long.MAX_VALUE : held.line(), assembler.oldestOpenLine());
    }

    /** Whether a line is of an SMMU. */
    enum Use {
        /** It is not, or only speaks of one. */
        NONE,
        /** It is, and was read. */
        READ,
        /** It is, and says nothing of events. */
        UNREAD
    }

    /** Takes a line. */
    Use onLine(LogLine line) {
        Use use = use(line);
        smmuLines += use == Use.NONE ? 0 : 1;
        return use;
    }

    private Use use(LogLine line) {
        assembler.onProgress(line.number());
        boolean named = line.namesSmmu();
        if (!named && held == null && !assembler.hasOpenEvents()) {
            return Use.NONE;
        }
        String message = line.message();
        if (message.isEmpty()) {
            return Use.NONE;
        }
        SmmuMessage first = named ? SmmuMessage.find(message, 0, line.stamp()) : null;
        if (isGap(line.text().strip(), first)) {
            flush();
            assembler.onGap();
            return Use.NONE;
        }
        if (held != null) {
            if (first == null && !line.stamp().isKnown() && joins(message, line.isTerminated())) {
                return Use.READ;
            }
            flush();
        }
        if (first != null) {
            return split(line, first) ? Use.READ : Use.UNREAD;
        }
        if (named && !message.contains("priq")) {
            Matcher suppressed = SUPPRESSED.matcher(message);
            suppressedMessages += suppressed.find() ? Long.parseLong(suppressed.group(1)) : 0;
        }
        return named && DRIVER.matcher(message).lookingAt() ? Use.UNREAD : Use.NONE;
    }

    /** Ends the log: what is open is all there is. */
    LogSummary end(long lines) {
        flush();
        assembler.onGap();
        return new LogSummary(
            lines, smmuLines, assembler.completeEvents(), assembler.incompleteEvents(), assembler.overflows(),
            suppressedMessages);
    }

    /** Where printk or a quoting person says that lines are missing. A prompt of root before a message is no gap. */
    private static boolean isGap(String text, SmmuMessage first) {
        return text.contains(DROPPED) || first == null && text.startsWith("# ") || GAPS.contains(text);
    }

    /** Gives up on a continuation: what is held is all there is. */
    private void flush() {
        if (held != null) {
            long line = held.line();
            held = null;
            assembler.onMessage(line, heldFrom, heldMessage, false);
        }
    }

    /** Two processors can print on one line when a line end was lost. Tells whether one of them speaks of events. */
    private boolean split(LogLine line, SmmuMessage first) {
        boolean read = false;
        String text = line.message();
        SmmuMessage from = first;
        while (from != null) {
            SmmuMessage next = SmmuMessage.find(text, from.contentStart(), Stamp.NONE);
            WrappedText part = WrappedText.of(
                text.substring(from.start(), next == null ? text.length() : next.start()), line.number());
            int content = Math.min(part.text().length(), from.contentStart() - from.start());
            Message message = Message.read(part.text().substring(content));
            read |= message.kind() != Message.Kind.OTHER || message.state() == TextState.CUT;
            if (next == null && line.isTerminated() && message.state() == TextState.CUT) {
                hold(part, from, message);
            } else {
                assembler.onMessage(line.number(), from, message, next == null && !line.isTerminated());
            }
            from = next;
        }
        return read;
    }

    private void hold(WrappedText text, SmmuMessage from, Message message) {
        held = text;
        heldFrom = from;
        heldMessage = message;
    }

    private boolean joins(String next, boolean terminated) {
        // The rest of a word is digits and nothing else; a foreign line could begin with one.
        String rest = WrappedText.withoutBreak(next);
        if (heldMessage.kind() == Message.Kind.WORD && !WORD_REST.matcher(rest).matches()
            && !WORD_START.matcher(held.text() + "\n" + rest).matches()) {
            return false;
        }
        for (String candidate : held.with(next)) {
            if (accepts(candidate, terminated)) {
                return true;
            }
        }
        return false;
    }

    private boolean accepts(String candidate, boolean terminated) {
        SmmuMessage from = SmmuMessage.find(candidate, 0, heldFrom.stamp());
        if (from == null || !from.isNamed() && heldFrom.isNamed()) {
            return false;
        }
        WrappedText grown = held.grown(candidate);
        String text = WrappedText.withoutBreak(candidate);
        Message message = Message.read(text.substring(Math.min(text.length(), from.contentStart())));
        boolean sameKind = heldMessage.kind() == Message.Kind.OTHER || heldMessage.kind() == message.kind()
            || heldMessage.kind() == Message.Kind.HEADER && message.kind() == Message.Kind.EVENT;
        if (!sameKind || message.kind() == Message.Kind.OTHER || message.state() == TextState.DAMAGED) {
            return false;
        }
        if (message.state() == TextState.CUT && terminated) {
            if (grown != null) {
                hold(grown, from, message);
            }
            return grown != null;
        }
        long line = held.line();
        held = null;
        assembler.onMessage(line, from, message, !terminated);
        return true;
    }
}
