package dev.steward.results;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Temporary files and folders, with the process that they belong to in their names: whoever makes the next one removes
 * what a process left that was killed. A lock would not do: the system gives it back as soon as any reader closes the
 * file.
 *
 * <p>Threading: any.
 */
public final class Temporary {
    private static final int DIGITS = 8;
    /** Process numbers are unique only within one boot and one PID namespace. */
    private static final String NUMBERS = numbers();
    private static final Pattern NAME =
        Pattern.compile("steward-[a-z]+-" + NUMBERS + "-([0-9]{1,18})-[0-9]+(?:\\.[a-z]+)?");

    private Temporary() {
    }

    /**
     * Makes a folder.
     *
     * @param parent where; null for the folder of temporary files
     * @param kind   what for, a word
     * @throws IOException if it cannot be made
     */
    public static Path folder(Path parent, String kind) throws IOException {
        return alone(parent == null
            ? Files.createTempDirectory(prefix(kind)) : Files.createTempDirectory(parent, prefix(kind)));
    }

    /** Makes a file, as {@link #folder} makes a folder. */
    public static Path file(Path parent, String kind, String suffix) throws IOException {
        return alone(parent == null
            ? Files.createTempFile(prefix(kind), suffix) : Files.createTempFile(parent, prefix(kind), suffix));
    }

    private static String prefix(String kind) {
        return prefix(kind, ProcessHandle.current().pid());
    }

    /** {@return how the names begin that a process gives} */
    public static String prefix(String kind, long process) {
        return "steward-" + kind + "-" + NUMBERS + "-" + process + "-";
    }

    /** What cannot be removed, as a file of another user, stays. */
    private static Path alone(Path made) {
        try (DirectoryStream<Path> others = Files.newDirectoryStream(made.toAbsolutePath().getParent(), "steward-*")) {
            for (Path other : others) {
                Matcher name = NAME.matcher(other.getFileName().toString());
                if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                    removeIfAllowed(other);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return made;
        }
        return made;
    }

    private static void removeIfAllowed(Path left) {
        try {
            Folders.remove(left);
        } catch (IOException e) {
            return;
        }
    }

    /** Nothing is removed where this is not known. */
    private static String numbers() {
        try {
            String known = Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
                + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
            return Digest.of(known.getBytes(StandardCharsets.UTF_8), DIGITS);
        } catch (IOException | UnsupportedOperationException e) {
            return "unknown" + UUID.randomUUID();
        }
    }
}
