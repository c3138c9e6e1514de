package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loadgen.disturb.Disturbance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TortureCommandTest {
    @Test
    void shouldReportSuccessAndExitWithZeroWhenPromisesHold() {
        Cli.Outcome outcome =
            Cli.run("torture", "--strategy", "seqlock-ste,rcu-entry:qsbr:deferred", "--time", "100ms");
        assertThat(outcome.code()).isEqualTo(ExitCode.OK);
        assertThat(outcome.out()).startsWith("--- Start of test: strategies=2 time=100ms readers=2 committers=2")
            .containsPattern("seqlock-ste: Reads: [1-9]\\d* Reports: [1-9]\\d* Attaches: [1-9]\\d* .* ok\\n")
            .containsPattern("rcu-entry:qsbr:deferred: .* Synchronizes: [1-9]")
            .containsPattern("--- End of test: SUCCESS: 0 of 2 strategies broke a promise, [1-9]\\d* checked reads\\n");
    }

    @Test
    void shouldSaveBrokenPromiseAndBreakItAgain(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("broken.txt");
        assertThat(Cli.run("torture", "--strategy", "unguarded", "--time", "64s", "--save", file.toString()).code())
            .isEqualTo(ExitCode.FAILED);
        assertThat(Files.readAllLines(file))
            .startsWith("# steward torture history 1", "strategy=unguarded", "time=64s", "readers=2", "committers=2")
            .anyMatch(line -> line.matches("(reader|committer)\\d (report|translate|commit) \\d+ \\S+ \\d+ \\d+ !!!"))
            .anyMatch(line -> line.startsWith("committer")).anyMatch(line -> line.startsWith("reader"));

        Path again = folder.resolve("again.txt");
        Cli.Outcome outcome = Cli.run("torture", "--replay", file.toString(), "--save", again.toString());
        assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
        assertThat(outcome.out()).startsWith("--- Start of test: strategies=1 time=64000ms");
        assertThat(again).exists();
    }

    /** What finds a broken promise finds it while threads are disturbed, and its file says that they were. */
    @Test
    void shouldFindBrokenPromiseWhileThreadsAreDisturbed(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("broken.txt");
        Cli.Outcome outcome = Cli.run("torture", "--strategy", "unguarded", "--time", "64s", "--disturb",
            "jitter,stutter", "--save", file.toString());
        assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
        assertThat(outcome.out()).contains(" disturb=stutter,jitter\n")
            .containsPattern("    Disturbed: stutter \\d+, jitter \\d+\n");
        assertThat(file).content().contains("\ndisturb=stutter,jitter\n");
    }

    @Test
    void shouldDoAllThatCanBeDoneHereAndSayWhatCannot() {
        Cli.Outcome outcome = Cli.run("torture", "--strategy", "mutex", "--time", "100ms", "--disturb", "all");
        assertThat(outcome.code()).isEqualTo(ExitCode.OK);
        for (Disturbance one : Disturbance.values()) {
            assertThat(outcome.out()).containsPattern(one.refusal().isEmpty()
                ? "    Disturbed: .*" + one.word() + " \\d" : "left out: " + one.word() + ", ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--strategy=mutex", "--time=1s", "--readers=1", "--committers=1", "--seed=2",
        "--disturb=jitter"})
    void shouldRefuseBesideAReplayWhatItsFileHas(String option) {
        Cli.Outcome outcome = Cli.run("torture", "--replay", "some.txt", option);
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).startsWith("steward: " + option.substring(0, option.indexOf('='))
            + ": not allowed beside --replay, whose file has it");
    }

    /** To open a pipe for writing would wait for a reader, without end. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @EnabledOnOs(OS.LINUX)
    void shouldRefuseToSaveInWhatIsNoFile(boolean device, @TempDir Path folder) throws Exception {
        Path file = device ? Path.of("/dev/full") : folder.resolve("pipe");
        if (!device) {
            assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
        }
        Cli.Outcome outcome = Cli.run("torture", "--strategy", "mutex", "--time", "1s", "--save", file.toString());
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err())
            .startsWith("steward: --save: " + file + " is a pipe or a device; a regular file is needed");
    }

    @Test
    void shouldRefuseToReplayWhatIsNoHistory(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("other.txt"), "strategy=mutex");
        Cli.Outcome outcome = Cli.run("torture", "--replay", file.toString());
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("is no history of a torture");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "2 | strategy=mutexx  | strategy: unknown strategy 'mutexx'",
        "3 | time=1 parsec    | time: '1 parsec' is not a duration; write a number with ",
        "3 | time=0s          | time: '0s' is not allowed; more than 0",
        "4 | readers=x        | readers: 'x' is not a whole number from 1 to 256",
        "4 | readers=99999    | readers: '99999' is not a whole number from 1 to 256",
        "4 | readers=\u0662   | readers: '\u0662' is not a whole number from 1 to 256",
        "5 | committers=3     | committers: 3 is not allowed; a power of two up to 256",
        "6 | seed=99999999999 99999999 | seed: '99999999999 99999999' is not a whole number from -9223372036854775808 ",
        "6 | seed=9999999999999999999  | seed: '9999999999999999999' is not a whole number from -9223372036854775808 ",
        "7 | disturb=shake    | disturb: 'shake' is not none or a comma-separated list of shuffle, "})
    void shouldSayWhereAHistoryIsDamaged(int line, String damage, String complaint, @TempDir Path folder)
        throws IOException {
        List<String> lines = new ArrayList<>(List.of("# steward torture history 1", "strategy=mutex", "time=1s",
            "readers=2", "committers=2", "seed=1", "disturb=none"));
        lines.set(line - 1, damage);
        Path file = Files.write(folder.resolve("broken.txt"), lines);
        Cli.Outcome outcome = Cli.run("torture", "--replay", file.toString());
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).startsWith("steward: --replay: " + file + ": line " + line + ": " + complaint);
    }

    @Test
    void shouldReportFailureAndExitWithOneWhenPromiseIsBroken() {
        Cli.Outcome outcome = Cli.run("torture", "--strategy", "unguarded", "--time", "1s");
        // Two threads must meet in it, which takes longer where others want the processors, too.
        for (int seconds = 2; outcome.code() == ExitCode.OK && seconds <= 64; seconds *= 2) {
            outcome = Cli.run("torture", "--strategy", "unguarded", "--time", seconds + "s");
        }
        assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
        assertThat(outcome.out()).containsPattern("Violations: [1-9]").contains(" !!!")
            .contains("--- End of test: FAILURE: 1 of 1 strategies broke a promise");
    }
}
