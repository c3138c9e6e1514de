package dev.steward.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares an output with the file that seals it; {@code -Dsteward.golden=write} writes the file instead. */
public final class Golden {
    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

    private Golden() {
    }

    public static void assertSealed(String name, String actual) {
        try {
            if ("write".equals(System.getProperty("steward.golden"))) {
                Files.writeString(FOLDER.resolve(name), actual);
            }
            assertThat(actual).isEqualTo(Files.readString(FOLDER.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
