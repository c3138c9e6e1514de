package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A command, mostly a comparison, in a JVM of its own, so that it can be disturbed and stopped from outside. */
final class CompareProcess implements AutoCloseable {
    /** Far more than a loaded machine needs; only a hang meets it. */
    private static final Duration LIMIT = Duration.ofSeconds(300);
    private static final long POLL_NS = 20_000_000;

    /** Of a comparison that would take an hour. */
    static final List<String> ARGUMENTS = List.of(
        "compare", "--strategy", "mutex,rwlock", "--budget", "60m", "--set", "path=inline", "--set", "rehearsal=20ms",
        "--set", "turn.rounds=2", "--set", "turn.runIn=1", "--set", "warmup=20ms", "--set", "duration=50ms");

    private final Path named;
    private final Path results;
    private final Path out;
    private final Path err;
    private final Process process;

    /** Starts a comparison of short generations; it would take an hour. */
    CompareProcess(Path directory) throws IOException {
        this(directory, Path.of("results", "default"), List.of(), ARGUMENTS);
    }

    /** The same with its results in a folder that is named by the command line. */
    CompareProcess(Path directory, Path out) throws IOException {
        this(directory, out, List.of());
    }

    /** The same, started by another command that is given this one. */
    CompareProcess(Path directory, Path out, List<String> starter) throws IOException {
        this(directory, out, starter, with("--out", out.toString()));
    }

    /** Starts any command. */
    CompareProcess(Path directory, Path named, List<String> starter, List<String> arguments) throws IOException {
        this.named = named;
        results = directory.resolve(named);
        out = directory.resolve("out.txt");
        err = directory.resolve("err.txt");
        // Whoever runs the tests in the background of a shell has handed down that SIGINT is to be ignored.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal"));
        command.addAll(starter);
        command.addAll(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-Djava.util.logging.config.file=/dev/null",
            "-Dsteward.home=" + Home.path(),
            "-cp", System.getProperty("java.class.path"),
            Steward.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
        // The JVMs that measure inherit this, too: nobody reads their figures here, and they start sooner.
        builder.environment().put("_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:-AlwaysPreTouch");
        process = builder.start();
    }

    /** {@link #ARGUMENTS} with more behind them. */
    static List<String> with(String... more) {
        List<String> arguments = new ArrayList<>(ARGUMENTS);
        arguments.addAll(List.of(more));
        return arguments;
    }

    /** Relative to the folder it was started in, as it says it. */
    Path namedFolder() {
        return named;
    }

    Path results() {
        return results;
    }

    void awaitPreflight() {
        await("the preflight line", () -> !out().isEmpty());
    }

    void awaitFirstGeneration() {
        awaitGeneration(1);
    }

    void awaitGeneration(int number) {
        await("the line of a generation", () -> out().contains(String.format("[generation %2d]", number)));
    }

    /** The JVM of a contestant. */
    ProcessHandle awaitLiveJvm() {
        AtomicReference<ProcessHandle> found = new AtomicReference<>();
        // Once: the one that was seen may have ended, and the next not begun, when one looks again.
        await("the JVM of a contestant", () -> {
            process.children().findAny().ifPresent(found::set);
            return found.get() != null;
        });
        return found.get();
    }

    /**
     * Signals a JVM of the run. By the time of the signal it may be at its end anyway: then the next is told, until
     * what should follow is there.
     */
    void signalLiveJvm(String name, BooleanSupplier follows) throws IOException, InterruptedException {
        while (!follows.getAsBoolean()) {
            Optional<ProcessHandle> jvm = process.children().findAny();
            long before = steps();
            if (jvm.isPresent()) {
                new ProcessBuilder("kill", "-" + name, Long.toString(jvm.get().pid())).start().waitFor();
                await("what follows a signal", () -> follows.getAsBoolean() || steps() > before + 1);
            } else {
                LockSupport.parkNanos(POLL_NS);
            }
        }
    }

    /** Lines that tell of a generation or of a cell: whoever heard the signal in time was in the next. */
    private long steps() {
        return out().lines().filter(line -> line.matches("\\[generation .*|\\[ *\\d+/.*")).count();
    }

    boolean hasEnded() {
        return !process.isAlive();
    }

    /** The JVMs of the contestants. */
    List<ProcessHandle> liveJvms() {
        return process.children().toList();
    }

    void signal(String name) throws IOException, InterruptedException {
        signal(name, process.toHandle());
    }

    static void signal(String name, ProcessHandle to) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(to.pid())).start().waitFor()).isZero();
    }

    /** Waits for the end of this process and of each that it has started. */
    int awaitExitCode() {
        Set<ProcessHandle> jvms = new HashSet<>();
        await("the end", () -> {
            jvms.addAll(liveJvms());
            return !process.isAlive();
        });
        jvms.forEach(CompareProcess::awaitEnd);
        return process.exitValue();
    }

    static void awaitEnd(ProcessHandle other) {
        await("the end of process " + other.pid(), () -> !other.isAlive());
    }

    String out() {
        return read(out);
    }

    /** Complaints, without what newer JVMs say about native access. */
    List<String> errLines() {
        return read(err).lines().filter(line -> !line.isBlank() && !line.startsWith("WARNING: ")
            && !line.startsWith("Picked up ")).toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static void await(String what, BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadlineNs);
            LockSupport.parkNanos(POLL_NS);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
