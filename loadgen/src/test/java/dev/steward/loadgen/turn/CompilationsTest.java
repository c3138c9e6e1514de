package dev.steward.loadgen.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines in the form in which JDK 17 and 25 print them. */
class CompilationsTest {
    private static final String LOG = """
        [1000ns] Safepoint "ICBufferFull", Time since last: 1 ns, Reaching safepoint: 1 ns, Total: 3 ns
        [2000ns]    1       3       dev.steward.engine.smmu.Smmu::attach (60 bytes)
        [3000ns]    2       4       dev.steward.engine.smmu.Smmu::attach (60 bytes)
        [3500ns]    3 %  !  4       dev.steward.loadgen.load.ChurnLoad::run @ 12 (250 bytes)
        [4000ns]    1       3       dev.steward.engine.smmu.Smmu::attach (60 bytes)   made not entrant
        [5000ns]    4   !b  4       java.lang.Class::desiredAssertionStatus (54 bytes)
        [6000ns]    2       4       dev.steward.engine.smmu.Smmu::attach (60 bytes)   made not entrant: not used
        """;

    @TempDir
    private Path folder;

    @Test
    void shouldCountWhatTheOptimizingCompilerTookUpInTheWindow() throws IOException {
        Compilations compilations = new Compilations(Files.writeString(folder.resolve("log"), LOG));

        assertThat(compilations.between(0, 10_000)).isEqualTo(2);
        assertThat(compilations.between(3_001, 10_000)).isEqualTo(1);
        assertThat(compilations.between(0, 3_000)).isZero();
    }

    @Test
    void shouldReadOnWhereTheLogEnded() throws IOException {
        Path log = Files.writeString(folder.resolve("log"), LOG + "[7000ns]    9       4       org.agr");
        Compilations compilations = new Compilations(log);

        assertThat(compilations.between(6_500, 10_000)).isZero();
        Files.writeString(log, "ona.concurrent.UnsafeBuffer::putLong (9 bytes)\n", StandardOpenOption.APPEND);
        assertThat(compilations.between(6_500, 10_000)).isEqualTo(1);
    }

    @Test
    void shouldKnowNothingWithoutALog() {
        assertThat(new Compilations(folder.resolve("none")).between(0, 1)).isNull();
    }
}
