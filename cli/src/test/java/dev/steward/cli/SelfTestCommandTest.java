package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.steward.results.JsonFile;
import dev.steward.results.SelfTestFinding;
import dev.steward.results.SelfTestFinding.Kind;
import dev.steward.results.SelfTestFinding.Verdict;
import dev.steward.results.SelfTestResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows from the findings; what they are depends on the machine, so a pipeline runs the command itself. */
final class SelfTestCommandTest {
    @ParameterizedTest
    @CsvSource({
        "TRUTH, PASS, 0, 0, Figures can be believed",
        "TRUTH, UNCLEAR, 3, 1, Nothing is wrong",
        "TRUTH, FAIL, 1, 1, FAILED",
        "SPEED, PASS, 0, 0, Figures can be believed",
        "SPEED, MISS, 0, 1, Figures can be believed",
        "FIGURE, PASS, 0, 0, Figures can be believed",
    })
    void shouldFailOnlyForWhatMakesFiguresWrong(Kind kind, Verdict verdict, int code, int strictCode, String words) {
        List<SelfTestFinding> findings = List.of(
            new SelfTestFinding(Kind.TRUTH, "a", "b", "c", Verdict.PASS),
            new SelfTestFinding(kind, "a", "b", "c", verdict));

        assertThat(SelfTestCommand.exitCode(findings, false)).isEqualTo(code);
        assertThat(SelfTestCommand.exitCode(findings, true)).isEqualTo(strictCode);
        assertThat(SelfTestCommand.conclusion(findings)).startsWith(words);
        assertThat(SelfTestCommand.conclusion(findings).contains("Goals of speed were missed"))
            .isEqualTo(verdict == Verdict.MISS);
    }

    @Test
    void shouldWriteWhatItsSchemaSays(@TempDir Path folder) throws IOException {
        List<SelfTestFinding> findings = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (Verdict verdict : Verdict.values()) {
                findings.add(new SelfTestFinding(kind, "a", "b", "c", verdict));
            }
        }
        Path file = folder.resolve("findings.json");
        JsonFile.write(file, SelfTestResult.of(findings));
        String json = Files.readString(file);
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(
            Files.readString(Path.of("..", "docs", "schemas", "selftest-v1.schema.json")), InputFormat.JSON);

        assertThat(schema.validate(json, InputFormat.JSON)).isEmpty();
        assertThat(schema.validate(json.replace("MISS", "MAYBE"), InputFormat.JSON)).isNotEmpty();
        assertThat(schema.validate(json.replace("\"seen\"", "\"saw\""), InputFormat.JSON)).isNotEmpty();
    }
}
