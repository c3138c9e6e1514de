package dev.steward.cli;

import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.results.Launcher;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds a grid: its definition (YAML), or what was measured of it (JSON, or the folder of a sweep). */
final class GridChoice {
    static final String DEFAULT = "driver";

    private static final String MEASURED = ".json";

    private GridChoice() {
    }

    static Path definition(String nameOrFile) {
        return find(nameOrFile, SuiteCommand.YAML, "a YAML file");
    }

    static Path measured(String nameOrFile) {
        return find(nameOrFile, MEASURED, "a grid file or the folder of a sweep");
    }

    private static Path find(String nameOrFile, String suffix, String allowed) {
        Path own = Home.grids().resolve(nameOrFile + suffix);
        if (!nameOrFile.contains("/") && Files.isRegularFile(own)) {
            return own;
        }
        Path file = Path.of(nameOrFile);
        if (Files.exists(file)) {
            return file;
        }
        if (Files.isRegularFile(Home.grids().resolve(nameOrFile + SuiteCommand.YAML))) {
            throw new ScenarioException("--grid: '" + nameOrFile + "' has not been measured here; measure it by '"
                + Launcher.command() + " sweep' and name results/sweep-" + nameOrFile + ", or use --measure");
        }
        throw new ScenarioException(
            "--grid: there is no grid '" + nameOrFile + "'; allowed: " + DEFAULT + ", or " + allowed);
    }
}
