package dev.steward.loadgen.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ThreadPriorityTest {
    @Test
    void shouldAskForTheClassAndPriorityOfAnInterruptThread() {
        int[] asked = new int[2];
        String inForce = ThreadPriority.raise((policy, priority) -> {
            asked[0] = policy;
            asked[1] = priority;
            return 0;
        });
        assertThat(asked).containsExactly(1, 50);
        assertThat(inForce).isEqualTo("SCHED_FIFO 50");
    }

    @Test
    void shouldFallBackAndSayWhyWhenRefused() {
        assertThat(ThreadPriority.raise((policy, priority) -> 1))
            .isEqualTo("normal priority: SCHED_FIFO is refused here (error 1)");
    }

    /** Whether allowed here or not, what it says is what the kernel says; and only of the thread that asked. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldSayWhatTheKernelHasPutInForce() throws InterruptedException {
        String[] said = new String[2];
        Thread thread = new Thread(() -> {
            said[0] = ThreadPriority.raise();
            said[1] = policy();
        });
        thread.start();
        thread.join();
        assertThat(said[1]).isEqualTo(said[0].equals("SCHED_FIFO 50") ? "1 50" : "0 0");
        assertThat(policy()).isEqualTo("0 0");
        assertThat(ThreadPriority.tried()).isEqualTo(said[0]);
        assertThat(policy()).isEqualTo("0 0");
    }

    /** Fields 41 and 40 of /proc/thread-self/stat: policy and real-time priority. */
    private static String policy() {
        try {
            String stat = Files.readString(Path.of("/proc/thread-self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).trim().split(" ");
            return fields[38] + " " + fields[37];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
