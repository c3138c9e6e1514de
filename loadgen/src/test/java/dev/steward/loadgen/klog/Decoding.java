package dev.steward.loadgen.klog;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What came out of a log. */
record Decoding(List<DecodedEvent> events, List<Diagnostic> diagnostics, LogSummary summary) {
    static Decoding of(final String text) {
        return of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "test.log");
    }

    static Decoding ofLines(final List<String> lines) {
        return of(String.join("\n", lines) + "\n");
    }

    static Decoding ofResource(final String name) {
        try (InputStream in = Decoding.class.getResourceAsStream("/klog/" + name)) {
            return of(in, name);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Decoding of(final InputStream in, final String name) {
        final List<DecodedEvent> events = new ArrayList<>();
        final List<Diagnostic> diagnostics = new ArrayList<>();
        try {
            return new Decoding(
                events, diagnostics, KernelLogDecoder.decode(in, name, events::add, diagnostics::add));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DecodedEvent only() {
        if (events.size() != 1) {
            throw new AssertionError("expected one event, not " + events + " " + diagnostics);
        }
        return events.get(0);
    }

    List<String> toJson() {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DecodedEventJson json = new DecodedEventJson(out)) {
            for (final DecodedEvent event : events) {
                json.write(event);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
