package dev.steward.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Makes the tables of fields from the schemas; {@code -Dsteward.rewrite=true} writes the page anew. */
class FieldTablesTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Path PAGE = DOCS.resolve("generated").resolve("result-fields.md");
    private static final List<String> FILES = List.of(
        "run-v1", "cell-v2", "cell-v1", "turn-v1", "verdicts-v1", "sweep-v1", "fleet-v1", "task-v1", "grid-v2",
        "grid-v1",
        "capacity-v1", "transfer-v1", "selftest-v1", "torture-v1", "show-v1", "guide-v1", "diff-v1", "history-v1",
        "strategies-v1", "scenarios-v1", "kernel-v1");
    private static final Set<String> FACETS = Set.of("integer", "number", "string", "boolean");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldFindPageOfRepositoryUpToDate() throws IOException {
        if (Boolean.getBoolean("steward.rewrite")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page());
        }
        assertThat(Files.readString(PAGE)).as("rewrite it with -Dsteward.rewrite=true").isEqualTo(page());
    }

    @Test
    void shouldHaveATableOfEverySchema() throws IOException {
        try (var schemas = Files.list(DOCS.resolve("schemas"))) {
            assertThat(schemas.map(file -> file.getFileName().toString().replace(".schema.json", "")))
                .containsExactlyInAnyOrderElementsOf(FILES);
        }
    }

    @ParameterizedTest
    @FieldSource("FILES")
    void shouldSayOfEachFieldWhatItMeans(String name) throws IOException {
        assertThat(table(name).lines().skip(5)).isNotEmpty()
            .allMatch(row -> row.matches("\\| `[^`]+` \\| [^|]+ \\| .*[a-z0-9`)].* \\|"), "has a meaning");
    }

    private static String page() throws IOException {
        StringBuilder page = new StringBuilder("""
            # Fields of the result files

            Made from [the schemas](../schemas/) by a test, which keeps it so; [results-format.md](../results-format.md)
            says how they are used. *Maybe* stands before a type that may be absent. From selftest on they are what
            a command prints with `--json`.
            """);
        for (String name : FILES) {
            page.append(table(name));
        }
        return page.toString();
    }

    private static String table(String name) throws IOException {
        JsonNode schema = JSON.readTree(Files.readString(DOCS.resolve("schemas").resolve(name + ".schema.json")));
        StringBuilder table = new StringBuilder("\n## " + schema.path("title").asText().replace("Steward ", "")
            + "\n\n| field | type | meaning |\n|---|---|---|\n");
        rows(table, "", schema);
        return table.toString();
    }

    private static void rows(StringBuilder table, String before, JsonNode object) {
        Set<String> required = new HashSet<>();
        object.path("required").forEach(field -> required.add(field.asText()));
        for (Map.Entry<String, JsonNode> field : object.path("properties").properties()) {
            JsonNode schema = field.getValue();
            String path = before + field.getKey();
            table.append("| `").append(path).append("` | ").append(required.contains(field.getKey()) ? "" : "maybe ")
                .append(type(schema)).append(" | ").append(schema.path("description").asText()).append(" |\n");
            rows(table, path + ".", schema);
            rows(table, path + "[].", schema.path("items"));
            rows(table, path + ".*.", schema.path("additionalProperties"));
        }
    }

    private static String type(JsonNode schema) {
        if (schema.has("$ref")) {
            String[] urn = schema.path("$ref").asText().split(":");
            return String.format(Locale.ROOT, "[%s](#%1$s-version-%s)", urn[2], urn[3]);
        }
        if (schema.has("const")) {
            return "`" + schema.path("const").asText() + "`";
        }
        if (schema.has("enum")) {
            StringBuilder values = new StringBuilder();
            schema.path("enum").forEach(
                value -> values.append(values.isEmpty() ? "" : ", ").append('`').append(value.asText()).append('`'));
            return values.toString();
        }
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            return type.get(0).asText() + " or " + type.get(1).asText();
        }
        if (FACETS.contains(schema.path("items").path("type").asText())) {
            return String.format(Locale.ROOT, "array of %s", schema.path("items").path("type").asText());
        }
        return FACETS.contains(schema.path("additionalProperties").path("type").asText())
            ? "object of " + schema.path("additionalProperties").path("type").asText() : type.asText();
    }
}
