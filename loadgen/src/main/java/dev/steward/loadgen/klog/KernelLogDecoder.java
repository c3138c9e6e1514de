package dev.steward.loadgen.klog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
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
     * @param file        the log.
     * @param events      receives every event, complete or not.
     * @param diagnostics receives what is wrong with the log.
     * @return what the log held.
     * @throws EventLogException if the file is a folder or not text.
     * @throws IOException       if it cannot be read.
     */
    public static LogSummary decode(
        Path file, Consumer<DecodedEvent> events, Consumer<Diagnostic> diagnostics)
        throws IOException {
        if (Files.isDirectory(file)) {
            throw new EventLogException(file + ": is a folder: expected a kernel log");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return decode(in, file.toString(), events, diagnostics);
        }
    }

    /**
     * Decodes a stream, which stays open.
     *
     * @param in          the log.
     * @param name        its name in events and diagnostics, {@link #STANDARD_INPUT} for standard input.
     * @param events      receives every event, complete or not.
     * @param diagnostics receives what is wrong with the log.
     * @return what the log held.
     * @throws EventLogException if the stream is not text.
     * @throws IOException       if it cannot be read.
     */
    public static LogSummary decode(
        InputStream in, String name, Consumer<DecodedEvent> events,
        Consumer<Diagnostic> diagnostics) throws IOException {
        return new LogPass(name, events, diagnostics).run(in);
    }
}
