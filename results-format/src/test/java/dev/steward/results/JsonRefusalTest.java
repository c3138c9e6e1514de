package dev.steward.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong in a file of the format: where, what, what is allowed; and nothing of how it is read. */
final class JsonRefusalTest {
    private static final String WHOLE = """
        {"format": "steward-test", "version": 1, "text": "a", "number": 1, "flag": true,
         "inner": [{"kind": "ok"}, {"kind": "invalid"}], "map": {"a": 0.5}}
        """;

    @TempDir
    private Path folder;

    /** One of each sort of field. */
    record Sample(
        String format, int version, String text, int number, boolean flag, List<Inner> inner, Map<String, Double> map) {
        Sample {
            if (number == 0) {
                throw new IllegalArgumentException("none is no number here");
            }
        }
    }

    /** Within a list. */
    record Inner(CellRecord.Status kind) {
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"text\": \"a\", | '' | text: is missing (line 2)",
        "\"a\", \"number\" | null, \"number\" | text: is null, where a value is needed (line 1)",
        "\"number\": 1 | \"number\": null | number: is null, where a value is needed (line 1)",
        "\"number\": 1 | \"number\": \"many\" | number: a whole number is needed (line 1)",
        "\"number\": 1 | \"number\": \"\" | number: '' is not a whole number (line 1)",
        "\"number\": 1 | \"number\": \" \" | number: ' ' is not a whole number (line 1)",
        "\"number\": 1 | \"number\": [1] | number: a whole number is needed (line 1)",
        "\"number\": 1 | \"number\": -1 | number: is -1; allowed: 0 to 2^53 (line 1)",
        "\"number\": 1 | \"number\": 0 | none is no number here (line 2)",
        "\"flag\": true | \"flag\": {} | flag: true or false is needed (line 1)",
        "{\"kind\": \"invalid\"} | \"x\" | inner[1]: an object is needed (line 2)",
        "\"invalid\" | \"three\" | inner[1].kind: 'three' is not one of disturbed, invalid, ok (line 2)",
        "[{\"kind\": \"ok\"}, {\"kind\": \"invalid\"}] | {} | inner: a list is needed (line 2)",
        "0.5 | \"half\" | map.a: 'half' is not a number (line 2)",
        "0.5}} | 0.5}} {} | a second value follows the first (line 2)",
        "0.5}} | 0.5 | ends too early (line 3)",
        "0.5}} | 0.5}x} | is no JSON from column 67 on (line 2)",
        "0.5 | NaN | is no JSON from column 66 on (line 2)",
        "0.5 | 1e999 | map.a: 'Infinity' is not a number (line 2)",
        "\"number\": 1 | \"number\": 1.5 | number: '1.5' is not a whole number (line 1)",
        "\"number\": 1 | \"number\": \"1\" | number: a whole number is needed (line 1)",
        "\"number\": 1 | \"number\": 99999999999 | number: is too large for a whole number (line 1)",
        "\"number\": 1 | \"number\": 1, \"number\": 2 | has the key 'number' twice (line 1)",
        "\"invalid\" | 1 | inner[1].kind: '1' is not a text (line 2)",
    })
    void shouldSayWhereAndWhatIsWrong(String from, String to, String message) throws IOException {
        String wrong = WHOLE.replace(from, to);
        assertThat(wrong).isNotEqualTo(WHOLE);
        Path file = Files.writeString(folder.resolve("sample.json"), wrong);

        assertThatThrownBy(() -> JsonFile.read(file, "steward-test", 1, Sample.class))
            .isInstanceOf(IOException.class).hasMessage(message);
    }
}
