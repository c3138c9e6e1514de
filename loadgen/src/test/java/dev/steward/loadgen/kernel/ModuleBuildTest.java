package dev.steward.loadgen.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the build asks of the machine, with a make of our own. */
final class ModuleBuildTest {
    private static final String MAKES = """
        for word in "$@"; do case $word in M=*) touch "${word#M=}/stewardscale.ko";; esac; done
        """;

    @TempDir
    private Path folder;
    private Path home;
    private Path headers;
    private FakePrograms fakes;

    @BeforeEach
    void makeHomeAndHeaders() throws IOException {
        home = folder.resolve("home");
        headers = folder.resolve("headers");
        Files.createDirectories(home.resolve("kernel"));
        Files.createFile(home.resolve("kernel/Kbuild"));
        Files.createFile(home.resolve("kernel/main.c"));
        Files.createFile(home.resolve("kernel/try-in-qemu"));
        Files.createDirectories(headers.resolve("include/config"));
        Files.createDirectories(headers.resolve("include/generated"));
        Files.createFile(headers.resolve("Makefile"));
        Files.createFile(headers.resolve("include/config/auto.conf"));
        Files.writeString(headers.resolve("include/generated/utsrelease.h"), "#define UTS_RELEASE \"6.1.0-x\"\n");
        fakes = new FakePrograms(folder.resolve("bin")).with("make", MAKES);
    }

    @Test
    void shouldBuildInAFolderOfTheRelease() throws IOException, InterruptedException {
        ModuleBuild.Built built = build().build(headers, null);

        assertThat(built).isEqualTo(new ModuleBuild.Built(
            home.resolve("target/kernel/6.1.0-x/stewardscale.ko"), "6.1.0-x", List.of()));
        assertThat(built.module()).exists();
        assertThat(built.module().resolveSibling("main.c")).exists();
        assertThat(built.module().resolveSibling("try-in-qemu")).doesNotExist();
        assertThat(fakes.calls()).containsExactly(
            "make -C " + headers + " M=" + home.resolve("target/kernel/6.1.0-x") + " modules");
    }

    @Test
    void shouldHandOnWarnings() throws IOException, InterruptedException {
        fakes.with("make", "echo 'main.c:3:1: warning: unused'; echo 'CC main.o';" + MAKES);

        assertThat(build().build(headers, folder.resolve("out")).warnings())
            .containsExactly("main.c:3:1: warning: unused");
    }

    @Test
    void shouldLeaveNoModuleWhenTheBuildFails() throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        build().build(headers, out);
        fakes.with("make", "echo 'CC main.o'; echo 'main.c:7:2: error: no such field' >&2; echo gone >&2; exit 2");

        assertRefused(() -> build().build(headers, out), "the module cannot be built against " + headers
            + ": main.c:7:2: error: no such field (" + out.resolve("build.log") + " tells more)");
        assertThat(out.resolve("stewardscale.ko")).doesNotExist();
        assertThat(out.resolve("build.log")).content().contains("CC main.o", "gone");
    }

    @Test
    void shouldNotTrustAMakeThatMakesNothing() throws IOException {
        fakes.with("make", "exit 0");

        assertRefused(() -> build().build(headers, folder.resolve("out")), "the module cannot be built against "
            + headers + ": make ended with 0 (" + folder.resolve("out/build.log") + " tells more)");
    }

    @Test
    void shouldSayWhatIsMissing() throws IOException {
        assertRefused(() -> build().build(folder, null), folder + ": no kernel headers (no Makefile there); name a "
            + "folder such as /usr/src/linux-headers-" + ModuleBuild.runningRelease());
        Files.delete(headers.resolve("include/config/auto.conf"));
        assertRefused(() -> build().build(headers, null), headers + ": the kernel is not configured (no "
            + "include/config/auto.conf); run 'make modules_prepare' there, or name installed headers");
        Files.createFile(headers.resolve("include/config/auto.conf"));
        assertRefused(() -> new ModuleBuild(home.resolve("kernel"), folder, Programs.in()).build(headers, null),
            "make is not installed; Debian: apt-get install make gcc kmod util-linux");
        assertRefused(() -> build().build(headers, home.resolve("kernel/Kbuild/x")),
            home.resolve("kernel/Kbuild/x") + ": cannot be written; name another folder with --out");
        assertRefused(() -> new ModuleBuild(folder.resolve("kernel"), folder, fakes.programs()).build(headers, null),
            folder.resolve("kernel") + ": the sources of the module are missing; unpack Steward again");
        assertThat(fakes.calls()).isEmpty();
    }

    private ModuleBuild build() {
        return new ModuleBuild(home.resolve("kernel"), home.resolve("target/kernel"), fakes.programs());
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(KernelException.class).hasMessage(message);
        assertThat(message.lines()).hasSize(1);
    }
}
