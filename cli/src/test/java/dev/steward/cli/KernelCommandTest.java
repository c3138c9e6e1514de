package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.results.LockFigure;
import dev.steward.results.TransferResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user of the kernel module sees; nothing here loads or compiles anything. */
final class KernelCommandTest {
    private static final Path GOLDEN = Cli.checkout("loadgen/src/test/resources/kernel/6.1.0-57-rt-amd64.log");

    @TempDir
    private Path folder;

    @Test
    void shouldShowBothLoopsOfARealLog() {
        Cli.Outcome outcome = Cli.run("kernel", "read", GOLDEN.toString());

        assertThat(outcome.code()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains("Run open: Linux 6.1.0-57-rt-amd64 x86_64, preemption rt, 2 CPUs",
            "Open loop, times from the intended arrival", "Run closed: ", "none, broken on purpose: caught, ");
        assertThat(outcome.out().lines()).allMatch(line -> line.length() <= 72)
            .filteredOn(line -> line.startsWith("percpu-rwsem ")).hasSize(2);
    }

    @Test
    void shouldTellADamagedAndAViolatedLogByTheExitCode() throws IOException {
        List<String> lines = Files.readAllLines(GOLDEN, StandardCharsets.ISO_8859_1);
        int end = lines.indexOf(lines.stream().filter(line -> line.contains("v1 end id=open lock=mutex")).findFirst()
            .orElseThrow());
        String violated = lines.get(end).replace("torn=0", "torn=3");
        Path log = folder.resolve("dmesg.txt");

        lines.set(end, violated);
        Cli.Outcome outcome = Cli.run("kernel", "read", Files.write(log, lines).toString());
        assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
        assertThat(outcome.err()).isEqualTo("steward: lock 'mutex' of run 'open' was violated 3 times"
            + System.lineSeparator());

        lines.remove(end - 1);
        outcome = Cli.run("kernel", "read", Files.write(log, lines).toString());
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err().lines()).singleElement().asString()
            .startsWith("steward: " + log + ":").contains("lock 'mutex' of run 'open' is left out: ");
        assertThat(outcome.out()).contains("rcu-call");
    }

    @Test
    void shouldSayWhatIsDamagedBesideTheRunsAndNotFail() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(GOLDEN, StandardCharsets.ISO_8859_1));
        lines.add(0, "x".repeat(70_000));
        Path log = Files.write(folder.resolve("dmesg.txt"), lines);

        Cli.Outcome outcome = Cli.run("kernel", "read", log.toString());

        assertThat(outcome.err()).isEqualTo("steward: " + log + ":1: line of more than 65536 bytes skipped"
            + System.lineSeparator());
        assertThat(outcome.code()).isZero();
    }

    @Test
    void shouldRefuseAForeignLogAndAMissingOne() throws IOException {
        Path foreign = Files.writeString(folder.resolve("dmesg.txt"), "[    0.000000] Linux version 6.1\n");

        assertRefused("steward: " + foreign + ": no line of stewardscale in 1 lines; a kernel log of a run of the "
            + "module is needed", "kernel", "read", foreign.toString());
        assertRefused("steward: " + folder.resolve("gone") + ": no such file: expected a kernel log",
            "kernel", "read", folder.resolve("gone").toString());
    }

    @Test
    void shouldWriteFiguresForTransferOnlyWhereTheLoadIsOneOfTheBenchmarks() throws IOException {
        Path figures = folder.resolve("kernel.json");
        Path log = folder.resolve("dmesg.txt");
        assertRefused("steward: --figures: nothing is written: the log has no figure of a load of the benchmarks "
            + "(open loop: the benchmarks have no intended arrivals) (attaches without a pause: not a rate of the "
            + "benchmarks)", "kernel", "read", "-q", GOLDEN.toString(), "--figures", figures.toString());
        assertThat(figures).doesNotExist();

        Files.writeString(log, Files.readString(GOLDEN, StandardCharsets.ISO_8859_1)
            .replaceAll("(mode=closed .* entries=)\\d+( .* attach_rate=)0", "$14096$210000"));
        Cli.Outcome outcome = Cli.run("kernel", "read", log.toString(), "--figures", figures.toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        TransferResult written = TransferResult.read(figures);
        assertThat(written.command()).isEqualTo("./steward kernel read " + log + " --figures " + figures);
        assertThat(written.figures()).hasSize(11).extracting(LockFigure::writesPerSecond).containsOnly(10_000.0);
        assertThat(written.controls()).extracting(TransferResult.Control::lock)
            .containsExactly("none", "none-pointer");
    }

    @Test
    void shouldTellOfViolationsWhetherOrNotThereAreFigures() throws IOException {
        Path log = Files.writeString(folder.resolve("dmesg.txt"), Files.readString(GOLDEN, StandardCharsets.ISO_8859_1)
            .replaceFirst("(v1 end id=open lock=mutex .*)torn=0", "$1torn=3"));
        Cli.Outcome outcome = Cli.run(
            "kernel", "read", log.toString(), "--figures", folder.resolve("kernel.json").toString());

        assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
        assertThat(outcome.err().lines()).hasSize(2).first()
            .isEqualTo("steward: lock 'mutex' of run 'open' was violated 3 times");
        assertThat(outcome.err()).contains("steward: --figures: nothing is written: ");
    }

    @Test
    void shouldWriteNoFiguresOfTwoKernelsAsOne() throws IOException {
        Path figures = folder.resolve("kernel.json");
        Path log = Files.writeString(folder.resolve("dmesg.txt"), Files.readString(GOLDEN, StandardCharsets.ISO_8859_1)
            .replaceAll("(mode=closed .* entries=)\\d+( .* attach_rate=)0(.*) preempt=rt (.*)-rt-amd64",
                "$14096$210000$3 preempt=dynamic $4-amd64"));

        Cli.Outcome outcome = Cli.run("kernel", "read", log.toString(), "--figures", figures.toString());
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).isEqualTo("steward: --figures: nothing is written: the log is of more than one "
            + "kernel, which a file cannot be: 6.1.0-57-rt-amd64 x86_64 (rt), 6.1.0-57-amd64 x86_64 (dynamic)"
            + System.lineSeparator());
        assertThat(figures).doesNotExist();
    }

    @Test
    void shouldLoadNothingUnlessItIsTold() throws IOException {
        Path module = folder.resolve("x.ko");
        assertRefused("steward: " + module + ": no such module; './steward kernel build' builds it",
            "kernel", "run", "--yes", "--module", module.toString());

        Cli.Outcome outcome = Cli.run("kernel", "run", "--module", Files.createFile(module).toString(), "lock=mutex");
        boolean root = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).isEqualTo("steward: " + (root ? "nobody is there to ask: say --yes to load the module"
            : "only root may load a module: run it as root, or with sudo") + System.lineSeparator());
        assertThat(outcome.out()).matches(
            root ? "(?s)insmod \\Q" + module + "\\E id=\\S+ lock=mutex\\R.*tainted.*" : "");

        Cli.Outcome forPrograms = Cli.run("kernel", "run", "--json", "--module", module.toString(), "lock=mutex");
        assertThat(forPrograms.code()).isEqualTo(ExitCode.USAGE);
        assertThat(forPrograms.out() + forPrograms.data()).isEmpty();
        assertThat(forPrograms.err().replaceAll("id=\\S+", "")).isEqualTo((outcome.out() + outcome.err())
            .replaceAll("id=\\S+", ""));
    }

    @Test
    void shouldSayWhatIsAllowed() {
        assertThat(Cli.run("kernel").err()).startsWith("steward: name a command: build, run, read");
        assertThat(Cli.run("kernel", "run", "locks=all").err())
            .startsWith("steward: 'locks=all' is no parameter of the module; allowed: lock=, mode=, entries=");
        assertThat(Cli.run("kernel", "run", "--repeats", "0").code()).isEqualTo(ExitCode.USAGE);
        assertRefused("steward: " + folder + ": no kernel headers (no Makefile there); name a folder such as "
            + "/usr/src/linux-headers-" + System.getProperty("os.version"), "kernel", "build", "--kdir",
            folder.toString());
    }

    private static void assertRefused(String message, String... command) {
        Cli.Outcome outcome = Cli.run(command);

        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).isEqualTo(message + System.lineSeparator());
    }
}
