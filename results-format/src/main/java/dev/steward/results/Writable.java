package dev.steward.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Whether a place can be written: a long run must not find out at its end that it cannot. Pure functions. */
public final class Writable {
    private Writable() {
    }

    /** {@return what is wrong with a file that is to be written, in words behind its name} The file stays as it is. */
    public static Optional<String> refusal(Path file) {
        // To open a pipe waits for a reader, and what a device has taken is nowhere to be read.
        Optional<String> special = WholeFile.pipeOrDevice(file);
        if (special.isPresent()) {
            return special;
        }
        boolean isNew = Files.notExists(file);
        try {
            Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
            if (isNew) {
                Files.delete(file);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot be written; name a file in a folder that exists and may be written");
        }
    }

    /**
     * Makes a folder unless it is there.
     *
     * @throws IOException if it cannot be made, or nothing in it: only to try tells of every disk that is read-only
     */
    public static void makeFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.delete(Files.createTempFile(folder, ".steward", ".tmp"));
    }
}
