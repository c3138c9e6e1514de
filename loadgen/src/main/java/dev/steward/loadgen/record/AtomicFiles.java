package dev.steward.loadgen.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Replaces a file in one step, so that whoever reads it sees the old content or the new.
 */
public final class AtomicFiles {
    private AtomicFiles() {
    }

    /**
     * Writes beside the file and renames into place.
     *
     * @param file    to make or replace.
     * @param content all of it.
     * @throws IOException if it cannot be written.
     */
    public static void write(Path file, byte[] content) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.write(temporary, content);
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
