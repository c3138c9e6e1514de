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

    /** {@return what is wrong with a file that is to be replaced, in words behind its name} The file stays as it is. */
    public static Optional<String> refusal(Path file) {
        // A file that is written beside it and renamed would take the place of the device.
        Optional<String> special = WholeFile.pipeOrDevice(file);
        return special.isPresent() ? special : refusalInPlace(file);
    }

    /** {@return the same of a file that is opened and written, which may be a pipe or a device} */
    public static Optional<String> refusalInPlace(Path file) {
        // To open a pipe waits for a reader, who may not be there yet.
        if (WholeFile.pipeOrDevice(file).isPresent()) {
            return Files.isWritable(file) ? Optional.empty() : Optional.of("may not be written; name another file");
        }
        try {
            Path end = endOfLinks(file);
            if (Files.notExists(end)) {
                // No file that somebody else makes meanwhile may be deleted.
                Files.newByteChannel(end, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE).close();
                Files.delete(end);
            } else {
                Files.newByteChannel(end, StandardOpenOption.WRITE).close();
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot be written; name a file in a folder that exists and may be written");
        }
    }

    /** Where a link leads to no file yet, the file that it means: what is tried there leaves the link as it is. */
    private static Path endOfLinks(Path file) throws IOException {
        Path end = file;
        // Ends, since links in a circle are not known not to exist.
        while (Files.isSymbolicLink(end) && Files.notExists(end)) {
            end = end.resolveSibling(Files.readSymbolicLink(end));
        }
        return end;
    }

    /**
     * Makes a folder unless it is there.
     *
     * @throws IOException if it cannot be made, or nothing can be made in it; only trying reveals a read-only disk
     */
    public static void makeFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.delete(Files.createTempFile(folder, ".steward", ".tmp"));
    }
}
