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

    private final String whyFree;
    private final Map<String, BitSet> own;
    private final BitSet others;
    private final BitSet jvm;
    private final CpuTopology topology;
    private final AtomicInteger refusal = new AtomicInteger();

    private Placement(String whyFree) {
        this.whyFree = whyFree;
        own = Map.of();
        others = new BitSet();
        jvm = null;
        topology = CpuTopology.of(List.of(), 0);
    }

    /**
     * One that a plan has made.
     *
     * @param own    by thread; null for a thread that is not bound.
     * @param others of all other threads of the cell.
     * @param jvm    of the JVM's own threads; null if they are not bound.
     */
    Placement(Map<String, BitSet> own, BitSet others, BitSet jvm, CpuTopology topology) {
        whyFree = null;
        this.own = new HashMap<>(own);
        this.others = others;
        this.jvm = jvm;
        this.topology = topology;
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
                throw new IllegalArgumentException("pin: this system does not tell which CPUs there are");
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
            refusal.compareAndSet(0, JvmThreads.here().bind(jvm, Allowed.CPUS));
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
        if (home == null || !topology.severalNodes(Allowed.CPUS)) {
            return made.get();
        }
        refusal.compareAndSet(0, Cpus.bind(home));
        try {
            return made.get();
        } finally {
            Cpus.bind(Allowed.CPUS);
        }
    }

    /** What one thread may use, in words. */
    public String words(String thread) {
        BitSet cpus = cpus(thread);
        return cpus == null ? "any CPU" : "CPU " + CpuList.words(cpus);
    }

    /** Where threads run, or why they run anywhere; the same words for threads that share. */
    public Map<String, String> lines() {
        if (whyFree != null || refusal.get() != 0) {
            return Map.of("all", whyFree != null ? whyFree : "not bound: refused here (error " + refusal.get() + ")");
        }
        Map<String, String> lines = new TreeMap<>();
        own.keySet().forEach(thread -> lines.put(thread, words(thread)));
        lines.put("others", "CPU " + CpuList.words(others));
        lines.put("jvm", jvm == null ? "any CPU" : "CPU " + CpuList.words(jvm));
        if (topology.severalNodes(Allowed.CPUS) && cpus(FIRST_HANDLER) != null) {
            lines.put("tables", "first touched by a thread on the handler's " + words(FIRST_HANDLER));
        }
        return lines;
    }

    /** Whether threads are bound, as far as they have started. */
    public boolean bound() {
        return whyFree == null && refusal.get() == 0;
    }
}
