package dev.steward.cli;

import dev.steward.loadgen.scenario.Nearest;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.loadgen.scenario.ScenarioException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** Finds the file of a scenario: a name out of the suite's own, or a path. */
final class ScenarioChoice {
    static final String DEFAULT = "default";

    private ScenarioChoice() {
    }

    static ScenarioBuilder load(String nameOrFile) {
        Path own = Home.scenarios().resolve(nameOrFile + SuiteCommand.YAML);
        if (!nameOrFile.contains("/") && Files.isRegularFile(own)) {
            return new ScenarioBuilder().file(own);
        }
        Path file = Path.of(nameOrFile);
        if (Files.isRegularFile(file)) {
            return new ScenarioBuilder().file(file);
        }
        throw new ScenarioException("--scenario: " + (nameOrFile.contains("/") ? "no such file" : "unknown scenario")
            + " '" + nameOrFile + "'; " + Nearest.question(nameOrFile, names().stream()) + "allowed: "
            + String.join(", ", names()) + ", or a YAML file");
    }

    /** The one that runs without being asked for comes first. */
    static List<String> names() {
        try {
            return SuiteCommand.yamlNames(Home.scenarios()).stream()
                .sorted(Comparator.comparing(name -> !name.equals(DEFAULT))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(Home.scenarios() + ": cannot be listed", e);
        }
    }
}
