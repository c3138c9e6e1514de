package dev.steward.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.steward.reports.document.DiffDocument;
import dev.steward.reports.document.GuideDocument;
import dev.steward.reports.document.HistoryDocument;
import dev.steward.reports.document.ShowDocument;
import dev.steward.reports.guide.GridReader;
import dev.steward.reports.guide.GridReaderTest;
import dev.steward.reports.transfer.Transfer;
import dev.steward.results.CellRecord;
import dev.steward.results.GridData;
import dev.steward.results.JsonFile;
import dev.steward.results.LockFigure;
import dev.steward.results.RunManifest;
import dev.steward.results.SweepManifest;
import dev.steward.results.TransferResult;
import dev.steward.results.TurnRecord;
import dev.steward.results.Verdicts;
import dev.steward.results.Within;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds schema and reader of the format together: neither can gain or lose a field alone. */
class SchemaTest {
    /** Files of the first writers of version 1 lack them. */
    private static final Set<String> ADDED_LATER =
        Set.of("deliveries", "stalls", "guests", "threads", "outliers", "invalidations");
    private static final Path DOCS = Path.of("..", "docs");
    private static final String ID = "mutex-ring-r1";

    private final Fixture fixture = Fixture.of(List.of("mutex"), List.of("ring"), 1);

    @Test
    void shouldAcceptWhatTheFixtureWrites() {
        Fixture standard = Fixture.standard();
        assertThat(errors("run", standard.run())).isEmpty();
        for (String id : List.of("rwlock-inline-r2", "srcu-ring-r1", "unguarded-ring-r3")) {
            assertThat(errors("cell", standard.cell(id))).isEmpty();
        }
        standard.run().put("status", "running").remove("finishedAt");
        standard.run().put("unknown", 1);
        assertThat(errors("run", standard.run())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "cell"})
    void shouldRefuseAFileWithoutAnyOneOfItsFields(String which) {
        ObjectNode file = which.equals("run") ? fixture.run() : fixture.cell(ID);
        List<String> fields = new ArrayList<>();
        file.fieldNames().forEachRemaining(fields::add);
        fields.removeAll(ADDED_LATER);
        for (String field : fields) {
            ObjectNode without = file.deepCopy();
            without.remove(field);
            assertThat(errors(which, without)).as(field).isNotEmpty();
        }
    }

    @Test
    void shouldRefuseWrongValues() {
        assertRefused("run", run -> run.put("version", 2));
        assertRefused("run", run -> run.put("status", "done"));
        assertRefused("run", run -> run.put("createdAt", "yesterday"));
        assertRefused("run", run -> ((ObjectNode) run.withArray("cells").get(0)).put("id", "../x"));
        assertRefused("cell", cell -> cell.put("threadOverlap", 1.5));
        assertRefused("cell", cell -> cell.put("measuredMs", 0.5));
        assertRefused("cell", cell -> cell.put("status", "invalid"));
        assertRefused("cell", cell -> cell.withArray("reasons").add("though ok"));
        assertRefused("cell", cell -> ((ObjectNode) cell.withArray("oracles").get(0)).remove("checks"));
        assertRefused("cell", cell -> ((ObjectNode) cell.get("ledger")).put("delivered", -1));
    }

    @Test
    void shouldAcceptTheGridThatIsWrittenAndRefuseAnother(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("grid.json");
        GridReader.write(GridReaderTest.measured(folder), file);
        ObjectNode grid = (ObjectNode) Fixture.MAPPER.readTree(file.toFile());
        ObjectNode sweep = (ObjectNode) Fixture.MAPPER.readTree(folder.resolve("sweep.json").toFile());

        assertThat(errors("grid", grid)).isEmpty();
        assertThat(errors("sweep", sweep)).isEmpty();
        for (String field : List.of("format", "version", "axes", "points", "settings", "strategies")) {
            assertThat(errors("grid", grid.deepCopy().without(field))).as(field).isNotEmpty();
            assertThat(errors("sweep", sweep.deepCopy().without(field))).as(field).isNotEmpty();
        }
        assertThat(errors("sweep", grid)).isNotEmpty();
        ((ObjectNode) grid.at("/points/0/results/0")).put("planned", -1);
        ((ObjectNode) sweep.at("/points/0")).put("id", "../elsewhere");
        assertThat(errors("grid", grid)).isNotEmpty();
        assertThat(errors("sweep", sweep)).isNotEmpty();
    }

    @Test
    void shouldAcceptTurnsAndVerdictsThatAreWrittenAndRefuseOthers(@TempDir Path folder) throws IOException {
        Reports.write(fixture.turns(Turns.of(1, "mutex").paths("ring")).write(folder), Transferred.NOWHERE);
        ObjectNode run = (ObjectNode) Fixture.MAPPER.readTree(folder.resolve("run.json").toFile());
        ObjectNode turn = (ObjectNode) Fixture.MAPPER.readTree(
            Files.readAllLines(folder.resolve(TurnRecord.FILE)).get(0));

        assertThat(errors("run", run)).isEmpty();
        assertThat(errors("turn", turn)).isEmpty();
        turn.without(List.of("compiled", "injectedFailures")).fieldNames().forEachRemaining(
            field -> assertThat(errors("turn", turn.deepCopy().without(field))).as(field).isNotEmpty());
        ((ObjectNode) run.get("turns")).remove("precision");
        assertThat(errors("run", run)).isNotEmpty();
    }

    @Test
    void shouldAcceptVerdictsWithAndWithoutIntervals(@TempDir Path folder) throws IOException {
        Fixture two = Fixture.of(List.of("mutex", "rwlock"), List.of("ring"), 1);
        for (int generations : new int[] {1, 8}) {
            Reports.write(two.turns(Turns.of(1, "mutex", "rwlock").paths("ring").generations(generations, 8))
                .write(folder.resolve("of-" + generations)), Transferred.NOWHERE);
            ObjectNode verdicts = (ObjectNode) Fixture.MAPPER.readTree(
                folder.resolve("of-" + generations).resolve(Verdicts.FILE).toFile());

            assertThat(verdicts.withArray("pairs")).isNotEmpty();
            assertThat(errors("verdicts", verdicts)).isEmpty();
            ((ObjectNode) verdicts.at("/pairs/0")).put("verdict", "unclear");
            assertThat(errors("verdicts", verdicts)).isNotEmpty();
        }
    }

    @Test
    void shouldAcceptTheTransferThatIsWrittenAndRefuseAnother(@TempDir Path folder) throws IOException {
        Path file = folder.resolve(TransferResult.FILE);
        JsonFile.write(file, Transfer.withIntervals(new Transferred().lock("mutex", 9, 8)
            .control(LockFigure.World.C, "none", 3).result()));
        ObjectNode written = (ObjectNode) Fixture.MAPPER.readTree(file.toFile());

        assertThat(errors("transfer", written)).isEmpty();
        ((ObjectNode) written.get("figures").get(0)).put("ns", 0);
        assertThat(errors("transfer", written)).isNotEmpty();
        ((ObjectNode) written.get("figures").get(0)).put("ns", 1).put("world", "moon");
        assertThat(errors("transfer", written)).isNotEmpty();
    }

    @Test
    void shouldNameTheSameFieldsAsTheReader() throws IOException {
        assertSame(RunManifest.class, schema("run"), "run");
        assertSame(CellRecord.class, schema("cell", 2), "cell");
        assertSame(TurnRecord.class, schema("turn"), "turn");
        assertSame(Verdicts.class, schema("verdicts"), "verdicts");
        assertSame(SweepManifest.class, schema("sweep"), "sweep");
        assertSame(GridData.class, schema("grid"), "grid");
        assertSame(ShowDocument.class, schema("show"), "show");
        assertSame(GuideDocument.class, schema("guide"), "guide");
        assertSame(DiffDocument.class, schema("diff"), "diff");
        assertSame(HistoryDocument.class, schema("history"), "history");
        assertSame(TransferResult.class, schema("transfer"), "transfer");
    }

    private static Set<String> properties(JsonNode schema) {
        Set<String> names = new TreeSet<>();
        schema.get("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void assertSame(Class<?> type, JsonNode schema, String where) {
        Set<String> components = new TreeSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
            String name = renamed == null ? component.getName() : renamed.value();
            components.add(name);
            Class<?> inner = innerRecord(component.getGenericType());
            JsonNode property = schema.get("properties").path(name);
            if (inner != null && !property.has("$ref")) {
                assertSame(inner, property.has("items") ? property.get("items") : property, where + "." + name);
            }
            if (type.getPackage() == RunManifest.class.getPackage() && !name.equals("version")) {
                assertRange(component, property, where + "." + name);
            }
        }
        assertThat(properties(schema)).as(where).isEqualTo(components);
    }

    /** What the reader refuses, the schema refuses as well. */
    private static void assertRange(RecordComponent component, JsonNode property, String where) {
        JsonNode number = property.has("items") ? property.get("items")
            : property.has("additionalProperties") ? property.get("additionalProperties") : property;
        JsonNode types = number.path("type");
        String type = types.isArray() ? types.get(0).asText() : types.asText();
        if (!type.equals("integer") && !type.equals("number")) {
            return;
        }
        Within within = component.getAccessor().getAnnotation(Within.class);
        ObjectNode expected = Fixture.MAPPER.createObjectNode();
        switch (within == null ? Within.Range.COUNT : within.value()) {
            case COUNT, LONG -> expected.put("minimum", 0);
            case POSITIVE -> expected.put(type.equals("integer") ? "minimum" : "exclusiveMinimum",
                type.equals("integer") ? 1 : 0);
            case SHARE -> expected.put("minimum", 0).put("maximum", 1);
            case SIGNED, BITS -> { }
        }
        ObjectNode found = number.deepCopy();
        found.retain("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum");
        assertThat(found).as(where).isEqualTo(expected);
    }

    private static Class<?> innerRecord(Type type) {
        Type inner = type instanceof ParameterizedType parameterized
            ? parameterized.getActualTypeArguments()[0] : type;
        return inner instanceof Class<?> candidate && candidate.isRecord() ? candidate : null;
    }

    private void assertRefused(String which, Consumer<ObjectNode> change) {
        ObjectNode file = (which.equals("run") ? fixture.run() : fixture.cell(ID)).deepCopy();
        change.accept(file);
        assertThat(errors(which, file)).isNotEmpty();
    }

    private static List<String> errors(String which, JsonNode file) {
        try {
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema(which).toString(), InputFormat.JSON);
            return schema.validate(file.toString(), InputFormat.JSON).stream().map(Object::toString).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode schema(String which) throws IOException {
        return schema(which, which.equals("grid") ? GridData.VERSION : 1);
    }

    private static JsonNode schema(String which, int version) throws IOException {
        return Fixture.MAPPER.readTree(
            Files.readString(DOCS.resolve("schemas/" + which + "-v" + version + ".schema.json")));
    }
}
