package dev.steward.loadgen.scenario;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the YAML file of a scenario: nested maps whose leaves are settings. Keeps the line of each for messages. */
final class ScenarioFile {
    private ScenarioFile() {
    }

    static void read(Path file, ScenarioBuilder into) {
        if (!(YamlFile.root(file, "scenario") instanceof MappingNode map)) {
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
}
