package dev.steward.loadgen.klog;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * One pass over one log. Not thread-safe.
 */
final class LogPass implements LineScanner.Listener {
    private final String name;
    private final Consumer<Diagnostic> diagnostics;
    private final EventLines events;

    LogPass(String name, Consumer<DecodedEvent> events, Consumer<Diagnostic> diagnostics) {
        this.name = name;
        this.diagnostics = diagnostics;
        this.events = new EventLines(name, events, diagnostics);
    }

    LogSummary run(InputStream in) throws IOException {
        return events.end(new LineScanner(in, name, this).scan());
    }

    @Override
    public boolean wantsEveryLine() {
        return events.hasOpenEvents();
    }

    @Override
    public void onLine(long number, String text, boolean terminated) {
        events.onLine(number, text, terminated);
    }

    @Override
    public void onOverlongLine(long number) {
        diagnostics.accept(new Diagnostic(
            name, number, "line of more than " + LineScanner.MAX_LINE_BYTES + " bytes left out"));
    }
}
