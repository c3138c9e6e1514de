package dev.steward.loadgen.klog;

import java.util.function.Consumer;

/**
 * Reads events out of lines that somebody else cuts: cleans each line, lets the joiner find its messages, and notices
 * where a log leaves lines out. Not thread-safe.
 *
 * <p>Every line that holds {@code smmu}, in whatever case, has to be given; any other line only when it is wanted or
 * when it says that lines are missing ({@code printk messages dropped}, {@code [...]}, a comment that begins with
 * {@code #}). Events come out in the order of their first lines, and later than these: an event is closed by what
 * follows it.
 */
public final class EventLines {
    private static final String SUPPRESSED = " callbacks suppressed";
    private static final String DROPPED = "printk messages dropped";
    private static final int MAX_COUNT_DIGITS = 18;
    private static final char ESCAPE = '\u001b';

    private final EventAssembler assembler;
    private final LineJoiner joiner;
    private long suppressedMessages;

    /**
     * Starts a log.
     *
     * @param name        its name in events and diagnostics.
     * @param events      receives every event, complete or not.
     * @param diagnostics receives what is wrong with the log.
     */
    public EventLines(
        String name, Consumer<DecodedEvent> events, Consumer<Diagnostic> diagnostics) {
        this(new EventAssembler(name, event -> events.accept(event.toEvent()), diagnostics));
    }

    private EventLines(EventAssembler assembler) {
        this.assembler = assembler;
        this.joiner = new LineJoiner(assembler);
    }

    /**
     * Starts a log of which only the records are wanted: a third of the work.
     *
     * @param name    its name.
     * @param records receives every event, certain or not.
     * @return without a line yet.
     */
    public static EventLines ofRecords(String name, Consumer<FoundRecord> records) {
        return new EventLines(
            new EventAssembler(name, event -> records.accept(event.toRecord()), diagnostic -> { }));
    }

    /**
     * Whether the next line matters whatever it says, because a message may go on there.
     *
     * @return true to be given it.
     */
    public boolean wantsNextLine() {
        return joiner.isHolding();
    }

    /**
     * Whether an event is open that later lines may belong to.
     *
     * @return false if the next event begins on a later line.
     */
    public boolean hasOpenEvents() {
        return joiner.isHolding() || assembler.hasOpenEvents();
    }

    /**
     * First line of the oldest event that is open: events that are still to come begin there or later.
     *
     * @return from 1; {@link Long#MAX_VALUE} if none is open.
     */
    public long oldestOpenLine() {
        return Math.min(joiner.heldLine(), assembler.oldestOpenLine());
    }

    /**
     * Tells how far the log was read, also when its lines are of no interest: an event that is silent for long is
     * given up.
     *
     * @param number line.
     */
    public void onProgress(long number) {
        assembler.onProgress(number);
    }

    /**
     * Takes a line.
     *
     * @param number     from 1, growing.
     * @param text       without its line end.
     * @param terminated false for a last line without line end.
     */
    public void onLine(long number, String text, boolean terminated) {
        assembler.onProgress(number);
        String line = withoutColours(text);
        int start = 0;
        // A console shows a status line and a carriage return in front of what the kernel prints.
        for (int end = line.indexOf('\r'); end >= 0; end = line.indexOf('\r', start)) {
            onPart(number, line.substring(start, end), true);
            start = end + 1;
        }
        onPart(number, line.substring(start), terminated);
    }

    /**
     * Takes a line that has its line end from bytes if it is like one before but for its numbers, which saves most of
     * the work in a storm.
     *
     * @param number from 1, growing.
     * @param bytes  buffer that holds the line.
     * @param start  index of its first byte.
     * @param end    index after its last, without the line end.
     * @return whether it was taken; if not, {@link #onLine} has to be given it.
     */
    public boolean onRawLine(long number, byte[] bytes, int start, int end) {
        assembler.onProgress(number);
        // A serial console ends its lines with a carriage return, behind which nothing follows.
        boolean returned = end > start && bytes[end - 1] == '\r';
        return joiner.onRawLine(number, bytes, start, returned ? end - 1 : end);
    }

    /**
     * Ends the log: what is open is all there is.
     *
     * @param lines lines of the log.
     * @return what it held.
     */
    public LogSummary end(long lines) {
        joiner.flush();
        assembler.onGap();
        return new LogSummary(
            lines, assembler.completeEvents(), assembler.incompleteEvents(), assembler.overflows(),
            suppressedMessages);
    }

    private void onPart(long number, String part, boolean terminated) {
        if (part.isBlank()) {
            return;
        }
        if (isGap(part)) {
            joiner.flush();
            assembler.onGap();
        } else if (!joiner.onLine(number, part, terminated)) {
            countSuppressed(part);
        }
    }

    /**
     * Places where somebody or something says that lines are missing: printk itself, or the one who quotes. A prompt of
     * root before a message is none.
     */
    private static boolean isGap(String part) {
        if (part.contains(DROPPED)) {
            return true;
        }
        String bare = part.strip();
        boolean comment = bare.startsWith("# ") && SmmuMessage.find(bare, 0) == null;
        return comment || "...".equals(bare) || "[...]".equals(bare) || "\u2026".equals(bare)
            || "[snip]".equals(bare) || "<snip>".equals(bare);
    }

    private void countSuppressed(String part) {
        int end = part.indexOf(SUPPRESSED);
        if (end < 0 || part.contains("priq") || !part.contains("smmu")) {
            return;
        }
        int start = end;
        while (start > 0 && Character.isDigit(part.charAt(start - 1))) {
            start--;
        }
        if (end > start && end - start <= MAX_COUNT_DIGITS) {
            suppressedMessages += Long.parseLong(part, start, end, 10);
        }
    }

    /** Takes out terminal colours, which {@code dmesg} writes when asked to. */
    private static String withoutColours(String text) {
        if (text.indexOf(ESCAPE) < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != ESCAPE) {
                plain.append(c);
            } else if (at < text.length() && text.charAt(at) == '[') {
                at++;
                while (at < text.length() && !Character.isLetter(text.charAt(at))) {
                    at++;
                }
                at++;
            }
        }
        return plain.toString();
    }
}
