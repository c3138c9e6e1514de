package dev.steward.loadgen.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.text.StringSubstitutor;

/** Files that are written for a scheduler, with places in them that are filled: {@code @{name}}. Pure functions. */
final class Template {
    private Template() {
    }

    /**
     * Fills all places.
     *
     * @throws IllegalArgumentException if there is one that nothing is said of.
     */
    static String filled(String name, Map<String, ?> values) {
        try (InputStream in = Template.class.getResourceAsStream(name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new StringSubstitutor(values, "@{", "}").setEnableUndefinedVariableException(true)
                .setDisableSubstitutionInValues(true).replace(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a POSIX shell takes it for one word. */
    static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
