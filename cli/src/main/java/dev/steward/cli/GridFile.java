package dev.steward.cli;

import dev.steward.reports.guide.GridReader;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The one file that a sweep comes down to.
 */
final class GridFile {
    private static final String NAME = "grid.json";

    private GridFile() {
    }

    /** Makes it of the folder of a sweep, in that folder. */
    static Path write(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        GridReader.write(GridReader.read(folder), file);
        return file;
    }
}
