package dev.steward.loadgen.run;

import dev.steward.results.Temporary;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file for a trace, gone when it is closed. */
final class TraceFile implements Closeable {
    private final Path path;

    private TraceFile(Path path) {
        this.path = path;
    }

    /**
     * Makes one.
     *
     * @param folder where; null for that of temporary files.
     * @throws IOException if it cannot be made.
     */
    static TraceFile in(Path folder) throws IOException {
        Path path = Temporary.file(folder, "replay", ".trace");
        path.toFile().deleteOnExit();
        return new TraceFile(path);
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
