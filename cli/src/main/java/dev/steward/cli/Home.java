package dev.steward.cli;

import dev.steward.loadgen.kernel.ModuleBuild;
import dev.steward.reports.transfer.Transfers;
import dev.steward.results.TransferResult;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the suite is installed; the launcher says so. */
final class Home {
    /** Names the folder for results. */
    static final String RESULTS = "STEWARD_RESULTS";

    private static final String HOME_PROP_NAME = "steward.home";

    private Home() {
    }

    static Path path() {
        return Path.of(System.getProperty(HOME_PROP_NAME, ".")).toAbsolutePath().normalize();
    }

    /** Where results go that nobody names a folder for. */
    static Path results() {
        String named = System.getenv(RESULTS);
        return Path.of(named == null || named.isEmpty() ? "results" : named);
    }

    static Path grids() {
        return path().resolve("grids");
    }

    /** Where the twin in C is built. */
    static Path nativeBuild() {
        return built("native");
    }

    static ModuleBuild module() {
        return new ModuleBuild(path().resolve("kernel"), built("kernel"));
    }

    /** In a checkout that can be written, else in the user's cache. */
    private static Path built(String what) {
        if (Files.isRegularFile(path().resolve("pom.xml")) && Files.isWritable(path())) {
            return path().resolve("target").resolve(what);
        }
        String cache = System.getenv("XDG_CACHE_HOME");
        return (cache == null || cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache))
            .resolve("steward").resolve(what);
    }

    /** Those measured from here, and the shipped one. */
    static Transfers transfers() {
        return new Transfers(results(), grids().resolve(TransferResult.FILE));
    }

    static Path scenarios() {
        return path().resolve("scenarios");
    }
}
