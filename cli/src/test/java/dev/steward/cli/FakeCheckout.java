package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The real launcher in a checkout with one source file, a {@code java} that prints how it was called and a {@code mvn}
 * that notes its calls. The PATH leads to these and to the standard tools, to nothing else of this machine.
 */
final class FakeCheckout {
    private static final List<String> TOOLS = List.of(
        "bash", "env", "cat", "dirname", "find", "flock", "grep", "mkdir", "readlink", "sed", "stty", "tail", "touch");
    /** Far more than a loaded machine needs; only a hang meets it. */
    private static final long LIMIT_S = 300;
    private static final String ERASE_REST = "\u001b[K";
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    /**
     * What the launcher did.
     *
     * @param code exit code.
     * @param out  of the program it started.
     * @param err  its own words.
     */
    record Outcome(int code, List<String> out, List<String> err) {
    }

    private final Path home;
    private final Path tools;
    private final Path caller;
    private final Path mavenCalls;
    private String javaHome;
    private String ownClassPath;

    /** A checkout with a JDK 17 on the PATH, Maven, and nothing built. */
    FakeCheckout(Path directory) throws IOException {
        home = Files.createDirectories(directory.resolve("a check out"));
        tools = Files.createDirectories(directory.resolve("tools"));
        caller = Files.createDirectories(directory.resolve("somewhere else"));
        mavenCalls = directory.resolve("maven-calls.txt");
        Files.copy(Cli.checkout("steward"), home.resolve("steward"));
        old(Files.createFile(Files.createDirectories(home.resolve("engine/src/main/java")).resolve("Engine.java")));
        old(Files.createFile(home.resolve("pom.xml")));
        for (String tool : TOOLS) {
            Path found = find(tool);
            if (found != null) {
                script(tools.resolve(tool), "exec '" + found + "' \"$@\"\n");
            }
        }
        Path jdk = jdk("jdk-17", "17.0.15");
        Files.createSymbolicLink(tools.resolve("java"), jdk.resolve("bin/java"));
        withMaven("mkdir -p cli/target && touch cli/target/steward.jar");
    }

    /** The same folder as an unpacked archive or an installed package: built, without sources. */
    FakeCheckout asArchive() throws IOException {
        Files.delete(home.resolve("pom.xml"));
        Files.delete(home.resolve("engine/src/main/java/Engine.java"));
        Files.createFile(home.resolve("steward.jar"));
        return this;
    }

    Path home() {
        return home;
    }

    Path caller() {
        return caller;
    }

    /** A JDK that says its version in its release file. */
    Path jdk(String name, String version) throws IOException {
        Path jdk = jdkWithoutRelease(name, version);
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        return jdk;
    }

    /** A JDK that must be asked for its version. */
    Path jdkWithoutRelease(String name, String version) throws IOException {
        Path jdk = home.resolveSibling(name);
        script(Files.createDirectories(jdk.resolve("bin")).resolve("java"), """
            if [ "$1" = -version ]; then
                echo 'openjdk version "%s" 2021-10-19' >&2
                exit 0
            fi
            echo "in $PWD"
            { true 3<&0; } 2>/dev/null || echo "no standard input"
            for argument in "$@"; do echo "$argument"; done
            exit 7
            """.formatted(version));
        return jdk;
    }

    /** A link to the launcher in a folder of the PATH, as a package has. */
    Path onPath(String name) throws IOException {
        return Files.createSymbolicLink(tools.resolve(name), home.resolve("steward"));
    }

    FakeCheckout withJavaHome(Path jdk) {
        javaHome = jdk.toString();
        return this;
    }

    FakeCheckout without(String tool) throws IOException {
        Files.deleteIfExists(tools.resolve(tool));
        return this;
    }

    /** Maven notes the call and the JDK it is given, then does this in the checkout. */
    FakeCheckout withMaven(String action) throws IOException {
        without("mvn");
        script(tools.resolve("mvn"), "echo \"$JAVA_HOME $*\" >>'" + mavenCalls + "'\n" + action + "\n");
        return this;
    }

    FakeCheckout withOwnClassPath(String classPath) {
        ownClassPath = classPath;
        return this;
    }

    List<String> mavenCalls() throws IOException {
        return Files.exists(mavenCalls) ? Files.readAllLines(mavenCalls) : List.of();
    }

    void changeSource() throws IOException {
        Path source = home.resolve("engine/src/main/java/Engine.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
    }

    void settleSource() throws IOException {
        old(home.resolve("engine/src/main/java/Engine.java"));
    }

    Outcome start(String... args) throws IOException, InterruptedException {
        return startAs(home.resolve("steward"), args);
    }

    /** As {@code ./steward ... <&-} does. */
    Outcome startWithoutInput() throws IOException, InterruptedException {
        return run(List.of(find("bash").toString(), "-c", "exec \"$0\" <&-", home + "/steward"));
    }

    /** Starts it where so many files may be open at once. */
    Outcome startWithFiles(int most) throws IOException, InterruptedException {
        return run(List.of(find("bash").toString(), "-c", "ulimit -n " + most + "; exec \"$0\"", home + "/steward"));
    }

    Outcome startAs(Path launcher, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(args));
        return run(command);
    }

    /** Starts it where a person watches: what the terminal shows, one after the other. */
    Outcome startOnTerminal() throws IOException, InterruptedException {
        Path script = find("script");
        assumeThat(script).as("a tool that makes a terminal").isNotNull();
        Outcome shown =
            run(List.of(script.toString(), "-q", "-e", "-c", "'" + home.resolve("steward") + "'", "/dev/null"));
        // A carriage return ends a line for the reader.
        return new Outcome(shown.code(), shown.out().stream().map(line -> line.replace(ERASE_REST, ""))
            .filter(line -> !line.isEmpty()).toList(), shown.err());
    }

    private Outcome run(List<String> command) throws IOException, InterruptedException {
        Path out = home.resolveSibling("out.txt");
        Path err = home.resolveSibling("err.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
            .directory(caller.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", tools.toString());
        environment.put("LC_ALL", "C");
        environment.put("TERM", "xterm");
        if (javaHome != null) {
            environment.put("JAVA_HOME", javaHome);
        }
        if (ownClassPath != null) {
            environment.put("STEWARD_CLASSPATH", ownClassPath);
        }
        Process process = builder.start();
        assertThat(process.waitFor(LIMIT_S, TimeUnit.SECONDS)).as("ended").isTrue();
        return new Outcome(
            process.exitValue(),
            Files.readAllLines(out, StandardCharsets.UTF_8),
            Files.readAllLines(err, StandardCharsets.UTF_8));
    }

    private static void old(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!" + find("bash") + "\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path find(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .map(folder -> Path.of(folder, tool))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    }
}
