package dev.steward.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TaskFilesTest {
    /** Of a thread of SCHED_RR 40 on CPU 5 with 21 minor and 2 major faults, whose name is made to mislead. */
    private static final String STAT = "77 (a) b (c) S 1 2 3 0 -1 4194368 21 900 2 800 10 11 0 0 -41 -7 "
        + "9 0 5000 1000 20 18446744073709551615 0 0 0 0 0 0 0 0 0 0 0 0 -1 5 40 2 0 0 0\n";

    private static final int MOST_SLEEPS = 1_000;

    @TempDir
    private Path tasks;

    private void write(String file, String text) throws IOException {
        Files.createDirectories(tasks.resolve("77"));
        Files.writeString(tasks.resolve("77").resolve(file), text);
    }

    @Test
    void shouldReadWhatAThreadDid() throws IOException {
        write("stat", STAT);
        write("status", "Name:\ta\nvoluntary_ctxt_switches:\t120\nnonvoluntary_ctxt_switches:\t3\n");
        write("sched", "a (77, #threads: 9)\nse.nr_migrations     :              4\nnr_switches  : 123\n");
        TaskFiles files = TaskFiles.of(tasks, 77);

        assertThat(files.cpu()).contains(5);
        assertThat(files.look()).contains(
            new TaskFiles.Look(5, Scheduling.of("rr:40"), 120L, 3L, 4L, 23L));
    }

    @Test
    void shouldNotInventWhatTheKernelDoesNotTell() throws IOException {
        write("stat", STAT);
        assertThat(TaskFiles.of(tasks, 77).look())
            .contains(new TaskFiles.Look(5, Scheduling.of("rr:40"), null, null, null, 23L));
        assertThat(TaskFiles.of(tasks, 78).look()).as("it has ended").isEmpty();
        write("stat", "77 (a) S 1");
        assertThat(TaskFiles.of(tasks, 77).cpu()).isEqualTo(Optional.empty());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldFollowTheCallingThread() throws InterruptedException {
        TaskFiles own = TaskFiles.own().orElseThrow();
        long before = own.look().orElseThrow().voluntarySwitches();
        long after = before;
        // A sleep that is over before it begins, on a busy machine, is no switch.
        for (int i = 0; i < MOST_SLEEPS && after < before + 20; i++) {
            Thread.sleep(1);
            after = own.look().orElseThrow().voluntarySwitches();
        }
        assertThat(after).isGreaterThanOrEqualTo(before + 20);
        assertThat(own.cpu()).isPresent();
    }
}
