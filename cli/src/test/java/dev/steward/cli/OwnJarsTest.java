package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.Strategy;
import dev.steward.strategy.StrategyDescription;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands beside strategies of the user's own, in JVMs as the launcher starts them. */
@Timeout(900)
final class OwnJarsTest {
    @TempDir
    private Path folder;

    private record Ended(int code, List<String> err) {
    }

    private Ended run(String ownJars, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED", "-Dsteward.home=" + Home.path(),
            "-cp", System.getProperty("java.class.path") + File.pathSeparator + ownJars, Steward.class.getName()));
        command.addAll(List.of(arguments));
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(err.toFile());
        builder.environment().put("STEWARD_CLASSPATH", ownJars);
        Process process = builder.start();
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), Files.readString(err, StandardCharsets.UTF_8).lines()
            .filter(line -> !line.startsWith("WARNING: ") && !line.isBlank()).toList());
    }

    private String classes() throws IOException {
        return classes(EndingStrategy.class);
    }

    private String classes(Class<? extends Strategy> strategy) throws IOException {
        Path services = Files.createDirectories(folder.resolve("classes/META-INF/services"));
        Files.writeString(services.resolve(Strategy.class.getName()), strategy.getName());
        return folder.resolve("classes").toString();
    }

    @Test
    void shouldFailWhereAStrategyEndsTheJvmAsIfAllWereWell() throws IOException, InterruptedException {
        Ended ended = run(classes(), "torture", "--strategy", "ends-jvm", "--time", "100ms");

        assertThat(ended.code()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.err()).containsExactly(
            "steward: a strategy ended the JVM with code 0; the command did not come to its end");
    }

    @Test
    void shouldHandOnTheCodeOfACommandThatCameToItsEnd() throws IOException, InterruptedException {
        assertThat(run(classes(), "torture", "--strategy", "mutex", "--time", "10ms"))
            .isEqualTo(new Ended(ExitCode.OK, List.of()));
        assertThat(run(classes(), "torture", "--time", "never").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void shouldRefuseANameThatAVariantCouldHave() throws IOException, InterruptedException {
        assertThat(run(classes(ColonStrategy.class), "strategies")).isEqualTo(new Ended(ExitCode.USAGE, List.of(
            "steward: a strategy is called 'mutex:mine', as a variant would be; rename it without the colon")));
    }

    /** Is called as a list of strategies is. */
    public static final class NamedAll extends ForwardingStrategy {
        @Override
        public StrategyDescription description() {
            return described("all", "one lock");
        }
    }

    /** Would write over the terminal. */
    public static final class NamedLoudly extends ForwardingStrategy {
        @Override
        public StrategyDescription description() {
            return described("loud", "\u001b[2J");
        }
    }

    /** Cannot be made. */
    public static final class Unmakable extends ForwardingStrategy {
        private final int cores = cores();

        private static int cores() {
            throw new IllegalStateException("outer", new IllegalArgumentException("no such core"));
        }

        @Override
        public String toString() {
            return "on " + cores;
        }
    }

    abstract static class ForwardingStrategy implements Strategy {
        static StrategyDescription described(String name, String title) {
            return LockStrategy.MUTEX.description().builtInto(name, title, "none", false);
        }

        @Override
        public StrategyDescription description() {
            return LockStrategy.MUTEX.description();
        }

        @Override
        public AttachmentGuard create(GuardContext context) {
            return LockStrategy.MUTEX.create(context);
        }
    }

    @Test
    void shouldRefuseWhatALineOrATerminalCouldNotBear() throws IOException, InterruptedException {
        assertThat(run(classes(NamedAll.class), "strategies")).isEqualTo(new Ended(ExitCode.USAGE, List.of(
            "steward: a strategy is called 'all', which stands for a list of them; rename it")));
        assertThat(run(classes(NamedLoudly.class), "strategies").err()).singleElement().asString()
            .endsWith("strategy 'loud': its title has a control character");
        assertThat(run(classes(Unmakable.class), "strategies").err()).singleElement().asString()
            .endsWith("could not be instantiated: java.lang.IllegalArgumentException: no such core");
        Path services = folder.resolve("classes/META-INF/services").resolve(Strategy.class.getName());
        Files.writeString(services, "a".repeat(1_000_000));
        assertThat(run(folder.resolve("classes").toString(), "strategies").err()).singleElement().asString()
            .hasSizeLessThan(5_000).endsWith("aaa...");
    }

    @Test
    void shouldNameAJarThatCannotBeRead() throws IOException, InterruptedException {
        Path damaged = Files.writeString(folder.resolve("damaged.jar"), "no jar");

        assertThat(run(damaged.toString(), "strategies")).isEqualTo(new Ended(ExitCode.USAGE,
            List.of("steward: STEWARD_CLASSPATH: '" + damaged + "' is no jar that can be read")));
    }
}
