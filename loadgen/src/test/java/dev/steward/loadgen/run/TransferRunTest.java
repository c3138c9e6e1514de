package dev.steward.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.loadgen.transfer.CCompiler;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferRunTest {
    @TempDir
    private Path folder;

    @Test
    void shouldRefuseAFolderInWhichAnotherRunIsAtWork() throws Exception {
        CCompiler.assumeHere();
        Path out = folder.resolve("out");
        TransferRun run = run(out);
        Claim other = Claim.of(out);

        assertThatThrownBy(() -> run.run(line -> { }, found -> { })).isInstanceOf(FolderTakenException.class)
            .hasMessage("--out: another run is at work in " + out + "; name a new folder");
        other.release();
        assertThat(out).isEmptyDirectory();
    }

    private TransferRun run(Path out) throws Exception {
        return new TransferRun(new TransferRun.Request(List.of("ticket"), TimeUnit.MINUTES.toNanos(5),
            List.of("java"), Path.of(".."), folder.resolve("build"), List.of(), out, "transfer"));
    }
}
