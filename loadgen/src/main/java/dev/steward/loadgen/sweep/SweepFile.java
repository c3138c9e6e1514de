package dev.steward.loadgen.sweep;

import dev.steward.loadgen.run.StrategyChoice;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.scenario.YamlFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads the YAML file of a grid: {@code name}, {@code description}, {@code strategies}, {@code settings} (fixed, full
 * keys), {@code axes} (full keys, a list of values each) and maybe {@code points} (a map of full keys each; without,
 * all combinations of the axes); {@code answer} belongs to the debate. Keeps the line of each for messages.
 */
final class SweepFile {
    private static final String ALLOWED = "allowed: name, description, strategies, settings, axes, points";

    private final Path file;
    private String name = "sweep";
    private String description = "";
    private final List<String> strategies = new ArrayList<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<Axis> axes = new ArrayList<>();
    private final Map<String, Map<String, String>> points = new LinkedHashMap<>();

    private SweepFile(Path file) {
        this.file = file;
    }

    static SweepGrid read(Path file) {
        SweepFile reader = new SweepFile(file);
        reader.root().getValue().forEach(reader::take);
        if (reader.strategies.isEmpty() || reader.axes.isEmpty()) {
            throw new ScenarioException(file + ": a grid names at least one of strategies and one of axes");
        }
        // Unknown names are told before anything runs.
        StrategyChoice.named(reader.strategies);
        SweepGrid plan = new SweepGrid(
            reader.name, reader.description, reader.strategies, reader.settings, reader.axes, List.of());
        return reader.points.isEmpty() ? plan.withAllCombinations(file.toString()) : plan.with(reader.points);
    }

    private MappingNode root() {
        if (YamlFile.root(file, "grid") instanceof MappingNode map) {
            return map;
        }
        throw new ScenarioException(file + ": a grid is a map; " + ALLOWED);
    }

    private void take(NodeTuple tuple) {
        String key = text(tuple.getKeyNode());
        Node value = tuple.getValueNode();
        switch (key) {
            case "name" -> name = text(value);
            case "description" -> description = text(value);
            case "strategies" -> strategies.addAll(texts(value));
            case "settings" -> map(value).forEach(one -> settings.put(text(one.getKeyNode()), checked(one)));
            case "axes" -> map(value).forEach(one ->
                axes.add(Axis.of(text(one.getKeyNode()), texts(one.getValueNode()), origin(one.getKeyNode()))));
            case "points" -> list(value).forEach(point -> points.put(origin(point), place(point)));
            case "answer" -> {
                // What a debate says of its grid is the business of the reports.
            }
            default -> throw new ScenarioException(origin(tuple.getKeyNode()) + ": unknown '" + key + "'; " + ALLOWED);
        }
    }

    private String checked(NodeTuple setting) {
        String value = text(setting.getValueNode());
        new ScenarioBuilder().set(text(setting.getKeyNode()), value, origin(setting.getKeyNode()));
        return value;
    }

    private List<NodeTuple> map(Node node) {
        if (node instanceof MappingNode map) {
            return map.getValue();
        }
        throw new ScenarioException(origin(node) + ": a map is expected, 'key: value' on each line");
    }

    private Map<String, String> place(Node point) {
        Map<String, String> place = new LinkedHashMap<>();
        map(point).forEach(one -> place.put(text(one.getKeyNode()), checked(one)));
        return place;
    }

    private List<String> texts(Node node) {
        return list(node).stream().map(this::text).toList();
    }

    private List<Node> list(Node node) {
        if (node instanceof SequenceNode list) {
            return list.getValue();
        }
        throw new ScenarioException(origin(node) + ": a list is expected, as in [20k/s, 200k/s]");
    }

    private String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw new ScenarioException(origin(node) + ": plain text is expected");
    }

    private String origin(Node node) {
        return file + ":" + (node.getStartMark().getLine() + 1);
    }
}
