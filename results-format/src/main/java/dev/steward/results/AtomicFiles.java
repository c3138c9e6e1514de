package dev.steward.results;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Replaces a file in one step: a reader sees the old content or the new. */
public final class AtomicFiles {
    private AtomicFiles() {
    }

    /**
     * Writes beside the file and renames into place.
     *
     * @throws FileSystemException if it cannot be written; names the file
     * @throws IOException         if what was begun cannot be removed
     */
    public static void write(Path file, byte[] content) throws IOException {
        // A name of its own, since another process may be writing the same file.
        Path temporary = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.write(temporary, content);
            move(temporary, file);
        } catch (IOException e) {
            throw naming(file, e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** The same with text in UTF-8. */
    public static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A failure to write as one that names the file, which a full disk does not. */
    static IOException naming(Path file, IOException failure) {
        String name = file.toString();
        FileSystemException named = failure instanceof NoSuchFileException ? new NoSuchFileException(name)
            : failure instanceof AccessDeniedException ? new AccessDeniedException(name)
            : new FileSystemException(name, null, failure instanceof FileSystemException of && of.getReason() != null
                ? of.getReason() : failure.getMessage());
        named.initCause(failure);
        return named;
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
