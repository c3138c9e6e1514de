package dev.steward.loadgen.klog;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * One pass over one log: cleans each line, lets the joiner find its messages, and notices where a log leaves lines out.
 * Not thread-safe.
 */
final class LogPass implements LineScanner.Listener {
    private static final String SUPPRESSED = " callbacks suppressed";
    private static final String DROPPED = "printk messages dropped";
    private static final int MAX_COUNT_DIGITS = 18;
    private static final char ESCAPE = '\u001b';

    private final String name;
    private final Consumer<Diagnostic> diagnostics;
    private final EventAssembler assembler;
    private final LineJoiner joiner;
    private long suppressedMessages;

    LogPass(final String name, final Consumer<DecodedEvent> events, final Consumer<Diagnostic> diagnostics) {
        this.name = name;
        this.diagnostics = diagnostics;
        this.assembler = new EventAssembler(name, events, diagnostics);
        this.joiner = new LineJoiner(assembler);
    }

    LogSummary run(final InputStream in) throws IOException {
        final long lines = new LineScanner(in, name, this).scan();
        joiner.flush();
        assembler.onGap();
        return new LogSummary(
            lines, assembler.completeEvents(), assembler.incompleteEvents(), assembler.overflows(),
            suppressedMessages);
    }

    @Override
    public boolean wantsEveryLine() {
        return joiner.isHolding() || assembler.hasOpenEvents();
    }

    @Override
    public void onLine(final long number, final String text, final boolean terminated) {
        assembler.onProgress(number);
        final String line = withoutColours(text);
        int start = 0;
        // A console shows a status line and a carriage return in front of what the kernel prints.
        for (int end = line.indexOf('\r'); end >= 0; end = line.indexOf('\r', start)) {
            onPart(number, line.substring(start, end), true);
            start = end + 1;
        }
        onPart(number, line.substring(start), terminated);
    }

    @Override
    public void onOverlongLine(final long number) {
        diagnostics.accept(new Diagnostic(
            name, number, "line of more than " + LineScanner.MAX_LINE_BYTES + " bytes left out"));
    }

    private void onPart(final long number, final String part, final boolean terminated) {
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
    private static boolean isGap(final String part) {
        if (part.contains(DROPPED)) {
            return true;
        }
        final String bare = part.strip();
        final boolean comment = bare.startsWith("# ") && SmmuMessage.find(bare, 0) == null;
        return comment || "...".equals(bare) || "[...]".equals(bare) || "\u2026".equals(bare)
            || "[snip]".equals(bare) || "<snip>".equals(bare);
    }

    private void countSuppressed(final String part) {
        final int end = part.indexOf(SUPPRESSED);
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
    private static String withoutColours(final String text) {
        if (text.indexOf(ESCAPE) < 0) {
            return text;
        }
        final StringBuilder plain = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            final char c = text.charAt(at++);
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
