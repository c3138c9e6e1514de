package dev.steward.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CellArchiveTest {
    @TempDir
    private Path folder;

    private Path jar;
    private int made;

    @BeforeEach
    void makeJar() throws IOException {
        jar = Files.writeString(folder.resolve("suite.jar"), "classes");
    }

    @Test
    void shouldMakeTheArchiveOnceForABuild() throws Exception {
        List<String> first = archive("17.0.15", jar).flags();
        List<String> second = archive("17.0.15", jar).flags();

        assertThat(made).isEqualTo(1);
        assertThat(first).isEqualTo(second).anySatisfy(
            flag -> assertThat(flag).startsWith("-XX:SharedArchiveFile=" + folder).endsWith(".jsa"));
        assertThat(files()).hasSize(2);
    }

    @Test
    void shouldMakeItAnewWhenTheJarOrTheJvmIsAnotherAndKeepThree() throws Exception {
        List<String> before = archive("17.0.15", jar).flags();
        for (Path old : files()) {
            Files.setLastModifiedTime(old, FileTime.fromMillis(1_000));
        }
        List<String> rebuilt = archive("17.0.15", jar).flags();
        List<String> newer = archive("21.0.1", jar).flags();
        List<String> newest = archive("25.0.1", jar).flags();

        assertThat(made).isEqualTo(4);
        assertThat(List.of(before, rebuilt, newer, newest)).doesNotHaveDuplicates();
        assertThat(files()).hasSize(1 + 3).doesNotContain(archiveOf(before));
        assertThat(archive("25.0.1", jar).flags()).isEqualTo(newest);
    }

    private static Path archiveOf(List<String> flags) {
        return Path.of(flags.get(0).substring(flags.get(0).indexOf('=') + 1));
    }

    /** JDK 17 keeps the mark of a method that waits for a compiler, and then nobody compiles it: 10 times slower. */
    @Test
    void shouldCompileNothingInTheJvmThatLeavesAnArchive() {
        assertThat(CellArchive.leave(jar)).containsExactly("-Xint", "-XX:ArchiveClassesAtExit=" + jar);
    }

    @Test
    void shouldGoWithoutWhenItCannotBeMade() throws Exception {
        assertThat(new CellArchive(List.of(jar), "17", draft -> false).flags()).isEmpty();
        assertThat(new CellArchive(List.of(jar), "17", draft -> true).flags()).isEmpty();
        assertThat(new CellArchive(List.of(jar), "17", draft -> {
            Files.writeString(draft, "half");
            throw new IOException("no JVM");
        }).flags()).isEmpty();

        assertThat(files()).containsExactly(jar);
    }

    @Test
    void shouldGoWithoutWhenClassesLieInAFolder() throws Exception {
        assertThat(archive("17", jar, folder).flags()).isEmpty();
        assertThat(made).isZero();
    }

    @Test
    void shouldGoWithoutWhenItsNameWouldBeReadAsTwo() throws Exception {
        Path odd = Files.createDirectory(folder.resolve("a:b"));
        Path oddJar = Files.writeString(odd.resolve("suite.jar"), "classes");

        assertThat(archive("17", oddJar).flags()).isEmpty();
        assertThat(made).isZero();
    }

    private CellArchive archive(String jvm, Path... classPath) {
        return new CellArchive(List.of(classPath), jvm, draft -> {
            made++;
            Files.writeString(draft, "archive");
            return true;
        });
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
