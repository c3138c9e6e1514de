package dev.steward.cli;

import java.nio.file.Path;

/** Where the suite is installed; the launcher says so. */
final class Home {
    private static final String HOME_PROP_NAME = "steward.home";

    private Home() {
    }

    static Path path() {
        return Path.of(System.getProperty(HOME_PROP_NAME, ".")).toAbsolutePath().normalize();
    }

    static Path grids() {
        return path().resolve("grids");
    }

    static Path scenarios() {
        return path().resolve("scenarios");
    }
}
