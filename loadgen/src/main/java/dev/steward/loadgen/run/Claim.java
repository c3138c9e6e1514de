package dev.steward.loadgen.run;

import dev.steward.loadgen.scenario.MachineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The right to write into a result folder while a run goes on. The system takes it back when the process ends. */
public final class Claim {
    /** In the folder while a run is at work; one that is left by a killed process is in nobody's way. */
    public static final String FILE = ".running";

    private final Path file;
    private final FileChannel channel;

    private Claim(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Runs something that writes into a folder.
     *
     * @throws FolderTakenException if another run is at work there; one line, for a user.
     * @throws MachineException     if nothing can be written there.
     * @throws UncheckedIOException if the right cannot be taken or given back.
     */
    static <T> T during(Path folder, Supplier<T> run) {
        try {
            return of(folder).during(run::get);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Something that writes into the folder; may fail in a way of its own. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        /** Does it. */
        T run() throws IOException, E;
    }

    /** Does something, and gives the right back however that ends. */
    public <T, E extends Exception> T during(Work<T, E> work) throws IOException, E {
        try {
            return work.run();
        } finally {
            release();
        }
    }

    /** Whether a folder holds nothing but a claim, of a run that begins or one that was killed, or nothing at all. */
    public static boolean isAlone(Path folder) throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            return content.allMatch(file -> file.endsWith(FILE));
        }
    }

    /**
     * Makes a folder unless it is there, and takes the right, which is to be released when the run has ended.
     *
     * @throws FolderTakenException if another run is at work there; one line, for a user.
     * @throws MachineException     if nothing can be written there.
     */
    public static Claim making(Path folder) {
        try {
            Files.createDirectories(folder);
            return of(folder);
        } catch (IOException e) {
            throw ResultFolders.notWritable(folder, e);
        }
    }

    /**
     * Takes the right, which is to be released when the run has ended.
     *
     * @throws FolderTakenException if another run is at work there; one line, for a user.
     * @throws MachineException     if nothing can be written there.
     * @throws IOException          if the right cannot be taken.
     */
    static Claim of(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw ResultFolders.notWritable(folder, e);
        }
        if (lock(channel) == null) {
            channel.close();
            throw new FolderTakenException("--out: another run is at work in " + folder + "; name a new folder");
        }
        return new Claim(file, channel);
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Gives the right back. */
    public void release() throws IOException {
        Files.deleteIfExists(file);
        channel.close();
    }
}
