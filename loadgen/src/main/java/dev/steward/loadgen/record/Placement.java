package dev.steward.loadgen.record;

import dev.steward.loadgen.scenario.Pin;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.machine.CpuList;
import dev.steward.machine.CpuTopology;
import dev.steward.machine.Cpus;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Which thread of a cell runs on which CPUs, by {@code pin.*}. Where nothing is said, each handler has one for itself,
 * on the CPUs that are left the others share; with a CPU for every thread, each has its own. Which thread shares the
 * handler's CPU is the largest noise of all where nothing is bound: the VMM's wake-up costs an event twice as much from
 * another CPU.
 *
 * <p>A thread of the cell binds itself; those of the JVM are bound by {@link #bindJvm()}.
 *
 * <p>Threading: any.
 */
public final class Placement {
    /** Threads are not bound. */
    public static final Placement FREE = new Placement("not bound");

    private static final String FIRST_HANDLER = "handler-0";
    private static final String ANY = "any";
    /** A pair takes some 30 ms. */
    private static final int MOST_PAIRS = 4;

    private final String whyFree;
    private final Map<String, BitSet> own;
    private final BitSet others;
    private final boolean shared;
    private final BitSet jvm;
    private final BitSet allowed;
    private final boolean severalNodes;
    private final AtomicInteger refusal = new AtomicInteger();

    private Placement(String whyFree) {
        this.whyFree = whyFree;
        own = Map.of();
        others = new BitSet();
        shared = false;
        jvm = null;
        allowed = new BitSet();
        severalNodes = false;
    }

    /**
     * One that a plan has made.
     *
     * @param own          by thread; null for a thread that is not bound.
     * @param others       of all other threads of the cell.
     * @param shared       whether threads that may want to run all the time are among them.
     * @param jvm          of the JVM's own threads; null if they are not bound.
     * @param allowed      that this process may use.
     */
    Placement(
        Map<String, BitSet> own, BitSet others, boolean shared, BitSet jvm, BitSet allowed, CpuTopology topology) {
        whyFree = null;
        this.own = new HashMap<>(own);
        this.others = others;
        this.shared = shared;
        this.jvm = jvm;
        this.allowed = allowed;
        severalNodes = topology.severalNodes(allowed);
    }

    /**
     * Places the threads of a cell on the CPUs that this process may use.
     *
     * @param threads handlers, and all others that may want to run all the time, by name.
     * @throws IllegalArgumentException with the setting and why it cannot be had, in a line.
     */
    public static Placement of(Scenario scenario, List<String> threads) {
        return of(scenario, threads, Allowed.CPUS, CpuTopology.here());
    }

    static Placement of(Scenario scenario, List<String> threads, BitSet allowed, CpuTopology topology) {
        Map<ThreadRole, Pin> pins = new EnumMap<>(ThreadRole.class);
        for (ThreadRole role : ThreadRole.values()) {
            pins.put(role, Pin.of(scenario.text(role.pin())));
        }
        Pin jvm = Pin.of(scenario.text(ScenarioKey.PIN_JVM));
        boolean asked = jvm.manner().asks() || pins.values().stream().anyMatch(pin -> pin.manner().asks());
        if (allowed.isEmpty()) {
            if (asked) {
                throw new IllegalArgumentException("pin: this system does not say which CPUs there are");
            }
            return new Placement("not bound: the CPUs are not known here");
        }
        if (allowed.cardinality() < 2 && !asked) {
            return new Placement("not bound: one CPU");
        }
        return new PlacementPlan(pins, jvm, allowed, topology).place(threads);
    }

    /** Looked up once, before any thread is bound: a JVM makes a cell for each of its turns. */
    private static final class Allowed {
        private static final BitSet CPUS = Cpus.allowedSet();
    }

    /** Binds the calling thread. */
    void bind(String thread) {
        BitSet cpus = cpus(thread);
        if (cpus != null) {
            refusal.compareAndSet(0, Cpus.bind(cpus));
        }
    }

    /** Null: not bound. */
    private BitSet cpus(String thread) {
        return whyFree != null ? null : own.containsKey(thread) ? own.get(thread) : others;
    }

    /** Binds compilers and collector as the plan says, or lets them go. */
    public void bindJvm() {
        if (whyFree == null) {
            refusal.compareAndSet(0, JvmThreads.here().bind(jvm, allowed));
        }
    }

    /**
     * Makes something that a handler will use where that handler runs, so that the kernel gives it memory of that node:
     * the node of the thread that touches a page first. On one node it makes no difference, and nothing is bound.
     *
     * @param handler number of its SMMU.
     */
    public <T> T atHome(int handler, Supplier<T> made) {
        BitSet home = cpus("handler-" + handler);
        if (home == null || !severalNodes) {
            return made.get();
        }
        refusal.compareAndSet(0, Cpus.bind(home));
        try {
            return made.get();
        } finally {
            Cpus.bind(allowed);
        }
    }

    /** Two threads of their own, each on its CPU. */
    public static Placement ofPair(String one, int cpu, String other, int otherCpu) {
        BitSet both = CpuList.set(List.of(cpu, otherCpu));
        return new Placement(
            Map.of(one, CpuList.set(List.of(cpu)), other, CpuList.set(List.of(otherCpu))), both, false, null, both,
            CpuTopology.here());
    }

    /**
     * The pairs of CPUs between which the cell's cache lines go: that of the first handler, and one of each other
     * thread, each pair once, the first few.
     *
     * @return none where the handler is not bound to a CPU.
     */
    public List<int[]> pairs() {
        BitSet home = cpus(FIRST_HANDLER);
        if (home == null || !bound()) {
            return List.of();
        }
        int handler = home.nextSetBit(0);
        BitSet far = shared ? (BitSet) others.clone() : new BitSet();
        own.values().stream().filter(Objects::nonNull).forEach(far::or);
        far.clear(handler);
        return far.stream().limit(MOST_PAIRS).mapToObj(cpu -> new int[] {handler, cpu}).toList();
    }

    /** CPUs that one thread may use, as in {@code 0-3,8}, or {@code any}. */
    String boundTo(String thread) {
        return words(cpus(thread));
    }

    /** The same of the JVM's own threads. */
    String jvmCpus() {
        return words(jvm);
    }

    private String words(BitSet cpus) {
        return cpus == null || refusal.get() != 0 ? ANY : CpuList.words(cpus);
    }

    private static String line(String cpus) {
        return cpus.equals(ANY) ? "any CPU" : "CPU " + cpus;
    }

    /** Where threads run, or why they run anywhere; the same words for threads that share. */
    public Map<String, String> lines() {
        if (whyFree != null || refusal.get() != 0) {
            return Map.of("all", whyFree != null ? whyFree : "not bound: refused here (error " + refusal.get() + ")");
        }
        Map<String, String> lines = new TreeMap<>();
        own.keySet().forEach(thread -> lines.put(thread, line(boundTo(thread))));
        lines.put("others", line(words(others)));
        if (jvm != null) {
            lines.put("jvm", line(jvmCpus()));
        }
        if (severalNodes && cpus(FIRST_HANDLER) != null) {
            lines.put("tables", "first touched on " + line(boundTo(FIRST_HANDLER)));
        }
        return lines;
    }

    /** Whether threads are bound, as far as they have started. */
    public boolean bound() {
        return whyFree == null && refusal.get() == 0;
    }
}
