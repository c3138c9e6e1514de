package dev.steward.loadgen.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes events as JSON lines: one object per line, fields always all there and in the same order, null for what is
 * not known. Not thread-safe.
 */
public final class DecodedEventJson implements Closeable {
    private final JsonGenerator json;

    /**
     * Creates a writer.
     *
     * @param out where the lines go, in UTF-8; {@link #close()} flushes it and leaves it open.
     * @throws IOException if the stream refuses.
     */
    public DecodedEventJson(OutputStream out) throws IOException {
        json = new JsonFactory().createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.setPrettyPrinter(new MinimalPrettyPrinter(""));
    }

    /**
     * Writes one line.
     *
     * @param event the event.
     * @throws IOException if the stream fails.
     */
    public void write(DecodedEvent event) throws IOException {
        EventFields fields = event.fields();
        json.writeStartObject();
        json.writeStringField("file", event.file());
        json.writeNumberField("line", event.line());
        json.writeFieldName("timestamp");
        if (event.timestamp() == null) {
            json.writeNull();
        } else {
            json.writeNumber(event.timestamp());
        }
        json.writeStringField("device", event.device());
        number("id", fields.id());
        json.writeStringField("id_name", fields.id() == null ? null : event.eventId().name());
        number("sid", fields.streamId());
        flag("ssv", fields.ssv());
        number("ssid", fields.substreamId());
        flag("stall", fields.stall());
        number("stag", fields.stallTag());
        flag("rnw", fields.read());
        flag("ind", fields.instruction());
        flag("pnu", fields.privileged());
        flag("s2", fields.stage2());
        number("class", fields.faultClass());
        json.writeStringField("class_name", EventFields.className(fields.faultClass()));
        flag("ttrnw", fields.tableWalkRead());
        json.writeStringField("addr", hex(fields.inputAddress()));
        json.writeStringField("ipa", hex(fields.ipa()));
        json.writeArrayFieldStart("raw");
        for (Long word : event.rawWords()) {
            json.writeString(hex(word));
        }
        json.writeEndArray();
        json.writeStringField("client", event.client());
        json.writeBooleanField("complete", event.complete());
        json.writeStringField("source", event.source().label());
        json.writeArrayFieldStart("problems");
        for (String problem : event.problems()) {
            json.writeString(problem);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
    }

    /**
     * Flushes what was written. The stream stays open.
     *
     * @throws IOException if the stream fails.
     */
    @Override
    public void close() throws IOException {
        json.close();
    }

    private void number(String name, Number value) throws IOException {
        json.writeFieldName(name);
        if (value == null) {
            json.writeNull();
        } else {
            json.writeNumber(value.longValue());
        }
    }

    private void flag(String name, Boolean value) throws IOException {
        json.writeFieldName(name);
        if (value == null) {
            json.writeNull();
        } else {
            json.writeBoolean(value);
        }
    }

    private static String hex(Long value) {
        return value == null ? null : String.format("0x%016x", value);
    }
}
