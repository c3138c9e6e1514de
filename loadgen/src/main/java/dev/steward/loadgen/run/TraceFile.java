package dev.steward.loadgen.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file for a trace, gone when it is closed. A killed replay leaves it, and the next one deletes it: the system gives
 * the lock on it back when a process ends.
 */
final class TraceFile implements Closeable {
    private static final String PREFIX = "steward-replay-";
    private static final String SUFFIX = ".trace";

    private final Path path;
    private final FileChannel lock;

    private TraceFile(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes one.
     *
     * @param folder where; null for that of temporary files.
     * @throws IOException if it cannot be made.
     */
    static TraceFile in(Path folder) throws IOException {
        Path path = folder == null
            ? Files.createTempFile(PREFIX, SUFFIX) : Files.createTempFile(folder, PREFIX, SUFFIX);
        TraceFile file = new TraceFile(path, FileChannel.open(path, StandardOpenOption.WRITE));
        file.lock.tryLock();
        path.toFile().deleteOnExit();
        deleteLeft(path.toAbsolutePath().getParent());
        return file;
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
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return channel.tryLock() != null;
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
        lock.close();
    }
}
