package dev.steward.loadgen.scenario;

import dev.steward.results.Wording;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a short YAML file up to its nodes, which keep the line of each value for messages. */
public final class YamlFile {
    private static final long MAX_LENGTH_BYTES = 1 << 20;

    private YamlFile() {
    }

    /**
     * Reads a file.
     *
     * @return its root, null for an empty file.
     * @throws ScenarioException with one line, if it is too long, cannot be read or is no YAML.
     */
    public static Node root(Path file, String what) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new ScenarioException(file + ": is no regular file; a " + what + " is a short YAML file");
            }
            if (Files.size(file) > MAX_LENGTH_BYTES) {
                throw new ScenarioException(file + ": is over 1 MiB; a " + what + " is a short YAML file");
            }
            // As a whole first: the parser would wrap a decoding error into one of its own.
            return new Yaml(new LoaderOptions()).compose(new StringReader(Files.readString(file)));
        } catch (CharacterCodingException e) {
            throw new ScenarioException(file + ": is not UTF-8 text; a " + what + " is a short YAML file");
        } catch (IOException e) {
            throw new ScenarioException(file + ": cannot be read; a " + what + " is a readable YAML file");
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new ScenarioException(file + ":" + line + ": is not YAML: " + firstLine(e.getProblem()));
        } catch (YAMLException e) {
            throw new ScenarioException(file + ": is not YAML: " + firstLine(e.getMessage()));
        }
    }

    private static String firstLine(String message) {
        return message == null ? "it cannot be parsed"
            : Wording.oneLine(message.lines().findFirst().orElse(""));
    }
}
