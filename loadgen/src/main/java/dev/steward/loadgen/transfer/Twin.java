package dev.steward.loadgen.transfer;

import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.turn.JvmEnd;
import dev.steward.results.LockFigure.World;
import dev.steward.results.Temporary;
import dev.steward.results.TransferResult;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program in C ({@code native/}): built where it can be written, asked for its locks, started once a turn. */
public final class Twin {
    private static final String INSTALL =
        "install them (Debian: apt-get install gcc make; with libck-dev and liburcu-dev for the locks of those)";
    private static final Pattern LOCK = Pattern.compile("lock=(\\S+) strategy=(\\S*) racy=([01])");
    private static final Pattern MISSING = Pattern.compile("missing=(\\S+) reason=(.+)");
    private static final String BUILT = "build/twin";
    private static final long LIST_LIMIT_MS = 10_000;
    private static final long BUILD_LIMIT_MS = 300_000;

    private final Path program;
    private final String compiler;
    private final List<Lock> locks = new ArrayList<>();
    private final List<TransferResult.Missing> missing = new ArrayList<>();

    /**
     * A lock of the program.
     *
     * @param strategy with the same algorithm; null if there is none.
     * @param racy     whether it is none.
     */
    public record Lock(String name, String strategy, boolean racy) {
    }

    private Twin(Path program, String compiler) throws IOException, InterruptedException {
        this.program = program;
        this.compiler = compiler;
        for (String line : run(List.of(program.toString(), "list"), null, LIST_LIMIT_MS).lines().toList()) {
            Matcher lock = LOCK.matcher(line);
            Matcher left = MISSING.matcher(line);
            if (lock.matches()) {
                locks.add(new Lock(lock.group(1), lock.group(2).isEmpty() ? null : lock.group(2),
                    lock.group(3).equals("1")));
            } else if (left.matches()) {
                missing.add(new TransferResult.Missing(World.C, left.group(1), left.group(2)));
            }
        }
    }

    /**
     * Builds what is not up to date. The sources are copied to where it is built: where they lie may be read-only, and
     * make does not like blanks in a path.
     *
     * @param sources folder of the makefile.
     * @param folder  to build in, made if it is missing.
     * @param path    where programs are looked for, as the shell has it.
     * @throws ScenarioException    with one line, if there is no compiler or it refuses.
     * @throws IOException          if the folder cannot be written.
     * @throws InterruptedException if this thread was interrupted.
     */
    public static Twin build(Path sources, Path folder, String path) throws IOException, InterruptedException {
        for (String program : List.of("cc", "make")) {
            if (!isOn(path, program)) {
                throw new ScenarioException("transfer: no C compiler and make here ('" + program
                    + "' is not on the PATH); " + INSTALL);
            }
        }
        Files.createDirectories(folder);
        // Two first starts at the same time must not build into one another.
        try (FileChannel channel = FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
            channel.lock();
            copy(sources, folder);
            try {
                run(List.of("make", "-s", "-j2", BUILT), folder, BUILD_LIMIT_MS);
            } catch (IOException e) {
                throw new ScenarioException("transfer: the twin in C cannot be built (" + e.getMessage() + "); "
                    + INSTALL);
            }
            String compiler = run(List.of("cc", "--version"), folder, LIST_LIMIT_MS).lines().findFirst().orElse("cc");
            return new Twin(folder.resolve(BUILT), compiler);
        }
    }

    private static boolean isOn(String path, String program) {
        return path != null && Arrays.stream(path.split(File.pathSeparator)).filter(entry -> !entry.isEmpty())
            .anyMatch(entry -> Files.isExecutable(Path.of(entry, program)));
    }

    /** What is the same stays untouched, so that it is not built again; what is gone there goes here. */
    private static void copy(Path sources, Path folder) throws IOException {
        Set<Path> wanted = new HashSet<>();
        try (var files = Files.walk(sources)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = sources.relativize(file);
                if (!relative.startsWith("build")) {
                    wanted.add(relative);
                    Path copy = folder.resolve(relative.toString());
                    byte[] bytes = Files.readAllBytes(file);
                    if (!Files.exists(copy) || !Arrays.equals(bytes, Files.readAllBytes(copy))) {
                        Files.createDirectories(copy.getParent());
                        Files.write(copy, bytes);
                    }
                }
            }
        }
        for (Path part : List.of(folder.resolve("src"), folder.resolve("locks"))) {
            try (var files = Files.list(part)) {
                for (Path file : files.toList()) {
                    if (!wanted.contains(folder.relativize(file))) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    /** What a program prints; its first complaint if it fails. */
    private static String run(List<String> command, Path folder, long limitMs)
        throws IOException, InterruptedException {
        Path complaints = Temporary.file(null, "twin", ".txt");
        try {
            Process process = new ProcessBuilder(command).directory(folder == null ? null : folder.toFile())
                .redirectError(complaints.toFile()).start();
            process.getOutputStream().close();
            return said(process, complaints, limitMs);
        } finally {
            Files.deleteIfExists(complaints);
        }
    }

    private static String said(Process process, Path complaints, long limitMs)
        throws IOException, InterruptedException {
        try {
            if (!process.waitFor(limitMs, TimeUnit.MILLISECONDS)) {
                throw new IOException("did not end in time and was stopped");
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.exitValue() != 0) {
                List<String> lines = Files.readAllLines(complaints, StandardCharsets.ISO_8859_1);
                throw new IOException(lines.stream().filter(line -> line.contains("error")).findFirst()
                    .or(() -> lines.stream().findFirst()).orElse("ended with code " + process.exitValue()));
            }
            return said;
        } finally {
            JvmEnd.kill(process);
        }
    }

    /** {@return the first line of what the compiler says of itself} */
    public String compiler() {
        return compiler;
    }

    /** {@return all locks, in the order of the program} */
    public List<Lock> locks() {
        return List.copyOf(locks);
    }

    /** {@return what could not be built in, and why} */
    public List<TransferResult.Missing> missing() {
        return List.copyOf(missing);
    }

    /** {@return a lock of it, ready to take turns} */
    public Contestant contestant(Lock lock) {
        return new InC(lock);
    }

    private final class InC implements Contestant {
        private final Lock lock;

        InC(Lock lock) {
            this.lock = lock;
        }

        @Override
        public String play(String order, long limitMs) throws IOException, InterruptedException {
            List<String> command = new ArrayList<>(List.of(program.toString(), "run", lock.name));
            command.addAll(List.of(order.split(" ")));
            return run(command, null, limitMs);
        }

        @Override
        public void close() {
            // a process measures once
        }
    }
}
