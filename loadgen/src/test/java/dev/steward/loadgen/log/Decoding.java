package dev.steward.loadgen.log;

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
    static Decoding of(String text) {
        return of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "test.log");
    }

    static Decoding ofLines(List<String> lines) {
        return of(String.join("\n", lines) + "\n");
    }

    static Decoding ofResource(String name) {
        try (InputStream in = Decoding.class.getResourceAsStream("/klog/" + name)) {
            return of(in, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Decoding of(InputStream in, String name) {
        List<DecodedEvent> events = new ArrayList<>();
        List<Diagnostic> diagnostics = new ArrayList<>();
        try {
            InputStream text = LogFile.unpacked(in, name);
            return new Decoding(
                events, diagnostics, KernelLogDecoder.decode(text, name, events::add, diagnostics::add));
        } catch (IOException e) {
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
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DecodedEventJson json = new DecodedEventJson(out)) {
            for (DecodedEvent event : events) {
                json.write(event);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
