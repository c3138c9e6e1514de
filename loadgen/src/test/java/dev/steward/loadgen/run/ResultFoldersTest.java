package dev.steward.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.steward.loadgen.scenario.MachineException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFoldersTest {
    private static final int TRIES = 200;

    @TempDir
    private Path root;

    @Test
    void shouldGiveANewFolderToOneOfTwoRunsThatStartAtOnce() throws Exception {
        ExecutorService runs = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < TRIES; i++) {
                Path folder = root.resolve("same-" + i);
                CyclicBarrier start = new CyclicBarrier(2);
                Callable<Boolean> run = () -> {
                    start.await();
                    try {
                        ResultFolders.make(folder);
                        return true;
                    } catch (FolderTakenException e) {
                        return false;
                    }
                };
                Future<Boolean> one = runs.submit(run);
                Future<Boolean> other = runs.submit(run);

                assertThat(List.of(one.get(), other.get())).containsExactlyInAnyOrder(true, false);
                assertThat(folder.resolve("cells")).isDirectory();
            }
        } finally {
            runs.shutdownNow();
        }
    }

    @Test
    void shouldTakeAFolderInWhichAKilledRunLeftItsClaimAlone() throws Exception {
        Path killed = Files.createDirectory(root.resolve("killed"));
        Files.createFile(killed.resolve(Claim.FILE));

        ResultFolders.makeBare(killed);

        Files.createFile(killed.resolve("figures"));
        assertThatThrownBy(() -> ResultFolders.makeBare(killed)).isInstanceOf(FolderTakenException.class);
    }

    @Test
    void shouldTakeAnEmptyFolderAndNoOther() throws Exception {
        Path empty = Files.createDirectory(root.resolve("empty"));
        ResultFolders.make(empty);
        assertThatThrownBy(() -> ResultFolders.make(empty)).isInstanceOf(FolderTakenException.class)
            .hasMessage("--out: " + empty + " is not empty; name a new folder, results are never overwritten");
    }

    /** Read-only, also for root, as a folder is that an earlier run made on a disk that is read-only now. */
    @Test
    void shouldRefuseAFolderThatIsThereAndCannotBeWritten() {
        Path readOnly = Path.of("/proc/tty/ldisc");
        assumeThat(readOnly).isDirectory();
        String message = "--out: " + readOnly + " cannot be written; name a folder that can";

        for (ThrowingCallable command : List.<ThrowingCallable>of(
            () -> ResultFolders.make(readOnly), () -> ResultFolders.requireWritable(readOnly),
            () -> Claim.making(readOnly), () -> Claim.of(readOnly), () -> Claim.during(readOnly, () -> null))) {
            assertThatThrownBy(command).isInstanceOf(MachineException.class).hasMessage(message)
                .hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldSayWhatADiskLacks() {
        IOException full = new FileSystemException("x", null, "No space left on device");

        assertThat(ResultFolders.notWritable(root, full)).hasCause(full)
            .hasMessage("--out: " + root + " cannot be written (No space left on device); name a folder that can");
    }

    @Test
    void shouldLeaveNothingInAFolderThatCanBeWritten() {
        ResultFolders.requireWritable(root.resolve("new/folder"));

        assertThat(root.resolve("new/folder")).isEmptyDirectory();
    }
}
