package dev.steward.loadgen.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.results.KernelResult.Measurement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run does to the machine, with insmod, dmesg and rmmod of our own. */
final class ModuleRunTest {
    @TempDir
    private Path folder;
    private Path module;
    private FakePrograms fakes;

    @BeforeEach
    void makePrograms() throws IOException {
        module = Files.createFile(folder.resolve("stewardscale.ko"));
        Path log = Files.writeString(folder.resolve("golden"),
            String.join("\n", Logs.messages(Logs.AMD64)).replace("id=open", "id=r-1").replace("id=closed", "id=r-2"));
        fakes = new FakePrograms(folder.resolve("bin")).with("insmod", "exit 0").with("rmmod", "exit 0")
            .with("dmesg", "cat '" + log + "'");
    }

    @Test
    void shouldDoWhatItSaidAndNothingBefore() throws IOException, InterruptedException {
        ModuleRun run = run(2, "lock=all", "entries=64");
        run.check(true, folder.resolve("none"));
        List<String> plan = run.plan();

        assertThat(fakes.calls()).isEmpty();
        assertThat(plan).startsWith("insmod " + module + " id=r-1 lock=all entries=64",
            "insmod " + module + " id=r-2 lock=all entries=64", "after each: dmesg, to read what it printed, and rmmod "
                + "stewardscale").last().asString().contains("tainted");

        ScaleLog.Content content = run.run(folder.resolve("kept"));
        assertThat(fakes.calls()).containsExactly(plan.get(0), "dmesg ", "rmmod stewardscale",
            plan.get(1), "dmesg ", "rmmod stewardscale");
        assertThat(content.result().measurements()).hasSize(22).extracting(Measurement::run)
            .extracting(one -> one.id()).containsOnly("r-1", "r-2");
        assertThat(folder.resolve("kept")).hasSameTextualContentAs(folder.resolve("golden"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Key was rejected by service | signed modules only (Secure Boot)",
        "Required key not available | signed modules only (Secure Boot)",
        "Operation not permitted | takes no module (lockdown, as under Secure Boot",
        "Invalid module format | it was built for another kernel than",
        "Unknown symbol in module | lacks what it needs",
        "File exists | it is loaded already; 'rmmod stewardscale' takes it out",
        "Invalid parameters | insmod: ERROR: could not insert module x.ko: Invalid parameters",
        "Cannot allocate memory | insmod: ERROR: could not insert module x.ko: Cannot allocate memory"})
    void shouldSayWhyTheModuleDoesNotLoad(String said, String reason) throws IOException {
        fakes.with("insmod", "echo 'insmod: ERROR: could not insert module x.ko: " + said + "' >&2; exit 1");

        assertThatThrownBy(() -> run(1).run(null)).isInstanceOf(KernelException.class)
            .hasMessageStartingWith(module + ": cannot be loaded: ").hasMessageContaining(reason)
            .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
        assertThat(fakes.calls()).noneMatch(call -> call.startsWith("rmmod"));
    }

    @Test
    void shouldRepeatWhatTheModuleRefused() throws IOException {
        fakes.with("insmod", "echo 'insmod: ERROR: could not insert module x.ko: Invalid parameters' >&2; exit 1")
            .with("dmesg", "echo '[    1.0] stewardscale: v1 refused entries=3: allowed is a power of two'");

        assertThatThrownBy(() -> run(1, "entries=3").run(null)).isInstanceOf(KernelException.class)
            .hasMessage(module + ": cannot be loaded: the module refused entries=3: allowed is a power of two");
    }

    @Test
    void shouldUnloadAlsoWhenTheLogCannotBeRead() throws IOException {
        fakes.with("dmesg", "echo 'dmesg: read kernel buffer failed: Operation not permitted'; exit 1");

        assertThatThrownBy(() -> run(1).run(null)).isInstanceOf(KernelException.class)
            .hasMessage("dmesg cannot read the log of the kernel: dmesg: read kernel buffer failed: "
                + "Operation not permitted");
        assertThat(fakes.calls()).last().isEqualTo("rmmod stewardscale");
    }

    @Test
    void shouldRefuseBeforeAnybodyIsAsked() throws IOException {
        Path commandLine = Files.writeString(folder.resolve("cmdline"), "quiet panic_on_taint=0x1000\n");

        assertThatThrownBy(() -> run(1).check(false, folder.resolve("none"))).isInstanceOf(KernelException.class)
            .hasMessage("only root may load a module: run it as root, or with sudo");
        assertThatThrownBy(() -> run(1).check(true, commandLine)).isInstanceOf(KernelException.class)
            .hasMessageContaining("panic_on_taint");
        Files.delete(module);
        assertThatThrownBy(() -> run(1).check(true, commandLine)).isInstanceOf(KernelException.class)
            .hasMessage(module + ": no such module; './steward kernel build' builds it");
        assertThat(fakes.calls()).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoParameter() {
        assertThatThrownBy(() -> run(1, "locks=all")).isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("'locks=all' is no parameter of the module; allowed: lock=, mode=");
        assertThatThrownBy(() -> run(1, "lock")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> run(1, "lock=all", "lock=none")).hasMessage("'lock' is named twice");
        assertThatThrownBy(() -> run(0)).hasMessage("--repeats: 0 is not allowed; 1 or more");
    }

    /** The module would only warn of a parameter that it does not have, and run without it. */
    @Test
    void shouldKnowTheParametersOfTheModule() throws IOException {
        Matcher parameter = Pattern.compile("(?m)^module_param\\((\\w+),").matcher(source("main.c"));

        assertThat(parameter.results().map(one -> one.group(1)).filter(name -> !name.equals("id")))
            .containsExactlyInAnyOrderElementsOf(ModuleRun.PARAMETERS);
    }

    static String source(String name) throws IOException {
        Path home = Path.of("").toAbsolutePath();
        return Files.readString(Arrays.asList(home, home.getParent()).stream()
            .map(folder -> folder.resolve("kernel").resolve(name)).filter(Files::exists).findFirst().orElseThrow());
    }

    private ModuleRun run(int repeats, String... parameters) {
        return new ModuleRun(module, List.of(parameters), repeats, fakes.programs(), "r");
    }
}
