package dev.steward.loadgen.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file for a trace, gone when it is closed. A killed replay leaves it, and the next one deletes it: its name has the
 * number of the process. A lock on it would not do: the system gives it back as soon as any reader closes the file.
 */
final class TraceFile implements Closeable {
    private static final String PREFIX = "steward-replay-";
    private static final String SUFFIX = ".trace";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,18})-\\d+" + Pattern.quote(SUFFIX));

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
        String prefix = PREFIX + ProcessHandle.current().pid() + "-";
        Path path = folder == null
            ? Files.createTempFile(prefix, SUFFIX) : Files.createTempFile(folder, prefix, SUFFIX);
        path.toFile().deleteOnExit();
        deleteLeft(path.toAbsolutePath().getParent());
        return new TraceFile(path);
    }

    Path path() {
        return path;
    }

    /** What cannot be deleted, as a file of another user, stays. */
    private static void deleteLeft(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
            for (Path file : files) {
                if (isLeft(file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            return;
        }
    }

    private static boolean isLeft(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
