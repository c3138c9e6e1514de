package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A comparison in a JVM of its own, so that it can be stopped from outside. */
final class CompareProcess implements AutoCloseable {
    /** Far more than a loaded machine needs; only a hang meets it. */
    private static final Duration LIMIT = Duration.ofSeconds(300);
    private static final long POLL_NS = 10_000_000;

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
        this(directory, Path.of("results", "default"), List.of());
    }

    /** The same with its results in a folder that is named by the command line. */
    CompareProcess(Path directory, Path out) throws IOException {
        this(directory, out, List.of("--out", out.toString()));
    }

    private CompareProcess(Path directory, Path named, List<String> options) throws IOException {
        this.named = named;
        results = directory.resolve(named);
        out = directory.resolve("out.txt");
        err = directory.resolve("err.txt");
        List<String> command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
            "-Dsteward.home=" + Home.path(),
            "-cp", System.getProperty("java.class.path"),
            Steward.class.getName()));
        command.addAll(ARGUMENTS);
        command.addAll(options);
        // Whoever runs the tests in the background of a shell has handed down that SIGINT is to be ignored.
        command.addAll(0, List.of("env", "--default-signal"));
        process = new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
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

    void signal(String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor()).isZero();
    }

    int awaitExitCode() throws InterruptedException {
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).as("ended").isTrue();
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
        return read(err).lines().filter(line -> !line.isBlank() && !line.startsWith("WARNING: ")).toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(String what, BooleanSupplier condition) {
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
