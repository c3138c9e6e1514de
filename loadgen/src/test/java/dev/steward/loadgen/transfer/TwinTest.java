package dev.steward.loadgen.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.strategy.LockStrategy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwinTest {
    private static final Path SOURCES = Path.of("..", "native");
    private static final int LONGEST_MS = 10_000;
    private static final String PATH = System.getenv("PATH");

    /** Built once: that takes seconds. */
    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static Twin built() throws Exception {
        CCompiler.assumeHere();
        return Twin.build(SOURCES, shared.resolve("with blanks"), PATH);
    }

    @Test
    void shouldSayInOneLineWhatToInstallWhereThereIsNoCompiler() {
        assertThatThrownBy(() -> Twin.build(SOURCES, folder.resolve("build"), folder.toString()))
            .isInstanceOf(ScenarioException.class)
            .hasMessage("transfer: no C compiler and make here ('cc' is not on the PATH); install them (Debian: "
                + "apt-get install gcc make; with libck-dev and liburcu-dev for the locks of those)");
        assertThat(folder.resolve("build")).doesNotExist();
    }

    @Test
    void shouldSayInOneLineWhatACompilerRefuses() throws IOException {
        Path broken = Files.createDirectories(folder.resolve("broken"));
        Files.createFile(Files.createDirectories(broken.resolve("src")).resolve("a.c"));
        Files.createFile(Files.createDirectories(broken.resolve("locks")).resolve("b.c"));
        Files.writeString(broken.resolve("Makefile"), "build/twin:\n\t@echo 'x.c:1: error: no' >&2; exit 1\n");

        assertThatThrownBy(() -> {
            built();
            Twin.build(broken, folder.resolve("build"), PATH);
        }).isInstanceOf(ScenarioException.class)
            .hasMessageStartingWith("transfer: the twin in C cannot be built (x.c:1: error: no); install them");
    }

    @Test
    void shouldHaveACounterpartOfEveryStrategy() throws Exception {
        List<String> strategies = Arrays.stream(LockStrategy.values()).map(one -> one.description().name()).toList();

        assertThat(built().locks().stream().map(Twin.Lock::strategy).filter(Objects::nonNull)).containsAll(strategies);
    }

    /** Headers that are there, and what the makefile makes of them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "                                                | ck-dev is not installed   | urcu-dev is not installed",
        "ck_pr.h urcu.h                                  | ck is too old              | urcu is too old",
        "ck_pflock.h ck_epoch.h ck_spinlock.h urcu.h     | -DWITH_CK                  | urcu is too old",
        "ck_pr.h urcu/urcu-memb.h urcu/urcu-qsbr.h       | ck is too old              | -DWITH_URCU"})
    void shouldUseALibraryOnlyWhereItIs(String headers, String libck, String liburcu) throws Exception {
        CCompiler.assumeHere();
        for (String header : headers == null ? new String[0] : headers.split(" ")) {
            Path file = folder.resolve(header);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }

        Process make = new ProcessBuilder("make", "-n", "CC=cc -nostdinc -isystem " + folder,
            "BUILD=" + folder.resolve("build")).directory(SOURCES.toFile()).start();
        String flags = new String(make.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(make.waitFor()).isZero();
        assertThat(flags).contains(libck, liburcu);
        assertThat(flags.contains("-o " + folder.resolve("build/locks/ck_epoch.o"))).isEqualTo(libck.contains("WITH"));
        assertThat(flags.contains("-o " + folder.resolve("build/locks/urcu_mb.o"))).isEqualTo(liburcu.contains("WITH"));
    }

    @Test
    void shouldMeasureALockAndRefuseAWrongOrder() throws Exception {
        Twin twin = built();
        Contestant ticket = twin.contestant(
            twin.locks().stream().filter(lock -> lock.name().equals("ticket")).findFirst().orElseThrow());

        Turn turn = playUntilItsReaderRan(ticket);

        assertThat(turn.ns()).isPositive();
        assertThat(turn.violations()).isZero();
        assertThatThrownBy(() -> ticket.play("entries=3", 30_000)).isInstanceOf(IOException.class)
            .hasMessage("twin: entries: '3' is not allowed; a power of two");
    }

    /** On a busy machine it may wait longer for a CPU than the turn lasts, which the twin says. */
    private static Turn playUntilItsReaderRan(Contestant contestant) throws IOException, InterruptedException {
        for (int ms = 5; ; ms *= 5) {
            try {
                return Turn.parse(contestant.play(Load.ALL.get(0).order(1, ms, List.of()), 120_000));
            } catch (IOException e) {
                if (ms > LONGEST_MS || !e.getMessage().contains(" did nothing in ")) {
                    throw e;
                }
            }
        }
    }

    @Test
    void shouldNotBuildAgainWhatIsUpToDate() throws Exception {
        built();
        Path program = shared.resolve("with blanks").resolve("build").resolve("twin");
        long before = Files.getLastModifiedTime(program).toMillis();
        built();

        assertThat(Files.getLastModifiedTime(program).toMillis()).isEqualTo(before);
    }
}
