package dev.steward.loadgen.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.machine.CpuList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class JvmThreadsTest {
    private static final BitSet SPARE = CpuList.set(List.of(2, 3));
    private static final BitSet ALL = CpuList.set(List.of(0, 1, 2, 3));

    @TempDir
    private Path tasks;
    private final Map<Integer, BitSet> bound = new TreeMap<>();

    private void task(int number, String name) throws IOException {
        Files.createDirectories(tasks.resolve(Integer.toString(number)));
        Files.writeString(tasks.resolve(number + "/comm"), name + "\n");
    }

    @Test
    void shouldBindCompilersAndCollectorAndNobodyElse() throws IOException {
        task(10, "java");
        task(11, "VM Thread");
        task(12, "C2 CompilerThre");
        task(13, "C1 CompilerThre");
        task(14, "vmm");
        task(15, "handler-0");
        task(16, "GC Thread#0");
        Files.createDirectories(tasks.resolve("17"));
        JvmThreads threads = new JvmThreads(tasks, (thread, cpus) -> {
            bound.put(thread, cpus);
            return thread == 12 ? 3 : 0;
        });

        assertThat(threads.bind(SPARE, ALL)).as("a compiler that has ended is no refusal").isZero();
        assertThat(bound).isEqualTo(Map.of(11, SPARE, 12, SPARE, 13, SPARE, 16, SPARE));
    }

    @Test
    void shouldLetGoOnlyWhatItHasBound() throws IOException {
        task(12, "C2 CompilerThre");
        JvmThreads threads = new JvmThreads(tasks, (thread, cpus) -> {
            bound.put(thread, cpus);
            return 0;
        });
        threads.bind(null, ALL);
        assertThat(bound).isEmpty();
        threads.bind(SPARE, ALL);
        threads.bind(null, ALL);
        assertThat(bound).isEqualTo(Map.of(12, ALL));
    }

    @Test
    void shouldTellThatItIsRefused() throws IOException {
        task(12, "C2 CompilerThre");
        assertThat(new JvmThreads(tasks, (thread, cpus) -> 22).bind(SPARE, ALL)).isEqualTo(22);
        assertThat(new JvmThreads(tasks.resolve("none"), (thread, cpus) -> 22).bind(SPARE, ALL)).isZero();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldFindTheCompilersOfThisJvm() {
        assertThat(JvmThreads.here().found().values()).anyMatch(name -> name.matches("C[12] Compiler.*"));
    }
}
