package dev.steward.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serial;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reads and writes the JSON files of the format: a reader checks name and version, then binds; unknown fields are
 * ignored.
 */
public final class JsonFile {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
        .annotationIntrospector(new RequiredUnlessMarked())
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .withCoercionConfigDefaults(all -> all.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
        .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .addModule(new SimpleModule()
            .addDeserializer(String.class, new Texts()).addKeyDeserializer(String.class, new Keys()))
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .defaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.FAIL, Nulls.FAIL))
        .enable(SerializationFeature.INDENT_OUTPUT)
        .defaultPropertyInclusion(JsonInclude.Value.construct(
            JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
        .build();

    private JsonFile() {
    }

    /**
     * Writes a file in one step; a field that is null is omitted.
     *
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, Record record) throws IOException {
        AtomicFiles.write(file, MAPPER.writeValueAsBytes(record));
    }

    /**
     * Writes a record to a stream, which stays open, in the form of a file.
     *
     * @throws IOException if it cannot be written
     */
    public static void write(OutputStream stream, Record record) throws IOException {
        stream.write(MAPPER.writeValueAsBytes(record));
        stream.write('\n');
        stream.flush();
    }

    /** A record on one line. */
    static String line(Record record) throws JsonProcessingException {
        return MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(record);
    }

    /** A record from one line. */
    static <T> T ofLine(String line, Class<T> type) throws JsonProcessingException {
        return MAPPER.readValue(line, type);
    }

    /**
     * Reads a file.
     *
     * @param format     value its field {@code format} must have
     * @param maxVersion highest {@code version} that this reader knows
     * @throws IOException with a one-line reason, without the file's name
     */
    static <T> T read(Path file, String format, int maxVersion, Class<T> type)
        throws IOException {
        try {
            String text = WholeFile.text(file);
            JsonNode tree = MAPPER.readTree(text);
            requireKnown(tree, format, maxVersion);
            return bound(tree, text, type);
        } catch (NoSuchFileException e) {
            throw new IOException("the file is missing", e);
        } catch (JsonProcessingException e) {
            throw new IOException(JsonRefusal.of(e), e);
        }
    }

    private static <T> T bound(JsonNode tree, String text, Class<T> type)
        throws JsonProcessingException {
        try {
            return MAPPER.treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            // From the text once more: a tree has forgotten the lines that a complaint has to name.
            return MAPPER.readValue(text, type);
        }
    }

    /**
     * A copy of a record with other values in some of its fields.
     *
     * @param changes new values by the name a field has in a file
     */
    static <T> T changed(T record, Class<T> type, Map<String, Object> changes) {
        ObjectNode tree = MAPPER.valueToTree(record);
        changes.forEach((field, value) -> tree.set(field, MAPPER.valueToTree(value)));
        return MAPPER.convertValue(tree, type);
    }

    private static void requireKnown(JsonNode tree, String format, int maxVersion)
        throws IOException {
        if (!tree.isObject()) {
            throw new IOException("empty, or not a JSON object");
        }
        if (!format.equals(tree.path("format").asText())) {
            throw new IOException("not a " + format + " file (its field format says so)");
        }
        JsonNode version = tree.path("version");
        if (!version.isIntegralNumber() || version.asLong() < 1) {
            throw new IOException("has no version");
        }
        if (version.asLong() > maxVersion) {
            throw new IOException("is version " + version.asLong() + " of " + format + ", this reader knows up to "
                + maxVersion + ": use a newer Steward");
        }
    }

    /** Texts go on to terminals, pages and other programs. */
    private static final class Texts extends StringDeserializer {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = super.deserialize(parser, context);
            return text == null ? null : Wording.printable(text);
        }
    }

    /** As {@link Texts}. */
    private static final class Keys extends KeyDeserializer {
        @Override
        public String deserializeKey(String key, DeserializationContext context) {
            return Wording.printable(key);
        }
    }

    /** Makes every component of a record required, non-null and a number within bounds, unless it is marked. */
    private static final class RequiredUnlessMarked extends JacksonAnnotationIntrospector {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasRequiredMarker(AnnotatedMember member) {
            return member instanceof AnnotatedParameter ? !member.hasAnnotation(MayBeAbsent.class) : null;
        }

        @Override
        public JsonSetter.Value findSetterInfo(Annotated annotated) {
            return annotated.hasAnnotation(MayBeAbsent.class)
                ? JsonSetter.Value.forValueNulls(Nulls.SET) : super.findSetterInfo(annotated);
        }

        @Override
        public Object findDeserializer(Annotated annotated) {
            return annotated instanceof AnnotatedParameter ? BoundedNumber.of(annotated, annotated.getType()) : null;
        }

        @Override
        public Object findContentDeserializer(Annotated annotated) {
            return annotated instanceof AnnotatedParameter
                ? BoundedNumber.of(annotated, annotated.getType().getContentType()) : null;
        }
    }
}
