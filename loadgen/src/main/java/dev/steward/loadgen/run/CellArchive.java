package dev.steward.loadgen.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The classes of a cell in the form in which a JVM maps them (a dynamic class data sharing archive, JEP 350), so that
 * each of the many JVMs of a run starts without parsing and verifying them. Only the start gets shorter: code is
 * compiled anew in every cell, as before.
 *
 * <p>The archive lies beside the jar and carries in its name what it was made of; it is made once for a build, and
 * anew after the next. Where that cannot be, cells start without: nothing depends on it.
 *
 * <p>Threading: any.
 */
final class CellArchive {
    private static final String PREFIX = "cell-classes-";
    private static final String SUFFIX = ".jsa";
    private static final int KEPT = 3;

    /** Runs a cell that leaves an archive. */
    @FunctionalInterface
    interface Maker {
        /** Runs it; false if the cell failed. */
        boolean make(Path archive) throws IOException, InterruptedException;
    }

    private final List<Path> classPath;
    private final String jvm;
    private final Maker maker;

    /** Of a class path; the maker makes the archive where there is none. */
    CellArchive(List<Path> classPath, String jvm, Maker maker) {
        this.classPath = classPath;
        this.jvm = jvm;
        this.maker = maker;
    }

    static List<Path> classPathOfThisJvm() {
        return Arrays.stream(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
            .map(Path::of).toList();
    }

    /**
     * Flags of a JVM that leaves an archive at its end. It compiles nothing: a method that waits for a compiler when
     * JDK 17 writes the archive is marked as waiting there, and no JVM that maps it ever compiles it. On a busy machine
     * that made events up to ten times slower.
     */
    static List<String> leave(Path archive) {
        return List.of("-Xint", "-XX:ArchiveClassesAtExit=" + archive);
    }

    /**
     * Finds the archive, or makes it.
     *
     * @return flags of a cell's JVM; none if there can be no archive.
     * @throws InterruptedException if this thread was interrupted.
     */
    List<String> flags() throws InterruptedException {
        // A JVM shares classes of jars only.
        if (classPath.isEmpty() || !classPath.stream().allMatch(CellArchive::isJar)) {
            return List.of();
        }
        try {
            Path folder = classPath.get(0).toAbsolutePath().getParent();
            Path archive = folder.resolve(PREFIX + fingerprint() + SUFFIX);
            // A colon would separate two archives.
            boolean usable = archive.toString().indexOf(':') < 0;
            return usable && (Files.exists(archive) || make(folder, archive)) ? use(archive) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean isJar(Path path) {
        return path.toString().endsWith(".jar") && Files.isRegularFile(path);
    }

    /** A JVM that finds the archive to be of other jars runs without it; nobody asked to be told. */
    private static List<String> use(Path archive) {
        return List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-Xlog:cds=off");
    }

    private String fingerprint() throws IOException {
        CRC32 crc = new CRC32();
        crc.update(jvm.getBytes(StandardCharsets.UTF_8));
        for (Path jar : classPath) {
            String facts = jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar).toMillis();
            crc.update(facts.getBytes(StandardCharsets.UTF_8));
        }
        return String.format("%08x", crc.getValue());
    }

    private boolean make(Path folder, Path archive) throws IOException, InterruptedException {
        if (!Files.isWritable(folder)) {
            return false;
        }
        // Under a name of its own first: another run may be making it, too.
        Path draft = Files.createTempFile(folder, PREFIX, ".draft");
        try {
            Files.delete(draft);
            if (!maker.make(draft) || !Files.exists(draft)) {
                return false;
            }
            Files.move(draft, archive, StandardCopyOption.ATOMIC_MOVE);
            // One each for a few class paths, as with and without strategies of the user's own.
            for (Path old : archivesIn(folder).stream().skip(KEPT).toList()) {
                Files.deleteIfExists(old);
            }
            return true;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Newest first. */
    private static List<Path> archivesIn(Path folder) throws IOException {
        Map<Path, FileTime> archives = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
            for (Path file : files) {
                archives.put(file, Files.getLastModifiedTime(file));
            }
        }
        return archives.entrySet().stream().sorted(Map.Entry.<Path, FileTime>comparingByValue().reversed())
            .map(Map.Entry::getKey).toList();
    }
}
