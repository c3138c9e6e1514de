package dev.steward.loadgen.scenario;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Reads the YAML file of a scenario: nested maps whose leaves are settings. Keeps the line of each for messages.
 */
final class ScenarioFile {
    private static final long MAX_LENGTH_BYTES = 1 << 20;

    private ScenarioFile() {
    }

    static void read(Path file, ScenarioBuilder into) {
        Node root;
        try {
            if (Files.size(file) > MAX_LENGTH_BYTES) {
                throw new ScenarioException(file + ": is over 1 MiB; a scenario is a short YAML file");
            }
            // As a whole first: the parser would wrap a decoding error into one of its own.
            root = new Yaml(new LoaderOptions()).compose(new StringReader(Files.readString(file)));
        } catch (CharacterCodingException e) {
            throw new ScenarioException(file + ": is not UTF-8 text; a scenario is a short YAML file");
        } catch (IOException e) {
            throw new ScenarioException(file + ": cannot be read; a scenario is a readable YAML file");
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new ScenarioException(file + ":" + line + ": is not YAML: " + firstLine(e.getProblem()));
        } catch (YAMLException e) {
            throw new ScenarioException(file + ": is not YAML: " + firstLine(e.getMessage()));
        }
        if (!(root instanceof MappingNode map)) {
            throw new ScenarioException(file + ": a scenario is a map of settings, 'key: value' on each line");
        }
        unfold(file, "", map, into, new HashSet<>());
    }

    private static void unfold(Path file, String prefix, MappingNode map, ScenarioBuilder into, Set<String> seen) {
        for (NodeTuple tuple : map.getValue()) {
            String origin = file + ":" + (tuple.getKeyNode().getStartMark().getLine() + 1);
            if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                throw new ScenarioException(origin + ": a key is plain text");
            }
            String key = prefix + keyNode.getValue();
            Node value = tuple.getValueNode();
            if (!(value instanceof ScalarNode) && ScenarioKey.byKey(key).isPresent()) {
                String kind = value instanceof MappingNode ? "section" : "list";
                throw new ScenarioException(origin + ": " + key + ": one value is expected, not a " + kind);
            }
            if (value instanceof MappingNode nested) {
                // Also what ends a map that an alias has put into itself.
                if (!ScenarioKey.isSection(key)) {
                    throw ScenarioBuilder.unknown(key, origin);
                }
                unfold(file, key + ".", nested, into, seen);
            } else if (ScenarioKey.isSection(key)) {
                throw new ScenarioException(origin + ": " + key
                    + " is a section: its settings stand below it, indented");
            } else if (value instanceof ScalarNode scalar) {
                if (!seen.add(key)) {
                    throw new ScenarioException(origin + ": " + key + " is set twice");
                }
                into.set(key, scalar.getValue(), origin);
            } else {
                throw ScenarioBuilder.unknown(key, origin);
            }
        }
    }

    private static String firstLine(String message) {
        return message == null ? "it cannot be parsed" : message.lines().findFirst().orElse("");
    }
}
