package dev.steward.loadgen.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static final List<String> BUSY = List.of("storm-0", "churn-0-0", "vmm");

    @Test
    void shouldGiveTheHandlerACpuOfItsOwn() {
        assertThat(Placement.of(1, BUSY, List.of(1, 0)).lines())
            .isEqualTo(Map.of("handler-0", "CPU 1", "others", "CPU 0"));
        assertThat(Placement.of(1, BUSY, List.of(2, 1, 0)).lines())
            .isEqualTo(Map.of("handler-0", "CPU 2", "others", "CPU 0,1"));
    }

    @Test
    void shouldGiveEachThreadACpuWhereThereIsOne() {
        assertThat(Placement.of(1, BUSY, List.of(7, 6, 5, 4)).lines()).isEqualTo(Map.of(
            "handler-0", "CPU 7", "storm-0", "CPU 6", "churn-0-0", "CPU 5", "vmm", "CPU 4", "others", "CPU 4,5,6"));
    }

    @Test
    void shouldLetHandlersShareWhereThereAreMoreThanCpus() {
        assertThat(Placement.of(3, BUSY, List.of(2, 1, 0)).lines()).isEqualTo(Map.of(
            "handler-0", "CPU 2", "handler-1", "CPU 1", "handler-2", "CPU 2", "others", "CPU 0"));
    }

    @Test
    void shouldSayWhyNothingIsBound() {
        assertThat(Placement.of(1, BUSY, List.of(0)).lines()).isEqualTo(Map.of("all", "not bound: one CPU"));
        assertThat(Placement.of(1, BUSY, List.of()).lines())
            .isEqualTo(Map.of("all", "not bound: the CPUs are not known here"));
        assertThat(Placement.FREE.bound()).isFalse();
    }

    @Test
    void shouldBindTheThreadsOfACell() throws Exception {
        Placement placement = Placement.of(1, BUSY);
        Assumptions.assumeTrue(placement.bound() && Files.exists(Path.of("/proc/thread-self/status")));
        AtomicReference<String> allowed = new AtomicReference<>();
        Threads threads = new Threads(placement);
        threads.join(threads.start("handler-0", () -> allowed.set(allowed())));

        assertThat("CPU " + allowed.get()).isEqualTo(placement.lines().get("handler-0"));
        assertThat(allowed()).as("the thread that started it stays free").isNotEqualTo(allowed.get());
    }

    private static String allowed() {
        try {
            return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:")).findFirst().orElseThrow()
                .replace("Cpus_allowed_list:", "").trim();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
