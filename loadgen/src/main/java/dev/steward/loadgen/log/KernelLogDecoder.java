package dev.steward.loadgen.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Reads SMMUv3 events out of kernel logs in one pass and constant memory. Never throws for a damaged event: what is
 * not certain comes out as an incomplete {@link DecodedEvent} and as a {@link Diagnostic}. Every call works on its own,
 * so any thread may call; consumers run on the caller's thread, events in the order of their first lines.
 *
 * <p>Formats: {@code arm-smmu-v3.c} of Linux (raw words, and since 6.14 decoded lines after them), {@code smmu-v3.c}
 * of Xen; any prefix of printk, dmesg, syslog, journal or a vendor in front.
 */
public final class KernelLogDecoder {
    /** Name used for standard input. */
    public static final String STANDARD_INPUT = "-";

    private KernelLogDecoder() {
    }

    /**
     * Decodes a file.
     *
     * @param file        the log, plain or packed; {@link #STANDARD_INPUT} for standard input.
     * @param events      receives every event, complete or not.
     * @throws EventLogException if the file is a folder or not text.
     * @throws IOException       if it cannot be read.
     */
    public static LogSummary decode(
        Path file, Consumer<DecodedEvent> events, Consumer<Diagnostic> diagnostics) throws IOException {
        try (InputStream in = LogFile.open(file)) {
            return decode(in, file.toString(), events, diagnostics);
        }
    }

    /** Decodes an unpacked stream, which stays open. Throws as for a file. */
    static LogSummary decode(
        InputStream in, String name, Consumer<DecodedEvent> events, Consumer<Diagnostic> diagnostics)
        throws IOException {
        SmmuLines lines = new SmmuLines(new EventAssembler(name, event -> events.accept(event.toEvent()), diagnostics));
        LineCutter cutter = new LineCutter(in, name, new LineCutter.Listener() {
            @Override
            public void onLine(LogLine line) {
                lines.onLine(line);
            }

            @Override
            public void onDamage(long line, String what) {
                diagnostics.accept(new Diagnostic(name, line, what));
            }

            @Override
            public void onOverlongLine(long line) {
                onDamage(line, LineCutter.OVERLONG + " skipped");
            }
        });
        cutter.run();
        return lines.end(cutter.lines());
    }
}
