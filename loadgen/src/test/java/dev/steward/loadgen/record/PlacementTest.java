package dev.steward.loadgen.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.machine.CpuList;
import dev.steward.machine.CpuTopology;
import dev.steward.machine.Cpus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementTest {
    private static final List<String> CELL = List.of("handler-0", "storm-0", "churn-0-0", "vmm");
    /** Two packages with a node and a last-level cache each, four cores of two threads: CPUs n and n + 8. */
    private static final CpuTopology SERVER = topology(16, 8, 4);
    /** Cores without second threads, four to a cache. */
    private static final CpuTopology CCX = topology(12, 12, 4);

    private static CpuTopology topology(int cpus, int cores, int coresOfACache) {
        List<CpuTopology.Cpu> all = new ArrayList<>();
        for (int cpu = 0; cpu < cpus; cpu++) {
            int core = cpu % cores;
            int cache = core / coresOfACache * coresOfACache;
            int socket = cores == cpus ? 0 : cache / coresOfACache;
            all.add(new CpuTopology.Cpu(cpu, socket, socket, cache, core));
        }
        return CpuTopology.of(all, 3);
    }

    private static Placement place(List<String> threads, CpuTopology topology, String allowed, String... settings) {
        ScenarioBuilder builder = new ScenarioBuilder();
        List.of(settings).forEach(builder::override);
        Scenario scenario = builder.build();
        return Placement.of(scenario, threads, CpuList.set(CpuList.parse(allowed)), topology);
    }

    private static Map<String, String> flat(List<String> threads, String allowed, String... settings) {
        return place(threads, topology(64, 64, 64), allowed, settings).lines();
    }

    @Test
    void shouldGiveTheHandlerACpuOfItsOwn() {
        assertThat(flat(CELL, "0-1")).isEqualTo(Map.of(
            "handler-0", "CPU 1", "others", "CPU 0"));
        assertThat(flat(CELL, "0-2")).isEqualTo(Map.of(
            "handler-0", "CPU 2", "others", "CPU 0-1"));
    }

    @Test
    void shouldGiveEachThreadACpuWhereThereIsOneAndKeepTheJvmOffThem() {
        assertThat(flat(CELL, "4-7")).isEqualTo(Map.of(
            "handler-0", "CPU 7", "storm-0", "CPU 6", "churn-0-0", "CPU 5", "vmm", "CPU 4", "others", "CPU 4-6"));
        assertThat(flat(CELL, "2-7")).containsEntry("vmm", "CPU 4").containsEntry("jvm", "CPU 2-3");
    }

    @Test
    void shouldLetHandlersShareWhereThereAreMoreThanCpus() {
        assertThat(flat(List.of("handler-0", "handler-1", "handler-2", "storm-0", "vmm"), "0-2")).containsAllEntriesOf(
            Map.of("handler-0", "CPU 2", "handler-1", "CPU 1", "handler-2", "CPU 2", "others", "CPU 0"));
    }

    /** A second thread of a core in use would slow the first one down. */
    @Test
    void shouldTakeCoresOfTheHandlersCacheBeforeSecondThreadsAndOtherPackages() {
        assertThat(place(CELL, SERVER, "0-15").lines()).containsAllEntriesOf(Map.of(
            "handler-0", "CPU 7", "storm-0", "CPU 6", "churn-0-0", "CPU 5", "vmm", "CPU 4", "jvm", "CPU 0-3,8-15"));
        assertThat(place(CELL, SERVER, "6-7,14-15").lines()).containsAllEntriesOf(Map.of(
            "handler-0", "CPU 7", "storm-0", "CPU 6", "churn-0-0", "CPU 15", "vmm", "CPU 14"));
    }

    @ParameterizedTest
    @CsvSource({
        // setting                                  storm  churn  vmm
        "'pin.churn=other-node',                       6,     3,    5",
        "'pin.churn=same-llc pin.storm=spread',        3,     6,    5",
        "'pin.storm=compact',                          15,    6,    5",
        "'pin.storm=8 pin.churn=0',                    8,     0,    6",
        "'pin.vmm=8-9',                                6,     5,    8"})
    void shouldPlaceAsSeenFromTheHandler(String settings, int storm, int churn, int vmm) {
        assertThat(place(CELL, SERVER, "0-15", settings.split(" ")).lines()).containsAllEntriesOf(Map.of(
            "handler-0", "CPU 7", "storm-0", "CPU " + storm, "churn-0-0", "CPU " + churn, "vmm", "CPU " + vmm));
    }

    @Test
    void shouldKeepToOneCacheOfAPackage() {
        List<String> threads = List.of("handler-0", "storm-0", "churn-0-0", "churn-0-1", "churn-0-2", "vmm");
        Map<String, String> lines = place(threads, CCX, "0-11", "pin.churn=same-llc", "pin.storm=spread").lines();

        assertThat(lines).containsAllEntriesOf(Map.of(
            "handler-0", "CPU 11", "storm-0", "CPU 7", "churn-0-0", "CPU 10", "churn-0-1", "CPU 9",
            "churn-0-2", "CPU 8"));
    }

    @Test
    void shouldDealTheCpusOfAListInTurn() {
        assertThat(flat(List.of("handler-0", "churn-0-0", "churn-0-1", "churn-0-2", "vmm"), "0-7", "pin.churn=2,0"))
            .containsAllEntriesOf(Map.of("churn-0-0", "CPU 2", "churn-0-1", "CPU 0", "churn-0-2", "CPU 2"));
        assertThat(flat(CELL, "0-7", "pin.jvm=0-3")).containsEntry("jvm", "CPU 0-3");
    }

    @Test
    void shouldLeaveAThreadFreeThatIsNotToBeBound() {
        assertThat(flat(CELL, "0-7", "pin.churn=none", "pin.jvm=none")).isEqualTo(Map.of(
            "handler-0", "CPU 7", "storm-0", "CPU 6", "churn-0-0", "any CPU", "vmm", "CPU 5", "others", "CPU 0-6"));
    }

    @Test
    void shouldBindByListOnOneCpu() {
        assertThat(flat(CELL, "0")).isEqualTo(Map.of("all", "not bound: one CPU"));
        assertThat(flat(CELL, "0", "pin.handler=0"))
            .containsEntry("handler-0", "CPU 0").containsEntry("others", "CPU 0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "pin.handler=16 | pin.handler: CPU 16 does not exist or is offline; there are 0-15",
        "pin.jvm=2-9 | pin.jvm: CPU 8 is not one that this process may use (cpuset or affinity); it may use 0-7",
        "pin.vmm=15 | pin.vmm: CPU 15 is not one that this process may use (cpuset or affinity); it may use 0-7"})
    void shouldRefuseACpuThatCannotBeHad(String setting, String message) {
        assertThatThrownBy(() -> place(CELL, SERVER, "0-7", setting)).hasMessage(message);
    }

    @Test
    void shouldRefuseAPlaceThatTheMachineDoesNotHave() {
        assertThatThrownBy(() -> place(CELL, CCX, "0-11", "pin.vmm=other-node"))
            .hasMessage("pin.vmm: other-node: all CPUs that may be used (0-11) are on node 0");
        CpuTopology silent = CpuTopology.of(List.of(), 0);
        assertThatThrownBy(() -> place(CELL, silent, "0-1", "pin.vmm=same-llc"))
            .hasMessage("pin.vmm: same-llc: the kernel does not tell which last-level cache CPU 1 has");
        assertThat(place(CELL, silent, "0-1").lines()).containsEntry("handler-0", "CPU 1");
    }

    @Test
    void shouldSayWhoTouchesTheTablesFirstWhereItMatters() {
        assertThat(place(CELL, SERVER, "0-15").lines()).containsEntry("tables", "first touched on CPU 7");
        assertThat(place(CELL, SERVER, "4-7,12-15").lines()).doesNotContainKey("tables");
        assertThat(place(CELL, SERVER, "0-15", "pin.handler=none").lines()).doesNotContainKey("tables");
    }

    /** As if each CPU of this machine were a node of its own. */
    @Test
    void shouldMakeTablesOnTheHandlersCpuAndSetTheMakerFreeAgain() {
        BitSet all = Cpus.allowedSet();
        CpuTopology nodes = CpuTopology.of(
            all.stream().mapToObj(cpu -> new CpuTopology.Cpu(cpu, cpu, cpu, cpu, cpu)).toList(), 3);
        Assumptions.assumeTrue(all.cardinality() > 1 && Files.exists(Path.of("/proc/thread-self/status")));
        Placement placement = Placement.of(new ScenarioBuilder().build(), CELL, all, nodes);
        String before = allowed();

        String within = placement.atHome(0, PlacementTest::allowed);

        assertThat("CPU " + within).isEqualTo(placement.lines().get("handler-0"));
        assertThat(allowed()).isEqualTo(before).isNotEqualTo(within);
    }

    @Test
    void shouldNameTheCpusBetweenWhichLinesGo() {
        assertThat(place(CELL, SERVER, "0-15").pairs()).containsExactly(
            new int[] {7, 4}, new int[] {7, 5}, new int[] {7, 6});
        assertThat(place(CELL, SERVER, "0-1").pairs()).containsExactly(new int[] {1, 0});
        assertThat(place(CELL, SERVER, "0-15", "pin.churn=none").pairs()).containsExactly(
            new int[] {7, 5}, new int[] {7, 6});
        assertThat(place(CELL, SERVER, "0-15", "pin.handler=none").pairs()).isEmpty();
        assertThat(Placement.FREE.pairs()).isEmpty();
    }

    @Test
    void shouldSayWhyNothingIsBound() {
        Scenario plain = new ScenarioBuilder().build();
        assertThat(Placement.of(plain, CELL, new BitSet(), CCX).lines())
            .isEqualTo(Map.of("all", "not bound: the CPUs are not known here"));
        assertThat(Placement.FREE.bound()).isFalse();
    }

    @Test
    void shouldBindTheThreadsOfACell() throws Exception {
        Placement placement = Placement.of(new ScenarioBuilder().build(), CELL);
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
