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
     * @throws IOException if the stream fails.
     */
    public void write(DecodedEvent event) throws IOException {
        EventFields fields = event.fields();
        json.writeStartObject();
        json.writeObjectField("file", event.file());
        json.writeObjectField("line", event.line());
        json.writeFieldName("timestamp");
        if (event.timestamp() == null) {
            json.writeNull();
        } else {
            json.writeNumber(event.timestamp());
        }
        json.writeObjectField("device", event.device());
        json.writeObjectField("id", fields.id());
        json.writeObjectField("id_name", fields.id() == null ? null : event.eventId().name());
        json.writeObjectField("sid", fields.streamId());
        json.writeObjectField("ssv", fields.ssv());
        json.writeObjectField("ssid", fields.substreamId());
        json.writeObjectField("stall", fields.stall());
        json.writeObjectField("stag", fields.stallTag());
        json.writeObjectField("rnw", fields.read());
        json.writeObjectField("ind", fields.instruction());
        json.writeObjectField("pnu", fields.privileged());
        json.writeObjectField("s2", fields.stage2());
        json.writeObjectField("class", fields.faultClass());
        json.writeObjectField("class_name", EventFields.className(fields.faultClass()));
        json.writeObjectField("ttrnw", fields.tableWalkRead());
        json.writeObjectField("addr", hex(fields.inputAddress()));
        json.writeObjectField("ipa", hex(fields.ipa()));
        json.writeObjectField("fetch_addr", hex(fields.fetchAddress()));
        json.writeArrayFieldStart("raw");
        for (Long word : event.rawWords()) {
            json.writeString(hex(word));
        }
        json.writeEndArray();
        json.writeObjectField("client", event.client());
        json.writeObjectField("complete", event.complete());
        json.writeObjectField("source", event.source().label());
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

    private static String hex(Long value) {
        return value == null ? null : String.format("0x%016x", value);
    }
}
