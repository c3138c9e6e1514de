package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script {@code steward}: which JDK it takes, when it builds, what it hands on, what it says. */
final class LauncherTest {
    private static final int EXIT_CODE_OF_FAKE_JAVA = 7;
    private static final String BUILDING = "building Steward (once; a first build also downloads its libraries) ...";

    @TempDir
    private Path directory;
    private FakeCheckout checkout;

    @BeforeEach
    void makeCheckout() throws IOException {
        checkout = new FakeCheckout(directory.toRealPath());
    }

    @Test
    void shouldHandOnArgumentsDirectoryAndExitCode() throws IOException, InterruptedException {
        FakeCheckout.Outcome outcome = checkout.start("compare", "--out", "two words", "*");

        assertThat(outcome.code()).isEqualTo(EXIT_CODE_OF_FAKE_JAVA);
        assertThat(outcome.out()).containsExactly(
            "in " + checkout.caller(),
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.util.logging.config.file=/dev/null",
            "-Dsteward.home=" + checkout.home(),
            "-Dsteward.columns=0", "-Dsteward.out.terminal=false", "-Dsteward.command=./steward",
            "-XX:+UseSerialGC",
            "-cp", checkout.home().resolve("cli/target/steward.jar").toString(),
            "dev.steward.cli.Steward",
            "compare", "--out", "two words", "*");
    }

    @Test
    void shouldOpenStandardInputWhereTheCallerHasClosedIt() throws IOException, InterruptedException {
        assertThat(checkout.startWithoutInput().out())
            .contains("dev.steward.cli.Steward").doesNotContain("no standard input");
    }

    @Test
    void shouldSayThatItNeedsMoreOpenFiles() throws IOException, InterruptedException {
        assertRefused(checkout.startWithFiles(40), "steward: at most 40 open files are allowed here (ulimit -n); "
            + "at least 64 are needed, and 4 for each strategy");
        assertThat(checkout.startWithFiles(64).code()).isEqualTo(EXIT_CODE_OF_FAKE_JAVA);
    }

    @Test
    void shouldSpareAReportTheSecondCompilerAndNothingThatMeasures() throws IOException, InterruptedException {
        assertThat(checkout.start("report", "results/x").out()).contains("-XX:TieredStopAtLevel=1");
        assertThat(checkout.start("selftest").out()).contains("-XX:+UseSerialGC")
            .doesNotContain("-XX:TieredStopAtLevel=1");
    }

    @Test
    void shouldPutJarsOfTheUsersOwnBehindItsOwn() throws IOException, InterruptedException {
        Files.createFile(checkout.caller().resolve("my lock.jar"));
        Files.createFile(checkout.caller().resolve("other.jar"));
        FakeCheckout.Outcome outcome = checkout.withOwnClassPath("my lock.jar:other.jar").start("strategies");

        assertThat(outcome.out()).containsSequence(
            "-cp", checkout.home().resolve("cli/target/steward.jar") + ":my lock.jar:other.jar");
    }

    @Test
    void shouldRefuseAJarOfTheUsersOwnThatIsNotThere() throws IOException, InterruptedException {
        FakeCheckout.Outcome outcome = checkout.withOwnClassPath("nosuch.jar").start("strategies");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).containsExactly(
            "steward: STEWARD_CLASSPATH: 'nosuch.jar' does not exist; name jars or folders of classes");
    }

    @Test
    void shouldFindItsHomeWhenCalledThroughASymbolicLink() throws IOException, InterruptedException {
        Path link = Files.createSymbolicLink(checkout.caller().resolve("stew"), checkout.home().resolve("steward"));

        FakeCheckout.Outcome outcome = checkout.startAs(link);

        assertThat(outcome.out()).contains("-Dsteward.home=" + checkout.home(), "in " + checkout.caller());
    }

    @Test
    void shouldBuildOnceAndAgainAfterASourceHasChanged() throws IOException, InterruptedException {
        assertThat(checkout.start().err()).containsExactly(BUILDING);
        assertThat(checkout.start().err()).isEmpty();
        assertThat(checkout.mavenCalls()).hasSize(1);

        checkout.changeSource();
        assertThat(checkout.start().err()).containsExactly(BUILDING);
        checkout.settleSource();
        assertThat(checkout.start().err()).isEmpty();
        assertThat(checkout.mavenCalls()).hasSize(2);
    }

    @Test
    void shouldNotBuildAgainWhenMavenLeftTheJarAlone() throws IOException, InterruptedException {
        checkout.start();
        checkout.withMaven("true");
        Path jar = checkout.home().resolve("cli/target/steward.jar");
        Files.setLastModifiedTime(jar, FileTime.fromMillis(0));

        assertThat(checkout.start().err()).containsExactly(BUILDING);
        assertThat(checkout.start().err()).isEmpty();
    }

    @Test
    void shouldBuildWithTheJdkThatRuns() throws IOException, InterruptedException {
        checkout.start();

        assertThat(checkout.mavenCalls()).hasSize(1).first().asString()
            .startsWith(directory.toRealPath().resolve("jdk-17") + " ");
    }

    @Test
    void shouldBuildWithoutFlock() throws IOException, InterruptedException {
        FakeCheckout.Outcome outcome = checkout.without("flock").start();

        assertThat(outcome.err()).containsExactly(BUILDING);
        assertThat(outcome.code()).isEqualTo(EXIT_CODE_OF_FAKE_JAVA);
    }

    @Test
    void shouldTellWhatFailedWhenTheBuildFails() throws IOException, InterruptedException {
        checkout.withMaven("echo '[INFO] noise'; echo '[ERROR] Engine.java:[1,1] class expected'; exit 1");

        FakeCheckout.Outcome outcome = checkout.start();

        assertRefused(outcome, BUILDING, "[ERROR] Engine.java:[1,1] class expected",
            "steward: the build failed; " + checkout.home() + "/target/build.log tells more");
    }

    @Test
    void shouldShowWhereTheBuildIsOnATerminalOnly() throws IOException, InterruptedException {
        String module = "[INFO] Building Steward: engine 0.1.0 [2/9]";
        String library = "[INFO] Downloading from central: https://repo.example/org/x/lib-1.0.jar";
        checkout.withMaven("echo '" + library + "'; echo '" + module + "'; echo '[INFO] compiling'; "
            + "mkdir -p cli/target && touch cli/target/steward.jar");

        assertThat(checkout.startOnTerminal().out()).startsWith(BUILDING, "downloading lib-1.0.jar",
            "building Steward: engine 0.1.0 [2/9]", "in " + checkout.caller());
        assertThat(checkout.home().resolve("target/build.log")).content()
            .isEqualTo(String.join("\n", library, module, "[INFO] compiling", ""));

        checkout.changeSource();
        assertThat(checkout.start().err()).containsExactly(BUILDING);
    }

    @Test
    void shouldTellWhatFailedOnATerminalToo() throws IOException, InterruptedException {
        checkout.withMaven("echo '[INFO] Building Steward: engine 0.1.0 [2/9]'; echo '[ERROR] broken'; exit 1");

        FakeCheckout.Outcome outcome = checkout.startOnTerminal();

        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(String.join("\n", outcome.out())).contains("[ERROR] broken", "steward: the build failed; ");
    }

    @Test
    void shouldAskForMavenWhenABuildIsNeeded() throws IOException, InterruptedException {
        assertRefused(checkout.without("mvn").start(),
            "steward: Maven is needed to build; install Maven 3.6.3 or newer");
    }

    @Test
    void shouldNotNeedMavenWhenAllIsBuilt() throws IOException, InterruptedException {
        checkout.start();

        assertThat(checkout.without("mvn").start().code()).isEqualTo(EXIT_CODE_OF_FAKE_JAVA);
    }

    @ParameterizedTest
    @CsvSource({"11.0.2, 11", "1.8.0_402, 8", "16, 16"})
    void shouldRefuseJdkWhenItIsTooOld(String version, String major) throws IOException, InterruptedException {
        String message = "steward: Java " + major + " is too old; a JDK 17 or newer is needed (%s/bin/java)";
        Path jdk = checkout.jdk("old jdk", version);
        Path silent = checkout.jdkWithoutRelease("old silent jdk", version);

        assertRefused(checkout.withJavaHome(jdk).start(), message.formatted(jdk));
        assertRefused(checkout.withJavaHome(silent).start(), message.formatted(silent));
    }

    @ParameterizedTest
    @CsvSource({"17", "17.0.15", "25-ea", "25.0.3"})
    void shouldTakeJdkWhenItIsNewEnough(String version) throws IOException, InterruptedException {
        Path silent = checkout.jdkWithoutRelease("silent jdk", version);

        assertThat(checkout.withJavaHome(checkout.jdk("jdk", version)).start().code())
            .isEqualTo(EXIT_CODE_OF_FAKE_JAVA);
        assertThat(checkout.withJavaHome(silent).start().code()).isEqualTo(EXIT_CODE_OF_FAKE_JAVA);
    }

    @Test
    void shouldSayWhatIsNeededWhenThereIsNoJdk() throws IOException, InterruptedException {
        assertRefused(checkout.without("java").start(),
            "steward: no JDK found; install a JDK 17 or newer, or point JAVA_HOME at one");
    }

    @Test
    void shouldNameJavaHomeWhenItLeadsNowhere() throws IOException, InterruptedException {
        assertRefused(checkout.withJavaHome(Path.of("/no/such jdk")).start(),
            "steward: JAVA_HOME: no JDK in '/no/such jdk'; point it at a JDK 17 or newer, or unset it");
    }

    @Test
    void shouldNeitherBuildNorNeedAJdkWhenUnpackedFromAnArchive() throws IOException, InterruptedException {
        checkout.asArchive().without("mvn").without("find").without("flock");

        FakeCheckout.Outcome outcome = checkout.start("strategies");

        assertThat(outcome.code()).isEqualTo(EXIT_CODE_OF_FAKE_JAVA);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains("-Dsteward.home=" + checkout.home())
            .containsSequence("-cp", checkout.home().resolve("steward.jar").toString());
        assertThat(checkout.home().resolve("target")).doesNotExist();
    }

    @Test
    void shouldFindItsHomeWhenInstalledAsAPackage() throws IOException, InterruptedException {
        checkout.asArchive();
        Path bin = Files.createDirectories(checkout.caller().resolve("usr/bin"));
        Path alternative = Files.createSymbolicLink(
            checkout.caller().resolve("alternative"), checkout.home().resolve("steward"));
        Path command = Files.createSymbolicLink(bin.resolve("steward"), bin.relativize(alternative));

        FakeCheckout.Outcome outcome = checkout.startAs(command, "strategies");

        assertThat(outcome.out()).contains("in " + checkout.caller(), "-Dsteward.home=" + checkout.home())
            .containsSequence("-cp", checkout.home().resolve("steward.jar").toString());
        assertThat(checkout.mavenCalls()).isEmpty();
    }

    @Test
    void shouldNameItselfAsItIsFound() throws IOException, InterruptedException {
        checkout.asArchive();
        assertThat(checkout.start("strategies").out()).contains("-Dsteward.command=./steward");

        Path command = checkout.onPath("steward");
        assertThat(checkout.startAs(command, "strategies").out()).contains("-Dsteward.command=steward");
    }

    @Test
    void shouldAskForAJreOnlyWhenUnpackedFromAnArchive() throws IOException, InterruptedException {
        checkout.asArchive();

        assertRefused(checkout.withJavaHome(checkout.jdk("old", "11.0.2")).start(),
            "steward: Java 11 is too old; a JRE 17 or newer is needed ("
                + checkout.home().resolveSibling("old") + "/bin/java)");
    }

    @Test
    void shouldSayThatAnArchiveIsIncompleteWhenItsJarIsGone() throws IOException, InterruptedException {
        Path jar = checkout.asArchive().home().resolve("steward.jar");
        Files.delete(jar);

        assertRefused(checkout.start(), "steward: '" + jar + "' is missing; unpack or install Steward again");
    }

    private static void assertRefused(FakeCheckout.Outcome outcome, String... err) {
        assertThat(outcome.err()).containsExactly(err);
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.out()).isEmpty();
    }
}
