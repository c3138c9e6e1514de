package dev.steward.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulingTest {
    @TempDir
    private Path root;

    @ParameterizedTest
    @ValueSource(strings = {"other", "fifo:1", "fifo:99", "rr:50", "nice:-20", "nice:19"})
    void shouldReadWhatItWrites(String text) {
        assertThat(Scheduling.of(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "fifo | is not other, fifo:N, rr:N or nice:N", "deadline:5 | is not other, fifo:N, rr:N or nice:N",
        "fifo:0 | is not from fifo:1 to fifo:99", "fifo:100 | is not from fifo:1 to fifo:99",
        "rr:-1 | is not from rr:1 to rr:99",
        "nice:20 | is not from nice:-20 to nice:19"})
    void shouldRefuseOthers(String text, String why) {
        assertThatThrownBy(() -> Scheduling.of(text)).isInstanceOf(IllegalArgumentException.class).hasMessage(why);
    }

    @Test
    void shouldAskForClassPriorityAndNiceValue() {
        List<String> asked = new ArrayList<>();
        Scheduling.Call call = (function, arguments) -> {
            Object last = arguments[arguments.length - 1];
            asked.add(function + " " + arguments[0] + " " + arguments[1] + " "
                + (last instanceof int[] level ? level[0] : last));
            return 0;
        };
        assertThat(Scheduling.of("fifo:50").giveTo(0, call)).isZero();
        assertThat(Scheduling.of("rr:7").giveTo(99, call)).isZero();
        assertThat(Scheduling.of("nice:-5").giveTo(98, call)).isZero();
        assertThat(asked).containsExactly("sched_setscheduler 0 1 50", "sched_setscheduler 99 2 7",
            "sched_setscheduler 98 0 0", "setpriority 0 98 -5");
    }

    @Test
    void shouldSayWhyItIsRefused() throws IOException {
        Scheduling fifo = Scheduling.of("fifo:50");
        assertThat(fifo.giveTo(0, (function, arguments) -> 1)).isEqualTo(1);
        assertThat(fifo.refusal(0, root)).isEmpty();
        assertThat(fifo.refusal(22, root)).contains("error 22");
        assertThat(fifo.refusal(1, root)).contains("error 1: RLIMIT_RTPRIO is unknown and CAP_SYS_NICE is missing");
        write("proc/self/limits", """
            Limit                     Soft Limit           Hard Limit           Units
            Max nice priority         0                    0
            Max realtime priority     0                    20
            """);
        assertThat(fifo.refusal(1, root)).contains("error 1: RLIMIT_RTPRIO is 0 and CAP_SYS_NICE is missing");
        assertThat(Scheduling.of("nice:-5").refusal(13, root))
            .contains("error 13: RLIMIT_NICE is 0 and CAP_SYS_NICE is missing");
        write("proc/sys/kernel/sched_rt_runtime_us", "0\n");
        assertThat(fifo.refusal(1, root))
            .contains("error 1: real-time threads get no time here (kernel.sched_rt_runtime_us is 0)");
    }

    @Test
    void shouldBlameTheControlGroupWhereTheLimitAllowsIt() throws IOException {
        write("proc/self/limits", "Max realtime priority     99                   99\n");
        write("proc/sys/kernel/sched_rt_runtime_us", "950000\n");
        assertThat(Scheduling.of("rr:50").refusal(1, root))
            .contains("error 1: its control group has no real-time budget (cpu.rt_runtime_us)");
    }

    /** Whether allowed here or not, what it says is what the kernel says; and only of the thread that asked. */
    @ParameterizedTest
    @ValueSource(strings = {"fifo:50", "rr:3", "nice:5", "nice:-5"})
    @EnabledOnOs(OS.LINUX)
    void shouldSayWhatTheKernelHasPutInForce(String text) throws InterruptedException {
        Scheduling wanted = Scheduling.of(text);
        int[] error = new int[1];
        Scheduling[] inForce = new Scheduling[1];
        Thread thread = new Thread(() -> {
            error[0] = wanted.take();
            inForce[0] = TaskFiles.own().orElseThrow().look().orElseThrow().scheduling();
        });
        Scheduling before = TaskFiles.own().orElseThrow().look().orElseThrow().scheduling();
        thread.start();
        thread.join();
        assertThat(inForce[0]).isEqualTo(error[0] == 0 ? wanted : before);
        assertThat(wanted.refusal().isPresent()).isEqualTo(error[0] != 0);
        assertThat(TaskFiles.own().orElseThrow().look().orElseThrow().scheduling()).isEqualTo(before);
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
