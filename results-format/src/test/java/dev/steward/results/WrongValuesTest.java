package dev.steward.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every value of every file of the format, replaced by each sort of wrong one: read as it is or refused in one line
 * that says where, and nothing of how it is read.
 */
final class WrongValuesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> WRONG = List.of("null", "true", "-1", "1.5", "1e999", "123456789012345678901",
        "\"\"", "\"x y\"", "\"NaN\"", "\"\\u0000\"", "[]", "[[]]", "{}", "{\"a\": {}}");
    /** Words of the library, of the language, or of our own classes. */
    private static final Pattern OF_THE_READER = Pattern.compile(
        "dev\\.steward|com\\.fasterxml|java\\.|Exception|[A-Z]+_[A-Z]+|eserializ|oerc|[Tt]oken|Feature|onstruct|[`$@]"
            + "|\\b(?:int|long|double|boolean|Enum|JsonNode)\\b");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(classes = {
        RunManifest.class, CellRecord.class, TurnRecord.class, GridData.class, SweepManifest.class,
        CapacityResult.class, Verdicts.class
    })
    void shouldSayWhereTheWrongValueIsAndNothingOfTheReader(Class<? extends Record> type) throws Exception {
        JsonNode sample = sample(type, type);
        int refusals = 0;
        for (List<Object> place : places(sample)) {
            JsonNode parent = at(sample, place.subList(0, place.size() - 1));
            Object last = place.get(place.size() - 1);
            for (String wrong : WRONG) {
                JsonNode was = set(parent, last, JSON.readTree(wrong));
                String refusal = refusal(type, sample.toString().replace("\"Infinity\"", "1e999"));
                if (refusal != null) {
                    refusals++;
                    assertThat(refusal).as("%s: %s", place, wrong).doesNotContainPattern(OF_THE_READER).hasLineCount(1);
                    boolean scalarAsObject = was.isValueNode() && wrong.equals("{}");
                    if (scalarAsObject && !Set.of("format", "version").contains(last)) {
                        assertThat(refusal).as("%s: %s", place, wrong).contains(words(place) + ": ");
                    }
                }
                set(parent, last, was);
            }
            if (parent instanceof ObjectNode object) {
                JsonNode was = object.remove((String) last);
                String refusal = refusal(type, sample.toString());
                if (refusal != null) {
                    assertThat(refusal).as("without %s", place).doesNotContainPattern(OF_THE_READER).hasLineCount(1);
                }
                object.set((String) last, was);
            }
        }
        assertThat(refusals).as("wrong values that were found").isGreaterThan(places(sample).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "nonsense", "{", "[1", "{\"a\" 1}", "{\"a\": 'x'}", "// no", "{\"a\": 01}", "{\"a\": \"\n\"}",
        "{\"a\": NaN}", "\0", "{\"format\": \"steward-run\", \"version\": 1} {}", "nul", "{\"a\": \"\\q\"}"
    })
    void shouldSayThatItIsNoJson(String text) throws Exception {
        assertThat(refusal(RunManifest.class, text)).doesNotContainPattern(OF_THE_READER).hasLineCount(1);
        assertThat(refusal(RunManifest.class, "[".repeat(5000))).contains("nested too deep");
    }

    /** Null if it is read. */
    private String refusal(Class<? extends Record> type, String text) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), type == TurnRecord.class ? text + "\n" : text);
        try {
            if (type == TurnRecord.class) {
                JsonLines.read(Files.readAllBytes(file), type);
            } else {
                JsonFile.read(file, constant(type, "FORMAT"), Integer.parseInt(constant(type, "VERSION")), type);
            }
            return null;
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    private static String constant(Class<?> type, String name) {
        try {
            return type.getField(name).get(null).toString();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static String words(List<Object> place) {
        StringBuilder words = new StringBuilder();
        for (Object step : place) {
            words.append(step instanceof Integer ? "[" + step + "]" : (words.isEmpty() ? "" : ".") + step);
        }
        return words.toString();
    }

    private static JsonNode at(JsonNode node, List<Object> place) {
        JsonNode found = node;
        for (Object step : place) {
            found = step instanceof Integer index ? found.get(index) : found.get((String) step);
        }
        return found;
    }

    private static JsonNode set(JsonNode parent, Object step, JsonNode value) {
        if (step instanceof Integer index) {
            JsonNode was = parent.get(index);
            ((ArrayNode) parent).set(index, value);
            return was;
        }
        return ((ObjectNode) parent).replace((String) step, value);
    }

    private static List<List<Object>> places(JsonNode node) {
        List<List<Object>> places = new ArrayList<>();
        collect(node, List.of(), places);
        return places;
    }

    private static void collect(JsonNode node, List<Object> place, List<List<Object>> places) {
        if (!place.isEmpty()) {
            places.add(place);
        }
        if (node.isObject()) {
            node.properties().forEach(field -> collect(field.getValue(), with(place, field.getKey()), places));
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(node.get(i), with(place, i), places);
        }
    }

    private static List<Object> with(List<Object> place, Object step) {
        List<Object> longer = new ArrayList<>(place);
        longer.add(step);
        return longer;
    }

    /** A value of the right kind at every place. */
    private static JsonNode sample(Type type, Class<?> file) {
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            return Map.class.isAssignableFrom((Class<?>) generic.getRawType())
                ? NODES.objectNode().set("1", sample(of[1], file)) : NODES.arrayNode().add(sample(of[0], file));
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            ObjectNode object = NODES.objectNode();
            for (RecordComponent component : plain.getRecordComponents()) {
                JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
                String name = named == null || named.value().isEmpty() ? component.getName() : named.value();
                object.set(name, name.equals("format") ? NODES.textNode(constant(file, "FORMAT"))
                    : sample(component.getGenericType(), file));
            }
            return object;
        }
        if (plain.isEnum()) {
            return JSON.valueToTree(plain.getEnumConstants()[0]);
        }
        return plain == String.class ? NODES.textNode("a")
            : plain == boolean.class || plain == Boolean.class ? NODES.booleanNode(true)
            : Collection.class.isAssignableFrom(plain) ? NODES.arrayNode() : NODES.numberNode(1);
    }
}
